"""Small tables inside a program's page: 類型 by 補助率, or attributes by fund."""

from __future__ import annotations

from ..columns import AlignedRow, Column
from ..columns.header import ATTRIBUTE_ROLES
from ..layout import Cell
from ..layout.roles import header_role
from ..layout.tables import TableRow
from ..programs import TableReading
from ..programs.names import squeeze
from ..records import Fact, FactKind
from .attributes import Heading, attribute_facts
from .make import Source
from .prose import cell_facts


def grid_facts(source: Source, reading: TableReading, subprogram: str | None) -> list[Fact]:
    """Facts of a table about one program; ``subprogram`` is the 枠 that it stands under."""
    table = reading.table
    if not table.header:
        return [fact for row in table.rows for cell in row.cells for fact in _worded(source, row.line, cell)]
    if any(column.role in ATTRIBUTE_ROLES for column in reading.columns[1:]):
        return [fact for row in reading.rows for fact in _variant_row(source, row, reading.columns, subprogram)]
    heads = {cell.position: squeeze(cell.text) for cell in table.header[0].cells}
    return [fact for row in table.rows for fact in _attribute_row(source, row, heads)]


def _worded(source: Source, line: int, cell: Cell) -> list[Fact]:
    return cell_facts(source, line, cell.start, cell.text)


def _variant_row(source: Source, row: AlignedRow, columns: tuple[Column, ...], subprogram: str | None) -> list[Fact]:
    """A row names the 類型; each attribute column says one thing of it."""
    first = row.cells.get(0)
    condition = squeeze(first.text) if first else None
    facts: list[Fact] = []
    for index, cell in row.cells.items():
        column = columns[index]
        if index and column.role in ATTRIBUTE_ROLES:
            heading = Heading(FactKind(column.role), subprogram, condition, column)
            facts += attribute_facts(source, cell, row.line, heading)
        elif index:
            facts += _worded(source, row.line, cell)
    return facts


def _attribute_row(source: Source, row: TableRow, heads: dict[int, str]) -> list[Fact]:
    """A row names the attribute; each column is one fund."""
    first = row.cells[0]
    role = header_role(first.text) if first.position < min(heads) else None
    if role not in ATTRIBUTE_ROLES:
        return [fact for cell in row.cells[1:] for fact in _worded(source, row.line, cell)]
    facts: list[Fact] = []
    for cell in row.cells[1:]:
        facts += attribute_facts(source, cell, row.line, Heading(FactKind(str(role)), _fund_of(cell, heads)))
    return facts


def _fund_of(cell: Cell, heads: dict[int, str]) -> str | None:
    return heads.get(cell.position) or heads[max((p for p in heads if p <= cell.position), default=min(heads))]
