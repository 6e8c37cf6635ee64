"""Facts of a strip: the labels and amounts of a program's money on one line."""

from __future__ import annotations

from collections.abc import Iterator

from ..columns.header import FUNDING_ROLES
from ..figures import read_cell
from ..layout import Table
from ..programs.names import squeeze
from ..records import Fact, FactKind, FigureKind
from .attributes import fact_at
from .make import Say, Source
from .rows import KINDS
from .sources import name_of_source


def strip_facts(source: Source, table: Table) -> Iterator[Fact]:
    """Each amount as its label says; a source of money that is no one of the usual three keeps its name."""
    for pair in table.strip:
        figure = read_cell(pair.value.text, table.unit)
        if figure is None or figure.kind is not FigureKind.MONEY:
            continue
        kind = KINDS[pair.role]
        named = name_of_source(pair.label.text) if pair.role in FUNDING_ROLES else None
        condition = named if kind is FactKind.FUNDING_OTHER else None
        say = Say(kind, item=squeeze(pair.label.text), condition=condition)
        yield from fact_at(source, pair.value, table.line_start, figure, say)
