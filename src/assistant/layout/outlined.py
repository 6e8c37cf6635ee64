"""Tables set apart by spaces whose header leaves the first column empty, and whose rows stand below names:

                         上限        補助率
    持続化補助金
      通常枠            50万円        2/3

Every row stands in further than the name above it.  A row may leave a column empty; the place tells which.
"""

from __future__ import annotations

from dataclasses import replace

from ..figures import find_figures
from .beside_label import finer_cells, print_width
from .cells import Cell
from .lines import Line
from .roles import ATTRIBUTE_ROLES, header_role

FEWEST = 3  # rows
SLACK = 4  # columns of print by which a cell may stand off its header
LONGEST = 32  # letters of a name or of a header's cell


def with_outlined_tables(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, those of such tables marked tabular, with a tab for each column that they pass."""
    result = list(lines)
    place = 0
    while place < len(lines):
        rows = _rows_under(lines, place)
        if len(rows) >= FEWEST:
            for row, cells in ((place, _header(lines[place])), *rows.items()):
                raw = _tabbed(lines[row].raw, cells)
                result[row] = replace(lines[row], raw=raw, body=raw.strip(), indent=0, markers=(), tabular=True)
        place = max([place, *rows]) + 1
    return tuple(result)


def _header(line: Line) -> list[tuple[int, Cell]]:
    """The cells of such a header with their columns, counted from 1."""
    if line.tabular or line.blank or "\t" in line.raw:
        return []
    cells = finer_cells(line)
    roles = [header_role(cell.text) for cell in cells if len(cell.text) <= LONGEST and not find_figures(cell.text)]
    known = sum(role in ATTRIBUTE_ROLES for role in roles)
    far = bool(cells) and print_width(line.raw[: cells[0].start]) >= 2 * SLACK
    return list(enumerate(cells, 1)) if far and len(roles) == len(cells) >= 2 and 2 * known >= len(cells) else []


def _rows_under(lines: tuple[Line, ...], start: int) -> dict[int, list[tuple[int, Cell]]]:
    """The rows below the header at ``start`` by their places: between them stand names that are set in less."""
    header = _header(lines[start])
    columns = [_column(lines[start], cell) for _, cell in header]
    rows: dict[int, list[tuple[int, Cell]]] = {}
    name: int | None = None
    for place in range(start + 1, len(lines) if header else start):
        line = lines[place]
        if line.tabular or line.blank:
            break
        cells = finer_cells(line)
        found = _placed(line, cells, columns)
        if found and name is not None and line.indent > name:
            rows[place] = found
        elif len(cells) == 1 and len(cells[0].text) <= LONGEST and "。" not in cells[0].text:
            name = line.indent if name is None else min(name, line.indent)
        else:
            break
    return rows


def _column(line: Line, cell: Cell) -> tuple[int, int]:
    begin = print_width(line.raw[: cell.start])
    return begin, begin + print_width(cell.text)


def _placed(line: Line, cells: tuple[Cell, ...], columns: list[tuple[int, int]]) -> list[tuple[int, Cell]]:
    """The cells of a row with their columns; empty where one stands under no header, or two under one."""
    found: list[tuple[int, Cell]] = []
    for cell in cells:
        begin, end = _column(line, cell)
        if not found:
            if begin >= columns[0][0] - SLACK:
                return []
            found.append((0, cell))
            continue
        near = [at for at, (first, last) in enumerate(columns, 1) if begin < last + SLACK and end > first - SLACK]
        free = [at for at in near if at > found[-1][0]]
        if not free:
            return []
        off = {at: min(abs(columns[at - 1][0] - begin), abs(columns[at - 1][1] - end)) for at in free}
        found.append((min(free, key=off.__getitem__), cell))
    return found if len(found) > 1 else []


def _tabbed(raw: str, cells: list[tuple[int, Cell]]) -> str:
    """The line with as many tabs before each cell as columns since the one before, every cell at its place."""
    letters = list(raw)
    column = end = 0
    for at, cell in cells:
        for place in range(cell.start - (at - column), cell.start):
            letters[max(place, end)] = "\t"
        column, end = at, cell.start + len(cell.text)
    return "".join(letters)
