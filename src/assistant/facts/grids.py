"""Small tables inside a program's page: 類型 by 補助率, or attributes by fund."""

from __future__ import annotations

from ..columns import AlignedRow, Column
from ..columns.header import ATTRIBUTE_ROLES
from ..layout import Cell, Layout
from ..layout.roles import header_role
from ..layout.tables import TableRow
from ..programs import Part, TableReading
from ..programs.names import squeeze
from ..records import Fact, FactKind, Program
from .prose import cell_facts
from .rows import attribute_facts
from .scopes import Scope


def grid_facts(layout: Layout, part: Part, program: Program, reading: TableReading) -> list[Fact]:
    """Facts of a table about one program."""
    table = reading.table
    if not table.header:
        return [
            fact for row in table.rows for cell in row.cells
            for fact in cell_facts(layout, part, program, row.line, cell.start, cell.text)
        ]  # fmt: skip
    scope = scope_at(layout, part, table.line_start)
    if any(column.role in ATTRIBUTE_ROLES for column in reading.columns[1:]):
        return [fact for row in reading.rows for fact in _variant_row(layout, part, program, row, reading.columns, scope)]
    heads = {cell.position: squeeze(cell.text) for cell in table.header[0].cells}
    return [fact for row in table.rows for fact in _attribute_row(layout, part, program, row, heads)]


def scope_at(layout: Layout, part: Part, number: int) -> str | None:
    """The 枠 or numbered part that line ``number`` of a page stands under."""
    scope = Scope()
    for line in layout.lines[part.line_start - 1 : number - 1]:
        if line.blank or line.tabular:
            continue
        scope.enter_line(line)
        marker = line.marker("(n)", "n.", "n", "①")
        if marker:
            scope.enter_marker(marker.kind, line.body)
    return scope.subprogram


def _variant_row(
    layout: Layout, part: Part, program: Program, row: AlignedRow, columns: tuple[Column, ...], subprogram: str | None
) -> list[Fact]:
    """A row names the 類型; each attribute column says one thing of it."""
    first = row.cells.get(0)
    condition = squeeze(first.text) if first else None
    facts: list[Fact] = []
    for index, cell in row.cells.items():
        role = columns[index].role
        if index and role in ATTRIBUTE_ROLES:
            facts += attribute_facts(
                layout, part, program, cell, row.line, FactKind(role), subprogram, columns[index], condition
            )
        elif index:
            facts += cell_facts(layout, part, program, row.line, cell.start, cell.text)
    return facts


def _attribute_row(
    layout: Layout, part: Part, program: Program, row: TableRow, heads: dict[int, str]
) -> list[Fact]:
    """A row names the attribute; each column is one fund."""
    first = row.cells[0]
    role = header_role(first.text) if first.position < min(heads) else None
    facts: list[Fact] = []
    for cell in row.cells[1:] if role is not None else row.cells:
        fund = _fund_of(cell, heads)
        if role in ATTRIBUTE_ROLES:
            facts += attribute_facts(layout, part, program, cell, row.line, FactKind(str(role)), fund)
        elif cell is not first:
            facts += cell_facts(layout, part, program, row.line, cell.start, cell.text)
    return facts


def _fund_of(cell: Cell, heads: dict[int, str]) -> str | None:
    return heads.get(cell.position) or heads[max((p for p in heads if p <= cell.position), default=min(heads))]
