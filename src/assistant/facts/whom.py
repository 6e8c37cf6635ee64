"""For whom a row of a small table holds: which of its first columns say so, and whether they name a part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..columns import AlignedRow, Column
from ..columns.header import is_label
from ..programs.names import squeeze

LONGEST_KEY = 12  # letters of what tells one row from another; more are a description of it
_DESCRIBED = re.compile(r"取組|内容|概要|説明|経費|要件|事例|具体例|イメージ")
_TYPES = re.compile(r"類型|枠|コース|型|区分|種類|種別|メニュー")
_PART = re.compile(r"^(?P<name>[^（()）\n]{2,20}(?:枠|コース|区分|プラン))(?:[（(][^（()）0-9０-９]*[)）])?$")


def telling_columns(rows: Sequence[AlignedRow], columns: tuple[Column, ...], width: int) -> list[int]:
    """Those of the first ``width`` columns that say for whom a row holds.

    Where the first one tells all rows apart, a column of words that only describes them does not.
    """
    first = [squeeze(row.cells[0].text) for row in rows if 0 in row.cells]
    apart = len(first) == len(rows) == len(set(first)) > 1
    return [index for index in range(width) if not (apart and index and _describes(rows, columns[index], index))]


def _describes(rows: Sequence[AlignedRow], column: Column, index: int) -> bool:
    if column.role != "text" or not _DESCRIBED.search(column.header):
        return False
    return any(len(row.cells[index].text) > LONGEST_KEY for row in rows if index in row.cells)


def named_part(text: str, column: Column) -> str | None:
    """The part that the only key of a row names: 「デジタル枠（レジ・会計）」 below 区分; None for a case of the program."""
    found = _PART.match(text) if _TYPES.search(column.header) else None
    return squeeze(found["name"]) if found else None


def is_sum(row: AlignedRow) -> bool:
    """Whether a row is the sum of those above it, and speaks of no part."""
    first = row.cells.get(0)
    return first is not None and is_label(first.text) is not None
