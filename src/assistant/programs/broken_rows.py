"""A row that a page break cut: the next page begins with the rest of its explanation, below empty cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..columns import AlignedRow, Column
from ..layout import Table
from .parts import Part
from .sums import TableReading

Rows = tuple[AlignedRow, ...]


def rest_of_row(
    table: Table, columns: Sequence[Column], rows: Rows, readings: Sequence[TableReading]
) -> tuple[Rows, tuple[Part, ...]]:
    """The rows without such a rest, and the rest as a part of the program that ends the table before."""
    first = table.rows[0] if table.rows else None
    above = readings[-1].parts[-1] if readings and readings[-1].parts else None
    if first is None or above is None or not table.continued or not rows or rows[0].line != first.line:
        return rows, ()
    cell = first.cells[0] if len(first.cells) == 1 else None
    index = next((i for i, column in enumerate(columns) if cell and i and column.position == cell.position), None)
    told = index is not None and columns[index].role == "text" and rows[0].role == "group"
    if cell is None or index is None or not told or above.role != "program" or above.form != "row":
        return rows, ()
    row = AlignedRow(first.line, "part", {index: cell})
    return rows[1:], (replace(above, line_start=first.line, line_end=first.line, row=row, more=True),)
