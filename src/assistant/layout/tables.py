"""Tables of tab-separated or piped rows: which lines are rows, which of them are headers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..figures import money_unit, read_cell
from .lines import Line
from .roles import header_role, header_text

WIDEST = 60  # columns; a line with more tabs is no header
_RULE = re.compile(r"^[\s|:\-–—=+]+$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty: its position in its row, its text and where that stands in the raw line."""

    position: int
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """One printed row; ``line`` is its line number."""

    line: int
    cells: tuple[Cell, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under one header.  ``unit`` is the unit of a caption above it; ``header`` may be empty."""

    line_start: int
    line_end: int
    header: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]
    unit: str | None
    continued: bool = False  # it goes on with the table before it


def read_tables(lines: tuple[Line, ...]) -> tuple[Table, ...]:
    """Every run of tabular lines as a table; a run without a header goes on with the header before it."""
    tables: list[Table] = []
    start = 0
    while start < len(lines):
        if not lines[start].tabular:
            start += 1
            continue
        end = start
        while end < len(lines) and lines[end].tabular:
            end += 1
        table = _read_table(lines[start:end], _caption_unit(lines, start))
        if table is not None:
            tables.append(_continue(table, tables[-1] if tables else None))
        start = end
    return tuple(tables)


def split_cells(line: Line) -> TableRow:
    """A row's cells that hold something, with their positions."""
    raw = line.raw
    separator = "\t" if "\t" in raw else "|"
    offset = 0
    if separator == "|":  # the outer pipes are a frame, not empty cells
        offset = raw.index("|") + 1
        raw = raw[: raw.rindex("|")]
    cells = []
    pieces = raw[offset:].split(separator)
    for position, piece in enumerate(pieces):
        text = piece.strip(" 　")
        if text:
            cells.append(Cell(position, text, offset + piece.index(text)))
        offset += len(piece) + 1
    return TableRow(line.number, tuple(cells), len(pieces))


def _read_table(lines: tuple[Line, ...], unit: str | None) -> Table | None:
    rows = [split_cells(line) for line in lines if not _RULE.match(line.raw)]
    if not rows:
        return None
    header: list[TableRow] = []
    for row in rows:
        if not _is_header(row, first=not header):
            break
        header.append(row)
    body = tuple(row for row in rows[len(header) :] if row.cells and not _repeats(row, header))
    return Table(lines[0].number, lines[-1].number, tuple(header), body, unit)


def _repeats(row: TableRow, header: list[TableRow]) -> bool:
    """A header printed again at the top of each page is no row."""
    return any([cell.text for cell in row.cells] == [cell.text for cell in head.cells] for head in header)


def _is_header(row: TableRow, *, first: bool) -> bool:
    """A first header row names at least two columns; a second one only splits columns of the first."""
    if not 2 <= len(row.cells) <= WIDEST or any(_is_value(cell.text) for cell in row.cells):
        return False
    known = sum(header_role(cell.text) is not None for cell in row.cells)
    short = all(len(cell.text) <= 30 for cell in row.cells)
    if first:
        names_columns = row.cells[0].position > 0 and len(row.cells) == row.width - 1
        return short and (known * 2 >= len(row.cells) or (names_columns and known > 0) or names_columns)
    return short and known * 2 >= len(row.cells) and row.cells[0].position > 0


def _is_value(text: str) -> bool:
    figure = read_cell(text, None)
    return figure is not None and figure.kind not in ("year", "period") and money_unit(text) is None


def _header_words(table: Table) -> list[str]:
    return [header_text(cell.text) for row in table.header for cell in row.cells]


def _caption_unit(lines: tuple[Line, ...], start: int) -> str | None:
    """The unit that a line shortly above the table states: （単位：千円）."""
    seen = 0
    for line in reversed(lines[max(0, start - 6) : start]):
        if line.tabular:
            return None
        if not line.blank:
            seen += 1
            unit = money_unit(line.raw) if "単位" in line.raw else None
            if unit or seen == 2:
                return unit
    return None


def _continue(table: Table, before: Table | None) -> Table:
    """A table without a header, or with the header of the one before it, goes on with that one over a page break."""
    if before is None or not before.header:
        return table
    if table.header:
        same = _header_words(table) == _header_words(before)
        return replace(table, unit=table.unit or before.unit, continued=True) if same else table
    widths = {row.width for row in before.rows} or {row.width for row in before.header}
    if not any(min(abs(row.width - width) for width in widths) <= 1 for row in table.rows):
        return table
    return replace(table, header=before.header, unit=table.unit or before.unit, continued=True)
