"""Tables of tab-separated or piped rows: which lines are rows, which of them are headers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..figures import find_figures, money_unit
from ..records import FigureKind
from .beside_label import without_label_beside
from .cells import Cell, TableRow, behind, is_value, split_cells, stacked, unbracketed
from .cut import with_whole_cells
from .feeds import with_filled_rows
from .heads import ruled_off, with_whole_header, without_captions
from .lines import Line
from .quoted import glued
from .rests import with_whole_rows
from .roles import ATTRIBUTE_ROLES, DASHES, MONEY_ROLES, SHORT_SOURCES, header_role, header_text, source_role
from .strips import Pair, strip_of, without_section_label

__all__ = ["Cell", "Table", "TableRow", "read_tables", "split_cells"]

WIDEST = 60  # columns; a line with more tabs is no header
MOST_LINES = 8  # lines that line feeds inside its cells make of one row
LONGEST_SPLIT = 12  # letters of a word that divides a column
_RULE = re.compile(r"^[\s|:\-–—=+]+$")
_SHORT_NUMBER = re.compile(r"^[0-9０-９]{1,3}$")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under one header.  ``unit`` is the unit of a caption above it; ``header`` may be empty."""

    line_start: int
    line_end: int
    header: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]
    unit: str | None
    strip: tuple[Pair, ...] = ()  # the labels and amounts of a program's money, where that is all it is
    continued: bool = False  # it goes on with the table before it
    caption: str = ""  # the lines shortly above it


def read_tables(lines: tuple[Line, ...], unit_of_all: str | None = None) -> tuple[Table, ...]:
    """Every run of tabular lines as a table; a run without a header goes on with the header before it.

    ``unit_of_all`` is the unit of those that state none.
    """
    return tuple(replace(table, unit=table.unit or unit_of_all) for table in _tables(lines))


def _tables(lines: tuple[Line, ...]) -> list[Table]:
    tables: list[Table] = []
    start = 0
    while start < len(lines):
        if not lines[start].tabular:
            start += 1
            continue
        end = start
        if strip := strip_of(split_cells(lines[start])):
            row = split_cells(lines[start])
            unit = _caption(lines, start)[0] or lines[start].unit
            number = lines[start].number
            tables.append(Table(number, number, (), (row,), unit, strip=strip))
            start += 1
            continue
        while end < len(lines) and (_goes_on(lines, start, end) or _ends_a_header(lines, start, end)):
            end += 1
        unit, caption = _caption(lines, start)
        unit = unit or lines[start].unit
        table = _read_table(lines[start:end], unit, caption)
        if table is not None:
            tables.append(_continue(table, tables[-1] if tables else None))
        start = end
    return tables


def _goes_on(lines: tuple[Line, ...], start: int, end: int) -> bool:
    if not lines[end].tabular or _is_spaced(lines[end]) != _is_spaced(lines[start]):
        return False
    return end == start or not strip_of(split_cells(lines[end]))


def _ends_a_header(lines: tuple[Line, ...], start: int, end: int) -> bool:
    """Whether a line without columns is the rest of a header's last cell, which a line feed cut off."""
    rest = lines[end]
    above = lines[start:end]
    if rest.blank or rest.tabular or len(rest.raw.strip()) > LONGEST_SPLIT or not 1 < len(above) < MOST_LINES:
        return False
    if _is_spaced(lines[start]) or end + 1 == len(lines) or not _goes_on(lines, start, end + 1):
        return False
    return not any(is_value(cell.text) for line in above for cell in split_cells(line).cells)


