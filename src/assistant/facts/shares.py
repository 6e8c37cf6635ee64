"""Tables inside a program's page that give each 枠 its rate, its limit and its share of the program's budget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from ..columns import AlignedRow, Column
from ..columns.header import is_label
from ..figures import read_cell
from ..layout import Cell
from ..programs import TableReading
from ..programs.names import squeeze
from ..records import Fact, FactKind, Figure, FigureKind
from .attributes import fact_at
from .make import Say, Source

_BUDGETED = re.compile(r"要求額|予算額|予算案|当初予算|配分")
_DEMANDED = re.compile(r"対象|総事業費|投資|要件|下限")
_ROUNDED = 100  # how exactly shares come to the whole: to one in so many


def share_columns(source: Source, reading: TableReading) -> frozenset[int]:
    """The columns whose amounts are shares of the program's budget: they come to it, or their header calls them so."""
    whole = source.part.amount
    found = set()
    for index, column in enumerate(reading.columns):
        if not index or column.role != "budget" or _DEMANDED.search(column.header):
            continue
        amounts = [
            figure.yen or 0
            for row in reading.rows
            if index in row.cells and 0 in row.cells and is_label(row.cells[0].text) is None
            if (figure := _amount(reading, column, row.cells[index])) is not None
        ]
        exact = whole is not None and len(amounts) > 1 and abs(sum(amounts) - whole) * _ROUNDED <= whole
        called = bool(_BUDGETED.search(column.header)) and (whole is None or sum(amounts) <= whole)
        if amounts and (exact or called):
            found.add(index)
    return frozenset(found)


def share_facts(
    source: Source, reading: TableReading, row: AlignedRow, index: int, part: str | None, condition: str | None
) -> Iterator[Fact]:
    """The share of the ``part``, or of the case, that a row speaks of."""
    column, cell = reading.columns[index], row.cells[index]
    figure = _amount(reading, column, cell)
    if figure is not None:
        item = part or squeeze(column.header) or None
        say = Say(FactKind.BREAKDOWN, part, item=item, condition=condition, fiscal_year=column.fiscal_year)
        yield from fact_at(source, cell, row.line, figure, say)


def without(telling: list[int], shares: Set[int]) -> list[int]:
    """The columns that say for whom a row holds; a share of the budget does not."""
    return [index for index in telling if index not in shares]


def _amount(reading: TableReading, column: Column, cell: Cell) -> Figure | None:
    figure = read_cell(cell.text, column.unit or reading.table.unit)
    return figure if figure is not None and figure.kind is FigureKind.MONEY else None
