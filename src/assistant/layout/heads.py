"""What stands above a table's rows in tabular lines of its own: captions, and a header that line feeds cut."""

from __future__ import annotations

import re
from collections import Counter

from ..figures import money_unit
from .cells import TableRow, behind, is_value
from .roles import header_role

MOST_CAPTIONS = 3
MOST_LINES = 8  # lines that line feeds inside its cells make of one header
_TITLE = re.compile(r"^[【〔［\[＜〈《■◆][^】〕］\]＞〉》]*[】〕］\]＞〉》]?$")
_SAMPLE = 40  # rows that show how wide a table is


def without_captions(rows: list[TableRow]) -> tuple[list[TableRow], str | None]:
    """The rows without the lines above the header that an export filled up with empty cells, and the unit they state.

    「令和9年4月1日現在 …… （単位：千円）」 names no column: a line below it does.
    """
    for place, row in enumerate(rows[: MOST_CAPTIONS + 1]):
        if _known(row) >= 2:
            above = rows[:place]
            if not place or not all(_is_caption(other) for other in above):
                return rows, None
            units = [money_unit(cell.text) for other in above for cell in other.cells if "単位" in cell.text]
            return rows[place:], next((unit for unit in units if unit), None)
    return rows, None


def _is_caption(row: TableRow) -> bool:
    """One or two cells that head no column; 「【成果指標】」 is a title, 「会計　（単位：千円）」 has its unit."""
    if len(row.cells) > 2 or (row.width <= 2 and not any("単位" in cell.text for cell in row.cells)):
        return False
    return not any(header_role(cell.text) and len(cell.text) <= 8 and not _TITLE.match(cell.text) for cell in row.cells)


def _known(row: TableRow) -> int:
    return sum(header_role(cell.text) is not None and len(cell.text) <= 30 for cell in row.cells)


def with_whole_header(rows: list[TableRow]) -> list[TableRow]:
    """The rows, their header in one: 「予算額↵A」 printed with its line feeds makes several lines of it."""
    widths = Counter(row.width for row in rows[:_SAMPLE])
    width, found = widths.most_common(1)[0]
    whole = rows[0]
    if found < 2 or whole.width >= width or _holds_values(whole):
        return rows
    for taken, rest in enumerate(rows[1:MOST_LINES], 2):
        cut = bool(whole.cells) and whole.cells[-1].position == whole.width - 1
        if not cut or not rest.cells or rest.cells[0].position != 0 or _holds_values(rest):
            return rows
        whole = behind(whole, rest)
        if whole.width >= width:
            return [whole, *rows[taken:]] if whole.width == width and _known(whole) >= 2 else rows
    return rows


def _holds_values(row: TableRow) -> bool:
    return any(is_value(cell.text) for cell in row.cells)
