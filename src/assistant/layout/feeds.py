"""Rows of an export whose inner cell holds line feeds: it goes on over lines without tabs until the row is full.

「型<tab>5人以下　200万円」, 「6～20人　500万円」, 「21人以上　1,000万円<tab>1/2」 under a header of three columns.
Further cells of the row may do the same: their lines fill it up together, and its last cell may end below that.
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
_OPENS_BRACKET = re.compile(r"[\s　]*[（(][^（()）]*[)）]\t")
_BRACKET = re.compile(r"[（(][^（()）]*[)）]$")
_TAIL = re.compile(r"[\s　]*[0-9０-９（(]")  # 「10か月以内」 below 「交付決定日から」
_UNENDED = re.compile(r"(?:から|まで|より|及び|又は|並びに|[のをにはがと、・])$")
_COUNTS = re.compile(r"[\s　]*(?:№|No[.．]?|ＮＯ|NO[.．]?|番号|整理番号|項番|#)\t", re.IGNORECASE)
_NUMBER = re.compile(r"[\s　]*(?:[A-ZＡ-Ｚ]{1,2}[-－‐]?)?[0-9０-９]{1,3}(?:[-－‐][0-9０-９]{1,2})?\t")


def with_fed_rows(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, those inside a cell of a row that a later line fills up marked as rows of its table."""
    result = list(lines)
    tabs = 0  # of the header above
    counted = False  # its first column numbers the rows
    fed = False  # a row of the table was printed so
    place = 0
    while place < len(lines):
        line = lines[place]
        lead = _end_of_lead(lines, place, tabs, fed=fed) if tabs and not counted else place
        if lead == place and (not line.tabular or "\t" not in line.raw):
            tabs = tabs if line.quoted or (counted and _is_title(line)) else 0
            place += 1
            continue
        if lead == place and _is_header(line):
            tabs, counted, fed = line.raw.count("\t"), _COUNTS.match(line.raw) is not None, False
        end = _end_of_counted(lines, place, tabs) if counted else lead
        end = end if end > place else _end(lines, place, tabs)
        end = end if end > place else _end_of_several(lines, place, tabs)
        fed = fed or end > place
        for inside in range(place if lead > place else place + 1, end + 1):
            result[inside] = _inner(lines[inside])
        place = end + 1
    return tuple(result)


def _inner(line: Line) -> Line:
    return replace(line, body=line.raw.strip(), indent=0, markers=(), tabular=True, quoted=True)


def _end_of_lead(lines: tuple[Line, ...], start: int, tabs: int, *, fed: bool) -> int:
    """The last line of a row whose first cell has two lines: 「連携枠」 over 「（２～５者）<tab>…」; else ``start``."""
    line = lines[start]
    below = lines[start + 1].raw if start + 1 < len(lines) else ""
    if line.tabular or line.blank or line.markers or len(line.raw.strip()) > LONGEST_TITLE or "\t" not in below:
        return start
    return _end_of_several(lines, start, tabs) if fed or _OPENS_BRACKET.match(below) else start


def _end_of_several(lines: tuple[Line, ...], start: int, tabs: int) -> int:
    """The last line of a row that several lines fill up, one of them without a tab; ``start`` when none does."""
    own = lines[start].raw.count("\t")
    if own >= tabs or lines[start].raw.endswith("\t"):
        return start
    plain = own == 0
    for place in range(start + 1, min(start + MOST_LINES, len(lines))):
        line = lines[place]
        more = line.raw.count("\t")
        fits = line.tabular or (not line.markers and len(line.raw.strip()) <= LONGEST)
        if line.blank or "|" in line.raw or line.raw[0] == "\t" or more >= tabs or not (fits and (plain or not more)):
            return start
        plain = plain or not more
        own += more
        if own >= tabs:
            return _with_tail(lines, place) if own == tabs else start
    return start


def _with_tail(lines: tuple[Line, ...], place: int) -> int:
    """The line below a full row, where it is the end of its last cell."""
    below = lines[place + 1] if place + 1 < len(lines) else None
    return place + 1 if below and not below.blank and is_tail(lines[place].raw, below.raw) else place


def is_tail(above: str, raw: str) -> bool:
    """Whether a line without a tab ends the cell that the line above it leaves open."""
    return "\t" not in raw and bool(_TAIL.match(raw)) and _UNENDED.search(above.rstrip()) is not None


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
            end += _has_tail(rows, end, inner)
            for rest in rows[place + 1 : end]:
                row = behind(row, rest)
            place = end - 1
        result.append(row)
        place += 1
    return result


def _has_tail(rows: list[TableRow], end: int, inner: set[int]) -> bool:
    if end == len(rows) or rows[end].line not in inner or rows[end].width > 1:
        return False
    return is_tail(rows[end - 1].cells[-1].text, rows[end].cells[0].text)


def _width(rows: list[TableRow], inner: set[int]) -> int:
    """That of the first row, or header, with the lines that go on with it."""
    width = rows[0].width if rows else 0
    if len(rows) > 2 and rows[1].width == 1 and rows[2].width > 1 and _BRACKET.match(rows[2].cells[0].text):
        return width  # 「連携枠」 over 「（２～５者）」 begins a row of its own
    for row in rows[1:]:
        if row.line not in inner:
            break
        width += row.width - 1
    return width
