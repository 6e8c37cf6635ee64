"""Tables inside a program's page that divide its budget: 「区分　件数　予算額」, one 枠 or one item on each row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..columns import AlignedRow, Column
from ..columns.header import is_label
from ..figures import read_cell
from ..layout import Cell
from ..layout.roles import ATTRIBUTE_ROLES, source_role
from ..programs import TableReading
from ..programs.names import squeeze
from ..records import Fact, FactKind, Figure, FigureKind
from .attributes import fact_at, worded_facts
from .make import Say, Source
from .rows import KINDS

_DIVIDES = re.compile(r"類型|枠|コース|型|区分|種類|種別|メニュー|費目|項目|内訳|経費|事業")
_AMOUNTS = ("budget", "budget_previous", "breakdown")
_COUNTED = re.compile(
    r"(?:件|社|者|人|人員|人数|団体|店|店舗|箇所|か所|校|回)(?:数|員)?(?:見込み?|予定)?(?:[（(][^（）()]{1,8}[)）])?$"
)
_UNITS = re.compile(r"(?:件|社|者|人|団体|店舗|箇所|か所|回)")


def counted_as(header: str) -> str | None:
    """The unit of the bare numbers of a column, 件 of 採択予定件数; None for a column that counts nothing."""
    plain = re.sub(r"\s", "", header)
    if not _COUNTED.search(plain):
        return None
    units = _UNITS.findall(plain)
    return units[-1] if units else None


def count_in(cell: Cell, header: str) -> Figure | None:
    """The number of a cell below a header that says what is counted."""
    unit = counted_as(header)
    figure = read_cell(cell.text, unit) if unit else None
    return figure if figure is not None and figure.kind is FigureKind.COUNT else None


def is_allotted(reading: TableReading) -> bool:
    """Whether a table gives each part of one program its share of the budget, and nothing else by attributes."""
    columns = reading.columns
    if len(columns) < 2 or not _DIVIDES.search(columns[0].header) or not reading.rows:
        return False
    roles = [column.role for column in columns[1:]]
    divided = any(role in _AMOUNTS for role in roles) and not set(roles) & (ATTRIBUTE_ROLES - {"breakdown"})
    return divided and all(0 in row.cells for row in reading.rows)


def allotted_facts(source: Source, reading: TableReading, above: str | None) -> Iterator[Fact]:
    """What each row's part is given, and how many of its things are counted; the row of the sum is the program's."""
    for row in reading.rows:
        label = squeeze(row.cells[0].text)
        summed = is_label(label) is not None
        for index, cell in row.cells.items():
            if index:
                part = None if summed else label
                yield from _cell_facts(source, reading, row, reading.columns[index], cell, part, above)


def _cell_facts(
    source: Source,
    reading: TableReading,
    row: AlignedRow,
    column: Column,
    cell: Cell,
    part: str | None,
    above: str | None,
) -> Iterator[Fact]:
    header = re.sub(r"[（(](?:単位[:：])?[千百万億]*円[)）]", "", squeeze(column.header)) or None
    if column.role in _AMOUNTS:
        figure = read_cell(cell.text, column.unit or reading.table.unit)
        if figure is not None and figure.kind is FigureKind.MONEY:
            yield from fact_at(source, cell, row.line, figure, _say(column, part, above, header))
    elif (figure := count_in(cell, column.header)) is not None:
        yield from fact_at(source, cell, row.line, figure, Say(FactKind.COUNT, part or above, item=header))
    else:
        for fact in worded_facts(source, cell, row.line):
            yield replace(fact, subprogram=fact.subprogram or part or above, item=fact.item or header)


def _say(column: Column, part: str | None, above: str | None, header: str | None) -> Say:
    year = column.fiscal_year
    if part is None:
        whole = above is None and column.role != "breakdown"  # what is allotted in all may be a part of the budget
        kind = KINDS[column.role] if whole else FactKind.BREAKDOWN
        return Say(kind, above, item=header, fiscal_year=year)
    if (role := source_role(part)) is not None and column.role == "budget":
        return Say(KINDS[role], above, item=part, fiscal_year=year)
    if column.role == "budget_previous":  # what a part was given before is no budget of the program
        return Say(FactKind.OTHER, part, item=header, fiscal_year=year)
    return Say(FactKind.BREAKDOWN, part, item=part, fiscal_year=year)
