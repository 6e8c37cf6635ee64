"""A list of where the money of an account comes from, under its own heading: 「一般会計の補正財源（単位：万円）」."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..columns.header import is_label
from ..figures import read_cell
from ..layout import Layout, Table
from ..layout.roles import source_role
from ..layout.tables import TableRow
from ..programs import Part, TableReading
from ..programs.names import squeeze
from ..records import Fact, FactKind, FigureKind, Program
from .attributes import fact_at
from .make import Say, Source
from .rows import KINDS

_HEADING = re.compile(
    r"^[\s　#■◆●○・*＊]*(?:[（(]?[0-9０-９①-⑳]+[）)．.]?[\s　]+)?(?P<of>[^（）()]{2,16}?)"
    r"の?(?:補正|当初)?(?:予算の?)?財源(?:内訳)?"
    r"(?:[（(][^（）()]*[)）])?[\s　]*$"
)
_MORE = re.compile(
    r"繰越金|繰入金|諸収入|使用料|手数料|分担金|負担金|財産収入|寄[附付]金|交付金|譲与税|市債|県債|町債|村債"
)
_FAR = 3  # lines above a list that its heading may stand
_LEAST = 2  # sources that make a list


def source_list_facts(
    layout: Layout, readings: Sequence[TableReading], parts: Sequence[Part], programs: Sequence[Program]
) -> list[Fact]:
    """The facts of the lists that stand in no part of a program, each given to the account that its heading names."""
    rows = {part.name: part for part in parts if part.form == "row" and part.role != "program"}
    named = {program.program: program for program in programs if program.role != "program"}
    facts: list[Fact] = []
    for reading in readings:
        table = reading.table
        inside = any(part.line_start <= table.line_start <= part.line_end for part in parts)
        owner = None if inside or reading.parts else _account(layout, table, named)
        if owner is not None and (part := rows.get(owner.program)):
            facts += _facts(Source(layout, part, owner), table)
    return facts


def _account(layout: Layout, table: Table, named: Mapping[str, Program]) -> Program | None:
    """The account whose money a list divides, by the heading above it."""
    for number in range(table.line_start - 1, max(0, table.line_start - 1 - _FAR), -1):
        match = _HEADING.match(layout.document.lines[number - 1])
        if match:
            return named.get(squeeze(match["of"]))
    return None


def _facts(source: Source, table: Table) -> list[Fact]:
    rows = [row.cells for row in table.rows if len(row.cells) == 2]
    labels = [squeeze(cells[0].text) for cells in rows]
    if len(rows) < len(table.rows) or sum(_role(label) is not None for label in labels) < _LEAST:
        return []
    return [fact for row in table.rows for fact in _row(source, table, row)]


def _row(source: Source, table: Table, row: TableRow) -> Iterator[Fact]:
    label = squeeze(row.cells[0].text)
    role, figure = _role(label), read_cell(row.cells[1].text, table.unit)
    if role is None or is_label(label) or figure is None or figure.kind is not FigureKind.MONEY:
        return
    kind = KINDS[role]
    condition = label if kind is FactKind.FUNDING_OTHER else None
    yield from fact_at(source, row.cells[1], row.line, figure, Say(kind, item=label, condition=condition))


def _role(label: str) -> str | None:
    bare = re.sub(r"[（(][^（）()]*[)）]", "", label)
    return source_role(label) or ("funding_other" if _MORE.search(bare) else None)
