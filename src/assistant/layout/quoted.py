"""Rows of an export whose cells hold line feeds: such a cell stands in quotes and goes on over the next lines."""

from __future__ import annotations

from dataclasses import replace

from .cells import TableRow, behind, split_cells
from .lines import Line

MOST_LINES = 12  # lines of one cell; a quote that stays open longer is none


def with_quoted_rows(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, those inside an open quote of a row marked as rows of its table."""
    result = list(lines)
    place = 0
    while place < len(lines):
        end = _closing(lines, place) if lines[place].tabular and "\t" in lines[place].raw else place
        for inside in range(place + 1, end + 1):
            result[inside] = replace(
                lines[inside], body=lines[inside].raw.strip(), indent=0, markers=(), tabular=True, quoted=True
            )
        place = max(end, place + 1) if end > place else place + 1
    return tuple(result)


def _closing(lines: tuple[Line, ...], start: int) -> int:
    """The line on which the quote that line ``start`` opens is closed; ``start`` when it opens none."""
    if not is_open(split_cells(lines[start])):
        return start
    for place in range(start + 1, min(start + MOST_LINES, len(lines))):
        first = lines[place].raw.split("\t")[0].rstrip(" 　")
        if first.endswith('"'):
            return place
        if lines[place].tabular or lines[place].blank:
            break
    return start


def is_open(row: TableRow) -> bool:
    """Whether the row's last cell opens a quote that it does not close."""
    if not row.cells or row.cells[-1].position != row.width - 1:
        return False
    text = row.cells[-1].text
    return text.startswith('"') and text.count('"') % 2 == 1


def glued(rows: list[TableRow]) -> list[TableRow]:
    """The rows, each with the lines that its open quotes reach over."""
    result: list[TableRow] = []
    place = 0
    while place < len(rows):
        row, taken = rows[place], 1
        if is_open(row):
            row, taken = _glued(rows[place : place + MOST_LINES])
        result.append(row)
        place += taken
    return result


def _glued(rows: list[TableRow]) -> tuple[TableRow, int]:
    row, whole = rows[0], (rows[0], 1)
    for taken, rest in enumerate(rows[1:], 2):
        row = behind(row, rest)
        if rest.cells and rest.cells[0].position == 0 and rest.cells[0].text.endswith('"'):
            whole = (row, taken)
            if not is_open(rest):
                return whole
        elif len(rest.cells) != 1:
            break
    return whole
