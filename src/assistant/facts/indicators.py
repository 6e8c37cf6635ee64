"""Figures of a table of aims: what is to be reached is a target, what was measured before is told as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..columns.indicators import Indicator, Value
from ..figures import find_figures, read_cell
from ..programs.names import squeeze
from ..records import Fact, FactKind, Figure, FigureKind
from .attributes import fact_at
from .make import Say, Source

LONGEST = 24  # letters of a cell whose only figure is the value


def indicator_facts(source: Source, indicators: Iterable[Indicator]) -> Iterator[Fact]:
    """A fact for each value of the rows; the year is that of the value's column."""
    for indicator in indicators:
        for value in indicator.values:
            figure = value_of(value)
            if figure is None:
                continue
            kind = FactKind.TARGET if value.role == "target" else FactKind.OTHER
            say = Say(kind, item=squeeze(indicator.name), fiscal_year=value.fiscal_year)
            yield from fact_at(source, value.cell, indicator.line, figure, say)


def value_of(value: Value) -> Figure | None:
    """The one figure of a cell; a bare number has the unit of its column."""
    unit, _, per = (value.unit or "").replace("／", "/").partition("/")  # 「件/年」
    whole = read_cell(value.cell.text, unit or None)
    if whole is not None:
        return None if whole.kind is FigureKind.YEAR else replace(whole, per=whole.per or per or None)
    figures = [figure for figure in find_figures(value.cell.text) if figure.kind is not FigureKind.YEAR]
    return figures[0] if len(figures) == 1 and len(value.cell.text) <= LONGEST else None
