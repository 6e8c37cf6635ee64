"""What stands above a table's rows in tabular lines of its own: captions, and a header that line feeds cut."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ..figures import find_figures, money_unit
from ..lexicon import words
from .cells import TableRow, behind, is_value
from .lines import Line
from .roles import header_role

MOST_CAPTIONS = 3
MOST_LINES = 8  # lines that line feeds inside its cells make of one header
_TITLE = re.compile(r"^[【〔［\[＜〈《■◆][^】〕］\]＞〉》]*[】〕］\]＞〉》]?$")
_RULED = re.compile(r"\|?(?:[\s]*:?-{2,}:?[\s]*\|)+[\s]*(?::?-{2,}:?)?[\s]*")
LONGEST_HEAD = 30  # letters of a column's name
_NAMED = re.compile(rf"[^\s　]{{2}}(?:{'|'.join(words('programs', 'ends', 'words'))})(?:[（(][^（）()]*[)）])?$")
_SAMPLE = 40  # rows that show how wide a table is


def without_captions(rows: list[TableRow]) -> tuple[list[TableRow], str | None]:
    """The rows without the lines above the header that an export filled up with empty cells, and the unit they state.

    「令和9年4月1日現在 …… （単位：千円）」 names no column: a line below it does.
    """
    for place, row in enumerate(rows[: MOST_CAPTIONS + 1]):
        if _known(row) >= 2:
            start = place - 1 if place and _heads_groups(rows[place - 1], row) else place
            place, above = start, rows[:start]
            if not place or not all(_is_caption(other) for other in above):
                return rows, None
            units = [money_unit(cell.text) for other in above for cell in other.cells if "単位" in cell.text]
            return rows[place:], next((unit for unit in units if unit), None)
    return rows, None


def _heads_groups(row: TableRow, below: TableRow) -> bool:
    """Names of programs, each over several columns of the header ``below``: a row of the header, and no caption."""
    places = [cell.position for cell in row.cells]
    columns = {cell.position for cell in below.cells}
    if len(places) < 2 or places[0] == 0 or row.width > below.width or not columns.issuperset(places):
        return False
    wide = all(after - place > 1 for place, after in pairwise(places))
    return wide and all(_NAMED.search(re.sub(r"[\s　]", "", cell.text)) for cell in row.cells[:2])


def _is_caption(row: TableRow) -> bool:
    """One or two cells that head no column; 「【成果指標】」 is a title, 「会計　（単位：千円）」 has its unit."""
    united = any("単位" in cell.text and money_unit(cell.text) for cell in row.cells)
    if len(row.cells) > (3 if united else 2) or (row.width <= 2 and not united):
        return False
    return not any(header_role(cell.text) and len(cell.text) <= 8 and not _TITLE.match(cell.text) for cell in row.cells)


def _known(row: TableRow) -> int:
    return sum(header_role(cell.text) is not None and len(cell.text) <= 30 for cell in row.cells)


def ruled_off(lines: Sequence[Line], rows: Sequence[TableRow]) -> bool:
    """Whether a rule (|---|---|) sets short words that no one knows off from rows with figures below them.

    A row of another page may come to stand above the rule in an export: it has figures itself.
    """
    raws = [line.raw.strip() for line in lines if not line.blank]
    ruled = len(raws) > 2 and bool(_RULED.fullmatch(raws[1])) and not _RULED.fullmatch(raws[0])
    head, below = rows[0], rows[1:]
    if not ruled or not below or len(head.cells) < 2 or len(head.cells) != head.width:
        return False
    if any(len(cell.text) > LONGEST_HEAD or find_figures(cell.text) for cell in head.cells):
        return False
    told = sum(any(find_figures(cell.text) for cell in row.cells[1:]) for row in below)
    return told * 2 > len(below) and all(row.width == head.width for row in below)


def with_whole_header(rows: list[TableRow]) -> list[TableRow]:
    """The rows, their header in one: 「予算額↵A」 printed with its line feeds makes several lines of it."""
    widths = Counter(row.width for row in rows[:_SAMPLE] if _holds_values(row))
    if not widths:
        return rows
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
