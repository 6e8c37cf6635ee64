"""Rows of an export whose inner cell holds line feeds: it goes on over lines without tabs until the row is full.

「型<tab>5人以下　200万円」, 「6～20人　500万円」, 「21人以上　1,000万円<tab>1/2」 under a header of three columns.
"""

from __future__ import annotations

from dataclasses import replace

from .cells import TableRow, behind
from .lines import Line
from .roles import header_role

MOST_LINES = 14  # lines of one row
LONGEST = 60  # letters of a line inside a cell


def with_fed_rows(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, those inside a cell of a row that a later line fills up marked as rows of its table."""
    result = list(lines)
    tabs = 0  # of the header above
    place = 0
    while place < len(lines):
        line = lines[place]
        if not line.tabular or "\t" not in line.raw:
            tabs = tabs if line.quoted else 0
            place += 1
            continue
        tabs = line.raw.count("\t") if _is_header(line) else tabs
        end = _end(lines, place, tabs)
        for inside in range(place + 1, end + 1):
            result[inside] = replace(
                lines[inside], body=lines[inside].raw.strip(), indent=0, markers=(), tabular=True, quoted=True
            )
        place = end + 1
    return tuple(result)


def _is_header(line: Line) -> bool:
    cells = [cell.strip(" 　") for cell in line.raw.split("\t")]
    known = sum(header_role(cell) is not None for cell in cells if cell)
    return len(cells) > 2 and known >= 2 and known * 3 >= len(cells) * 2


def _end(lines: tuple[Line, ...], start: int, tabs: int) -> int:
    """The line that fills up the row of line ``start`` to ``tabs`` tabs; ``start`` when none does."""
    own = lines[start].raw.count("\t")
    if not 0 < own < tabs or lines[start].raw.endswith("\t"):
        return start
    for place in range(start + 1, min(start + MOST_LINES, len(lines))):
        line = lines[place]
        if line.blank or "|" in line.raw:
            return start
        if line.tabular and "\t" in line.raw:
            filled = own + line.raw.count("\t") == tabs and line.raw[0] != "\t" and place > start + 1
            return place if filled else start
        if line.tabular or line.markers or len(line.raw.strip()) > LONGEST:
            return start
    return start


def with_filled_rows(rows: list[TableRow], lines: tuple[Line, ...]) -> list[TableRow]:
    """The rows of a table's ``lines``, each with the lines inside its cell and the one that fills it up."""
    width = rows[0].width if rows else 0
    inner = {line.number for line in lines if line.quoted and "\t" not in line.raw}
    result: list[TableRow] = []
    place = 0
    while place < len(rows):
        row, end = rows[place], place + 1
        while end < len(rows) and rows[end].line in inner:
            end += 1
        if end > place + 1 and end < len(rows) and row.width + rows[end].width - 1 == width:
            for rest in rows[place + 1 : end + 1]:
                row = behind(row, rest)
            place = end
        result.append(row)
        place += 1
    return result