def _read_table(lines: tuple[Line, ...], unit: str | None, caption: str) -> Table | None:
    rows = glued([split_cells(line) for line in lines if not _RULE.match(line.raw)])
    rows = without_label_beside(rows) if _is_spaced(lines[0]) else rows
    rows = with_whole_cells(with_filled_rows(rows, lines), lines)
    whole = rows
    rows, stated = without_captions(rows)
    if not rows:
        return None
    printed = [cell.text for row in whole[: len(whole) - len(rows)] for cell in row.cells]
    caption = "\n".join([text for text in (caption, *printed) if text])
    rows = _with_whole_values(with_whole_header(without_section_label(rows)))
    header: list[TableRow] = []
    for row in rows:
        if not _is_header(row, first=not header) and not (len(header) == 1 and _splits(row, header[0])):
            break
        header.append(row)
    if not header and (_heads_columns(rows) or (rows == whole and ruled_off(lines, rows))):
        header = rows[:1]
    rows = [row for row in rows[len(header) :] if row.cells and not _repeats(row, header)]
    rows = _mended(with_whole_rows(_without_page_numbers(rows, header), header), header)
    body = tuple(unbracketed(row) for row in rows)
    return Table(lines[0].number, lines[-1].number, tuple(header), body, stated or unit, caption=caption)


def _with_whole_values(rows: list[TableRow]) -> list[TableRow]:
    """「補助上限額<tab>5人以下 750万円」 over 「<tab>6～20人 1,500万円」: the values of one label, one on each line."""
    labels = [row.cells[0].text for row in rows if row.cells and row.cells[0].position == 0]
    known = sum(len(text) <= LONGEST_SPLIT and header_role(text) in ATTRIBUTE_ROLES for text in labels)
    if known < 2 or any(row.width > 2 or not row.cells for row in rows) or rows[0].cells[0].position:
        return rows
    groups: list[list[TableRow]] = []
    for row in rows:
        if row.cells[0].position:
            groups[-1].append(row)
        else:
            groups.append([row])
    return [stacked(group) for group in groups]


def _heads_columns(rows: list[TableRow]) -> bool:
    """Names that no one knows head the columns of a table whose rows begin with what the row says of them."""
    head = rows[0]
    worded = all(len(cell.text) <= 30 and not is_value(cell.text) for cell in head.cells)
    labels = {row.cells[0].text for row in rows[1:] if row.cells and row.cells[0].position == 0}
    attributes = sum(header_role(label) in ATTRIBUTE_ROLES for label in labels if len(label) <= 16)
    return 2 <= len(head.cells) <= WIDEST and worded and attributes >= 2 and attributes * 3 >= len(labels)


def _without_page_numbers(rows: list[TableRow], header: list[TableRow]) -> list[TableRow]:
    """Without short numbers that stand alone, to the right of every column."""
    alone = [len(row.cells) == 1 and bool(_SHORT_NUMBER.match(row.cells[0].text)) for row in rows]
    widths = [row.width for row, number in zip(rows, alone, strict=True) if not number]
    widest = max([row.width for row in header] or widths or [WIDEST])
    return [row for row, number in zip(rows, alone, strict=True) if not (number and row.cells[0].position >= widest)]


def _mended(rows: list[TableRow], header: list[TableRow]) -> list[TableRow]:
    """Rows that a line feed inside a cell cut in two, as one: together they have the table's width."""
    if not header or sum(row.width == header[0].width for row in rows) * 3 < len(rows):
        return rows
    result: list[TableRow] = []
    place = 0
    while place < len(rows):
        whole, taken = _whole(rows[place : place + MOST_LINES], header)
        result.append(whole)
        place += taken
    return result


def _whole(rows: list[TableRow], header: list[TableRow]) -> tuple[TableRow, int]:
    row, width = rows[0], header[0].width
    for taken, rest in enumerate(rows[1:], 2):
        cut = row.width < width and bool(row.cells) and row.cells[-1].position == row.width - 1
        if (
            not cut
            or rest.width >= width
            or rest.cells[0].position != 0
            or is_value(rest.cells[0].text)
            or is_value(row.cells[-1].text)
        ):
            break
        row = behind(row, rest)
        if row.width == width and _under_its_header(row, rest, header):
            return row, taken
    return rows[0], 1


def _under_its_header(row: TableRow, rest: TableRow, header: list[TableRow]) -> bool:
    """The cells that came with the second line are amounts where the header asks for them, and only there.

    A limit or a rate may be printed with words or without.
    """
    roles = {cell.position: header_role(cell.text) for head in header for cell in head.cells}
    came = [cell for cell in row.cells if cell.position > row.width - rest.width]
    judged = [cell for cell in came if roles.get(cell.position) not in ATTRIBUTE_ROLES and cell.text not in DASHES]
    return bool(came) and all(is_value(cell.text) is (roles.get(cell.position) in MONEY_ROLES) for cell in judged)


