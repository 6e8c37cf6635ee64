"""Rows of an export whose cells hold line feeds without quotes: what stands in brackets below goes on with a cell.

「1/2以内」, and on the next line 「（小規模企業者は2/3以内）」 with the cells to the right of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .cells import TableRow, behind
from .lines import Line
from .roles import MONEY_ROLES, header_role

MOST_RESTS = 4  # lines in brackets that go on with one row
LONGEST = 60  # letters of such a line
_OPENS = re.compile(r"[（(](?![\s　]*(?:うち|内|再掲|単[\s　]*位|注|[0-9０-９]{1,2}[\s　]*[)）]))")
_WHOLE = re.compile(r"[（(](?![\s　]*(?:うち|内|再掲|単[\s　]*位|注|[0-9０-９]{1,2}[\s　]*[)）]))[^（）()]*[)）]$")


def with_rests(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines; a bracket alone on its line between two rows of tabs is one of their table's."""
    result = list(lines)
    for place, line in enumerate(lines[1:-1], 1):
        above, below = result[place - 1], lines[place + 1]
        if line.tabular or line.blank or len(line.raw.strip()) > LONGEST or not _WHOLE.match(line.raw.strip(" 　")):
            continue
        if _is_tabbed(above) and (_is_tabbed(below) or above.quoted):
            result[place] = replace(line, body=line.raw.strip(), indent=0, markers=(), tabular=True, quoted=True)
    return tuple(result)


def _is_tabbed(line: Line) -> bool:
    return line.tabular and ("\t" in line.raw.strip(" ") or line.quoted)


def with_whole_rows(rows: list[TableRow], header: list[TableRow]) -> list[TableRow]:
    """The rows, each with the lines in brackets that go on with its last cell."""
    width = header[0].width if header else 0
    roles = {cell.position: header_role(cell.text) for head in header for cell in head.cells}
    result: list[TableRow] = []
    rests = 0
    for row in rows:
        joined = _joined(result[-1], row, width, roles) if result and rests < MOST_RESTS else None
        rests = rests + 1 if joined else 0
        if joined:
            result[-1] = joined
        else:
            result.append(row)
    return result


def _joined(row: TableRow, rest: TableRow, width: int, roles: dict[int, str | None]) -> TableRow | None:
    if not row.cells or not rest.cells or rest.cells[0].position != 0 or not _OPENS.match(rest.cells[0].text):
        return None
    last = row.cells[-1].position
    alone = rest.width == 1 and _WHOLE.match(rest.cells[0].text) is not None
    fills = rest.width > 1 and row.width < width and row.width - 1 + rest.width <= width
    if last != row.width - 1 or not (alone or fills) or (fills and roles.get(last) in MONEY_ROLES):
        return None
    return behind(row, rest)
