"""Tables in plain text whose columns are set apart by spaces alone.

A line is a row of such a table only under a header of known words and together with another row whose cells
stand under that header's: a wide gap before an amount makes no table.
"""

from __future__ import annotations

from dataclasses import replace

from ..figures import find_figures
from ..records import FigureKind
from .beside_label import finer_cells, print_width, tabbed, without_label
from .cells import GAP, Cell, split_cells
from .lines import Line
from .roles import header_role

LONGEST = 16  # letters of a header's cell
BETWEEN = 4  # lines from one row to the next, with a blank line and a group's heading between them
SLACK = 4  # columns of print by which a cell may stand off its header
_TELLING = frozenset({None, "flag", "text", "variant", "group"})


def with_spaced_tables(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, those of space-aligned tables marked tabular; linear in the document's length."""
    result = list(lines)
    place = 0
    while place < len(lines):
        rows = _rows_under(lines, place)
        finer = any(len(split_cells(lines[row]).cells) < len(finer_cells(lines[row])) for row in rows)
        for row in [place, *rows] if rows else ():
            raw = tabbed(lines[row].raw) if finer else lines[row].raw
            result[row] = replace(lines[row], raw=raw, body=raw.strip(), indent=0, markers=(), tabular=True)
        place = max([place, *rows]) + 1
    return tuple(result)


def _rows_under(lines: tuple[Line, ...], start: int) -> list[int]:
    """Places of the rows of the table whose header is line ``start``; [] when it heads none.

    Blank lines and the headings of groups of rows may stand between them.
    """
    if lines[start].tabular or not GAP.search(lines[start].raw.strip(" 　")):
        return []
    whole = split_cells(lines[start]).cells
    return _rows_of(lines, start, without_label(whole)) or _rows_of(lines, start, whole)


def _rows_of(lines: tuple[Line, ...], start: int, header: tuple[Cell, ...]) -> list[int]:
    if not _is_header(header):
        return []
    spans = _spans(lines[start].raw, header)
    rows: list[int] = []
    for place in range(start + 1, len(lines)):
        between = place - (rows[-1] if rows else start)
        if lines[place].tabular or between > BETWEEN:
            break
        if _is_row(lines[place], spans):
            rows.append(place)
        elif not (lines[place].blank or _heads_group(lines[place])):
            break
    return rows if len(rows) > 1 else []


def _heads_group(line: Line) -> bool:
    """A few words alone that say nothing in figures: 「Ⅰ　食と農」 over the rows of its programs."""
    text = line.raw.strip(" 　")
    return len(text) <= 2 * LONGEST and not (GAP.search(text) or "。" in text or find_figures(text))


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
    """As many cells as the header has, each under its own; two spaces may set them apart as well."""
    if not GAP.search(line.raw.strip(" 　")):
        return False
    cells = split_cells(line).cells
    if len(cells) < len(header):
        cells = finer_cells(line)
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
        column += print_width(raw[at : cell.start])
        width = print_width(cell.text)
        spans.append((column, column + width))
        column, at = column + width, cell.start + len(cell.text)
    return spans