def _repeats(row: TableRow, header: list[TableRow]) -> bool:
    """A header printed again at the top of each page is no row."""
    return any([cell.text for cell in row.cells] == [cell.text for cell in head.cells] for head in header)


def _is_header(row: TableRow, *, first: bool) -> bool:
    """A first header row names at least two columns; a second one only splits columns of the first."""
    if not 2 <= len(row.cells) <= WIDEST or any(is_value(cell.text) for cell in row.cells):
        return False
    known = sum(header_role(cell.text) is not None or (not first and _is_source(cell.text)) for cell in row.cells)
    if not first and all(money_unit(cell.text) for cell in row.cells):
        return True
    short = all(len(cell.text) <= 30 for cell in row.cells)
    if first:
        names_columns = row.cells[0].position > 0 and len(row.cells) == row.width - 1
        return short and (known * 2 >= len(row.cells) or (names_columns and known > 0) or names_columns)
    return short and known * 2 >= len(row.cells) and row.cells[0].position > 0


def _is_source(text: str) -> bool:
    return header_text(text) in SHORT_SOURCES or source_role(text) is not None


def _splits(row: TableRow, head: TableRow) -> bool:
    """Words no one knows (運転, 設備) below a header divide the columns that it leaves room for, and fill that room."""
    if len(row.cells) < 2 or any(is_value(cell.text) or len(cell.text) > LONGEST_SPLIT for cell in row.cells):
        return False
    at = {cell.position for cell in row.cells}
    starts = [cell.position for cell in head.cells]
    ends = [*starts[1:], max(row.width, head.width)]
    wide = [
        (set(range(start, end)), header_role(cell.text))
        for cell, start, end in zip(head.cells, starts, ends, strict=True)
        if end - start > 1
    ]
    divided = [(room, role) for room, role in wide if room & at]
    told = all(role in ATTRIBUTE_ROLES | MONEY_ROLES for _, role in divided)
    return bool(divided) and told and at == set().union(*(room for room, _ in divided))


def _header_words(table: Table) -> list[str]:
    return [header_text(cell.text) for row in table.header for cell in row.cells]


def _is_spaced(line: Line) -> bool:
    return not line.quoted and "\t" not in line.raw.strip(" ") and "|" not in line.raw


def _caption(lines: tuple[Line, ...], start: int) -> tuple[str | None, str]:
    """The unit that a line shortly above the table states, （単位：千円）, and the two lines there."""
    above: list[str] = []
    for line in reversed(lines[max(0, start - 6) : start]):
        if line.tabular or len(above) == 2:
            break
        if not line.blank:
            above.insert(0, line.raw.strip())
    stated = (money_unit(text) for text in reversed(above) if "単位" in text)
    return next((unit for unit in stated if unit), None), "\n".join(above)


def _is_labelled_value(header: tuple[TableRow, ...]) -> bool:
    """「補助上限額<tab>300万円（定額）」 is the first row of a record, and heads nothing that comes behind it."""
    cells = header[0].cells
    return len(cells) == 2 and any(figure.kind is not FigureKind.YEAR for figure in find_figures(cells[1].text))


def _continue(table: Table, before: Table | None) -> Table:
    """A table without a header, or with the header of the one before it, goes on with that one over a page break."""
    if before is None or not before.header or _is_labelled_value(before.header):
        return table
    if table.header:
        same = _header_words(table) == _header_words(before)
        return replace(table, unit=table.unit or before.unit, continued=True) if same else table
    widths = {row.width for row in before.rows} or {row.width for row in before.header}
    valued = [row for row in table.rows if any(is_value(cell.text) for cell in row.cells)] or table.rows
    if sum(min(abs(row.width - width) for width in widths) <= 1 for row in valued) * 2 < len(valued):
        return table
    return replace(table, header=before.header, unit=table.unit or before.unit, continued=True)
