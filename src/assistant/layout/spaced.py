"""Tables in plain text whose columns are set apart by spaces alone.

A line is a row of such a table only under a header of known words and together with another row whose cells
stand under that header's: a wide gap before an amount makes no table.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from ..figures import find_figures
from ..records import FigureKind
from .cells import GAP, Cell, split_cells
from .lines import Line
from .roles import header_role

LONGEST = 16  # letters of a header's cell
SLACK = 4  # columns of print by which a cell may stand off its header
_TELLING = frozenset({None, "flag", "text", "variant", "group"})


def with_spaced_tables(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, those of space-aligned tables marked tabular; linear in the document's length."""
    result = list(lines)
    place = 0
    while place < len(lines):
        end = _end_of_table(lines, place)
        for row in range(place, end):
            result[row] = replace(lines[row], body=lines[row].raw.strip(), indent=0, markers=(), tabular=True)
        place = max(end, place + 1)
    return tuple(result)


def _end_of_table(lines: tuple[Line, ...], start: int) -> int:
    """One behind the last row of the table whose header is line ``start``; ``start`` when it heads none."""
    if lines[start].tabular or not GAP.search(lines[start].raw.strip(" 　")):
        return start
    header = split_cells(lines[start]).cells
    if not _is_header(header):
        return start
    spans = _spans(lines[start].raw, header)
    end = start + 1
    while end < len(lines) and not lines[end].tabular and _is_row(lines[end], spans):
        end += 1
    return end if end - start > 2 else start


def _is_header(cells: tuple[Cell, ...]) -> bool:
    """Short words, most of them known to head columns, and one that heads figures."""
    if len(cells) < 2 or any(len(cell.text) > LONGEST or "。" in cell.text for cell in cells):
        return False
    if any(figure.kind is not FigureKind.YEAR for cell in cells for figure in find_figures(cell.text)):
        return False
    roles = [header_role(cell.text) for cell in cells]
    known = sum(role is not None for role in roles)
    return known * 3 >= len(cells) * 2 and known >= 2 and any(role not in _TELLING for role in roles)


def _is_row(line: Line, header: list[tuple[int, int]]) -> bool:
    """As many cells as the header has, each under its own."""
    if not GAP.search(line.raw.strip(" 　")):
        return False
    cells = split_cells(line).cells
    if len(cells) != len(header):
        return False
    spans = _spans(line.raw, cells)
    following = [start for start, _ in header[1:]] + [10**6]
    return all(
        start < after + SLACK and end > head - SLACK
        for (start, end), (head, _), after in zip(spans, header, following, strict=True)
    )


def _spans(raw: str, cells: tuple[Cell, ...]) -> list[tuple[int, int]]:
    """Where each cell begins and ends in columns of print; a full-width letter takes two."""
    spans = []
    column = at = 0
    for cell in cells:
        column += _width(raw[at : cell.start])
        width = _width(cell.text)
        spans.append((column, column + width))
        column, at = column + width, cell.start + len(cell.text)
    return spans


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)
