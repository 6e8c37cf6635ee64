"""Rows of an export whose inner cell holds line feeds: it goes on over lines without tabs until the row is full.

「型<tab>5人以下　200万円」, 「6～20人　500万円」, 「21人以上　1,000万円<tab>1/2」 under a header of three columns.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .cells import TableRow, behind
from .lines import Line
from .roles import header_role

MOST_LINES = 14  # lines of one row
LONGEST = 60  # letters of a line inside a cell
LONGEST_TITLE = 20  # letters of a title between the rows
LONGEST_ROW = 160
_COUNTS = re.compile(r"[\s　]*(?:№|No[.．]?|ＮＯ|NO[.．]?|番号|整理番号|項番|#)\t", re.IGNORECASE)
_NUMBER = re.compile(r"[\s　]*(?:[A-ZＡ-Ｚ]{1,2}[-－‐]?)?[0-9０-９]{1,3}(?:[-－‐][0-9０-９]{1,2})?\t")


def with_fed_rows(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, those inside a cell of a row that a later line fills up marked as rows of its table."""
    result = list(lines)
    tabs = 0  # of the header above
    counted = False  # its first column numbers the rows
    place = 0
    while place < len(lines):
        line = lines[place]
        if not line.tabular or "\t" not in line.raw:
            tabs = tabs if line.quoted or (counted and _is_title(line)) else 0
            place += 1
            continue
        if _is_header(line):
            tabs, counted = line.raw.count("\t"), _COUNTS.match(line.raw) is not None
        end = _end_of_counted(lines, place, tabs) if counted else place
        end = end if end > place else _end(lines, place, tabs)
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


def _is_title(line: Line) -> bool:
    """「Ｂ　技術・研究開発」 between the rows of a table."""
    return not line.blank and len(line.raw.strip()) <= LONGEST_TITLE and "。" not in line.raw


def _end_of_counted(lines: tuple[Line, ...], start: int, tabs: int) -> int:
    """The same where the rows are numbered: any line without a number goes on with the last cell of the row above."""
    own = lines[start].raw.count("\t")
    if not 0 < own < tabs or lines[start].raw.endswith("\t") or not _NUMBER.match(lines[start].raw):
        return start
    for place in range(start + 1, min(start + MOST_LINES, len(lines))):
        raw = lines[place].raw
        if lines[place].blank or "|" in raw or raw[0] == "\t" or _NUMBER.match(raw) or len(raw.strip()) > LONGEST_ROW:
            return start
        own += raw.count("\t")
        if own >= tabs:
            return place if own == tabs else start
    return start


def with_filled_rows(rows: list[TableRow], lines: tuple[Line, ...]) -> list[TableRow]:
    """The rows of a table's ``lines``, each with the lines inside its cell and the one that fills it up."""
    inner = {line.number for line in lines if line.quoted}
    width = _width(rows, inner)
    result: list[TableRow] = []
    place = 0
    while place < len(rows):
        row, end = rows[place], place + 1
        filled = row.width
        while end < len(rows) and rows[end].line in inner and filled < width:
            filled += rows[end].width - 1
            end += 1
        if end > place + 1 and filled == width and rows[end - 1].width > 1:
            for rest in rows[place + 1 : end]:
                row = behind(row, rest)
            place = end - 1
        result.append(row)
        place += 1
    return result


def _width(rows: list[TableRow], inner: set[int]) -> int:
    """That of the first row, or header, with the lines that go on with it."""
    width = rows[0].width if rows else 0
    for row in rows[1:]:
        if row.line not in inner:
            break
        width += row.width - 1
    return width
