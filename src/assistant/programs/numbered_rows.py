"""Rows that begin with their number: a name broken over two lines, and where the rows below a heading end.

「3  成長企業伴走支援 / プログラム  28,750 …」: the number stands where the name begins, the amounts where it ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..columns import AlignedRow, Column
from ..columns.header import MONEY_ROLES, is_label
from ..columns.values import is_amount
from ..layout import Table
from ..layout.cells import TableRow, stacked
from .names import clean_name

LONGEST_REST = 12  # letters of a name that may stand on the second line
_OF_ITS_OWN = re.compile(r"[\s　]*(?:[(（]?[0-9０-９ア-コ]{1,2}[.．)）]|[①-⑳Ⅰ-Ⅻ■◆○●◎・*＊〈＜<【〔（(－―-]|うち)")


def with_whole_names(table: Table, columns: Sequence[Column]) -> Table:
    """The table with each name whole that stands in part beside its number and in part beside its amounts.

    Several rows without a number below one without amounts are the parts of that one.
    """
    number, name = _place(columns, "number"), _place(columns, "name")
    if number is None or name is None or number >= name or not any(c.role in MONEY_ROLES for c in columns):
        return table
    if sum(_position(row, number) is not None and _valued(row, name) for row in table.rows) < 2:
        return table
    rows: list[TableRow] = []
    for place, row in enumerate(table.rows):
        below = table.rows[place + 1] if place + 1 < len(table.rows) else None
        if rows and _begins(rows[-1], number, name) and _ends(row, number, name):
            alone = below is None or _position(below, number) is not None or _is_sum(below)
            if alone:
                rows[-1] = stacked([rows[-1], row])
                continue
        rows.append(row)
    return replace(table, rows=tuple(rows)) if len(rows) < len(table.rows) else table


def begins_anew(group: AlignedRow | None, row: AlignedRow, columns: Sequence[Column]) -> bool:
    """A row with a number of its own is none of those below a heading that has a number too."""
    if group is None:
        return False
    numbered = [index for index, column in enumerate(columns) if column.role == "number"]
    return any(index in group.cells for index in numbered) and any(index in row.cells for index in numbered)


def _place(columns: Sequence[Column], role: str) -> int | None:
    return next((column.position for column in columns if column.role == role), None)


def _position(row: TableRow, position: int) -> str | None:
    return next((cell.text for cell in row.cells if cell.position == position), None)


def _valued(row: TableRow, name: int) -> bool:
    return any(cell.position > name and is_amount(cell.text) for cell in row.cells)


def _begins(row: TableRow, number: int, name: int) -> bool:
    """A number and words, and nothing else."""
    return [cell.position for cell in row.cells] == [number, name]


def _ends(row: TableRow, number: int, name: int) -> bool:
    rest = _position(row, name)
    if rest is None or _position(row, number) is not None or not _valued(row, name):
        return False
    return len(clean_name(rest)) <= LONGEST_REST and not is_label(rest) and not _OF_ITS_OWN.match(rest)


def _is_sum(row: TableRow) -> bool:
    return any(is_label(cell.text) for cell in row.cells[:2])
