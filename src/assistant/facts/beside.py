"""One program's column of a table in which programs stand side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..columns import label_width
from ..layout import Table
from ..layout.roles import MONEY_ROLES, header_role
from ..layout.tables import TableRow
from ..programs import TableReading
from ..programs.names import squeeze
from ..records import Fact, FactKind
from .grids import grid_facts
from .make import Source
from .matrix import matrix_facts
from .rows import KINDS


def column_facts(source: Source, reading: TableReading, position: int) -> Iterator[Fact]:
    """The facts of the column at ``position``, which is the source's program; the labels on the left say of what."""
    table = reading.table
    if (found := matrix_facts(source, table, position)) is not None:
        return iter(found)
    return _labelled(source, reading, position)


def _labelled(source: Source, reading: TableReading, position: int) -> Iterator[Fact]:
    table = reading.table
    width = label_width(table)
    own = replace(
        table,
        header=tuple(_only(row, position, 0) for row in table.header),
        rows=tuple(_only(row, position, width) for row in table.rows),
    )
    heads = table.header[0].cells if table.header else ()
    head = next((squeeze(cell.text) for cell in heads if cell.position == position), None)
    labels = _budgets(own)
    for fact in grid_facts(source, replace(reading, table=own, parts=()), None):
        told = replace(fact, subprogram=None if fact.subprogram == head else fact.subprogram)
        label = labels.get(fact.line_start)
        if label is not None and fact.kind is FactKind.OTHER and fact.yen is not None:
            told = replace(told, kind=KINDS[str(header_role(label))], item=label, condition=None)
        yield told


def _only(row: TableRow, position: int, width: int) -> TableRow:
    return replace(row, cells=tuple(cell for cell in row.cells if cell.position < width or cell.position == position))


def _budgets(table: Table) -> dict[int, str]:
    """The labels of rows that say what programs cost, by line."""
    labels = {row.line: squeeze(row.cells[0].text) for row in table.rows if row.cells and row.cells[0].position == 0}
    return {line: label for line, label in labels.items() if header_role(label) in MONEY_ROLES}
