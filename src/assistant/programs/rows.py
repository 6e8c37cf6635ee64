"""Programs printed as rows of tables, and the rows that sum them up."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import chain

from ..columns import (
    AlignedRow,
    Column,
    align,
    is_labelled,
    read_columns,
    read_fields,
    read_indicators,
    rejoined,
    resolve,
    settled,
)
from ..columns.header import ATTRIBUTE_ROLES, MONEY_ROLES, is_directory, without_count
from ..columns.values import is_amount
from ..figures import read_cell
from ..layout import Layout, Table
from ..layout.roles import header_role
from ..lexicon import table as lexicon_table
from .accounts import account_of, account_parts
from .aims import aim_parts
from .beside import beside_parts, known_programs
from .broken_rows import rest_of_row
from .discounts import discount_parts
from .ditto import with_ditto
from .former import without_former
from .framed import framed_parts
from .headings import Headings, is_heading
from .leading_sums import with_leading_sums
from .names import UNIT_NAME, clean_name, split_departments, squeeze, take_departments, take_flags
from .numbered_rows import begins_anew, with_whole_names
from .owned import owned_tables
from .parts import Part
from .rate_tables import rate_parts
from .side_by_side import heads_of_tables, side_by_side
from .sums import TableReading, with_totals

__all__ = ["TableReading", "find_rows"]

_NUMBER = re.compile(r"\d+")


def find_rows(layout: Layout, pages: list[Part]) -> tuple[TableReading, ...]:
    """Every table of a document; the rows of those outside pages that name programs are parts."""
    readings: list[TableReading] = []
    headings = Headings()
    walked = 0
    group = ("", "")
    above: tuple[str, ...] = ()
    taken = {number for page in pages for number in range(page.line_start, page.line_end + 1)}
    taken |= owned_tables(layout)
    known = cache(lambda: known_programs(layout.lines, pages) | heads_of_tables(layout.tables))
    for table in layout.tables:
        chapter = False
        for line in layout.lines[walked : table.line_start - 1]:
            if not line.blank and is_heading(layout.lines, line):
                headings.enter(line)
                chapter = chapter or line.marker("#") is not None
        walked = table.line_end
        if chapter and _is_other(table):
            table = replace(table, header=(), continued=False)
        columns = read_columns(table, layout.document.fiscal_year)
        table = rejoined(with_whole_names(table, columns), columns)
        rows = resolve(align(table, columns), columns) if columns else ()
        columns = settled(columns, rows)
        inside = table.line_start in taken
        fields = read_fields(table)
        parts = beside_parts(table, known, headings.path())
        parts = parts or side_by_side(table, known, headings.path(), layout.document.title, inside=inside)
        parts = parts or framed_parts(layout, table, fields, headings.path(), inside=inside)
        if not parts and not inside:
            before = (part for reading in readings for part in reading.parts)
            parts = rate_parts(table, headings.path(), layout.document.title, chain(pages, before))
            parts = parts or discount_parts(table, headings.path())
        aims = () if parts else read_indicators(table, columns, layout.document.fiscal_year)
        if aims and not inside:
            parts = aim_parts(aims, headings.path(), layout.document.title)
        if columns and not parts and not aims and not inside and not is_labelled(table) and _names_programs(columns):
            rows = with_leading_sums(rows, columns)
            rows, rest = rest_of_row(table, columns, rows, readings)
            carried = group if table.continued and above == headings.path() else ("", "")
            found, group = _parts(rows, columns, headings.path(), carried)
            account = account_of(table, columns, headings.path())
            parts = account_parts(rows, columns, account, headings.path()) if account else (*rest, *found)
            above = headings.path()
        readings.append(TableReading(table, columns, rows, parts, fields, aims))
    return tuple(with_totals(readings))


def _is_other(table: Table) -> bool:
    """Below a new heading a table begins with words alone: it does not go on with the columns of the one before."""
    first = table.rows[0] if table.rows else None
    own = bool(table.header) and table.header[0].line >= table.line_start
    return table.continued and not own and first is not None and not any(is_amount(cell.text) for cell in first.cells)


def _names_programs(columns: tuple[Column, ...]) -> bool:
    roles = {column.role for column in columns}
    told = MONEY_ROLES | ATTRIBUTE_ROLES | {"period", "department", "text", "phone"}
    return "name" in roles and bool(roles & told)


def _parts(
    rows: tuple[AlignedRow, ...], columns: tuple[Column, ...], path: tuple[str, ...], held_over: tuple[str, str]
) -> tuple[list[Part], tuple[str, str]]:
    """The parts of a table's rows, and the titles of rows that hold on where the table goes on over a page break."""
    parts: list[Part] = []
    banner, group = held_over
    over: AlignedRow | None = None
    for row in rows:
        if row.role == "program" and begins_anew(over, row, columns):
            banner, over = "", None
        if row.role == "group":
            over = row
            banner, group = _group_title(row.label or "") or banner, ""
            if row.cells and _amount(row, columns) is not None:
                parts.append(_sum(row, columns, path, banner))
            continue
        held = _text(row, columns, "group") or _worded_first(row, columns)
        if held and row.role in ("program", "part"):
            group = _group_title(held)
        section = tuple(title for title in (*path, banner, group) if title)
        if row.role == "included":  # without a row above it there is nothing that it could be a piece of
            parts += [replace(p, line_start=row.line, line_end=row.line_end, row=row, more=True) for p in parts[-1:]]
        elif row.role == "part" and parts and parts[-1].role == "program":
            parts.append(replace(parts[-1], line_start=row.line, line_end=row.line_end, row=row, more=True))
        elif row.role == "program":
            parts.append(with_ditto(_program(row, columns, section), parts[-1] if parts else None))
        elif row.role in ("subtotal", "relisted", "total"):
            above = parts[-1] if parts and parts[-1].role == "subtotal" else None
            parts.append(_sum(row, columns, section, above.name if above else "小計"))
    summed = bool(parts) and parts[-1].role in ("subtotal", "total")
    return parts, ("" if summed else banner, group)


def _group_title(text: str) -> str:
    return squeeze(text).lstrip("・*＊○● ")


def _program(row: AlignedRow, columns: tuple[Column, ...], section: tuple[str, ...]) -> Part:
    printed = _text(row, columns, "name") or ""
    titled = any(column.role == "name" and header_role(column.header) == "name" for column in columns)
    head, offices = take_departments(printed if titled else squeeze(printed))
    head, flags = take_flags(head)
    number_cell = _text(row, columns, "number") or _first_unnamed(row, columns) or ""
    flags += take_flags(number_cell)[1] + _state_of(number_cell) + _flag_columns(row, columns) + _states(row, columns)
    digits = _NUMBER.search(number_cell)
    head, former = without_former(head)
    name = clean_name(head)
    return Part(
        name=name,
        aliases=former,
        printed=printed,
        form="row",
        line_start=row.line,
        line_end=row.line_end,
        role="department" if _is_unit(name, section, titled=titled) or is_directory(columns) else "program",
        flags=tuple(dict.fromkeys(flags)),
        departments=tuple(dict.fromkeys([*offices, *split_departments(_text(row, columns, "department") or "")])),
        section=section,
        number=int(digits.group()) if digits else None,
        amount=_amount(row, columns),
        row=row,
        columns=columns,
    )


def _is_unit(name: str, section: tuple[str, ...], *, titled: bool) -> bool:
    """Whether a row is an office or an account; ``titled`` tells that its column is headed 事業名."""
    return bool(UNIT_NAME.search(name)) or _is_account((name,)) or (_is_account(section) and not titled)


def _is_account(section: tuple[str, ...]) -> bool:
    """Under 一般会計 or 特別会計 a row is an account or an office, not a program."""
    return bool(section) and bool(re.search(r"会計$", section[-1]))


def _sum(row: AlignedRow, columns: tuple[Column, ...], section: tuple[str, ...], above: str) -> Part:
    """The row of a sum; a ditto mark in its label stands for the label of the sum ``above`` it."""
    label = re.sub(r"^[\"〃″”“]+\s*", above, squeeze(without_count((row.label or "計").replace("*", ""))))
    return Part(
        name=label,
        printed=row.label or "",
        form="row",
        line_start=row.line,
        line_end=row.line_end,
        role="total" if row.role == "total" else "subtotal",
        section=section,
        amount=_amount(row, columns),
        row=row,
        columns=columns,
    )


def _text(row: AlignedRow, columns: tuple[Column, ...], role: str) -> str | None:
    return next((cell.text for index, cell in row.cells.items() if columns[index].role == role), None)


def _first_unnamed(row: AlignedRow, columns: tuple[Column, ...]) -> str | None:
    cell = row.cells.get(0)
    return cell.text if cell and columns[0].role == "unnamed" and len(cell.text) <= 4 else None


def _worded_first(row: AlignedRow, columns: tuple[Column, ...]) -> str | None:
    """A first column without a header that holds words, not numbers, groups the rows."""
    cell = row.cells.get(0)
    worded = cell is not None and columns[0].role == "unnamed" and len(cell.text) > 4
    return cell.text if worded and cell is not None else None


def _amount(row: AlignedRow, columns: tuple[Column, ...]) -> int | None:
    for index, cell in row.cells.items():
        if columns[index].role == "budget" and columns[index].case != "補正前":
            figure = read_cell(cell.text, columns[index].unit)
            return figure.yen if figure else None
    return None


def _flag_columns(row: AlignedRow, columns: tuple[Column, ...]) -> tuple[str, ...]:
    """Flags whose column holds a circle in this row."""
    flags = []
    known = lexicon_table("flags")["columns"]
    for index in row.cells:
        if columns[index].role == "flag":
            header = re.sub(r"\s", "", columns[index].header)
            flags += [flag for flag, names in known.items() if header in names]
    return tuple(flags)


def _states(row: AlignedRow, columns: tuple[Column, ...]) -> tuple[str, ...]:
    """新規, 拡充 … printed in a 区分 column."""
    cells = (cell for index, cell in row.cells.items() if columns[index].role == "variant")
    return tuple(flag for cell in cells for flag in _state_of(cell.text))


def _state_of(text: str) -> tuple[str, ...]:
    """The flag that a cell stands for as a whole: 新規, 拡, 再掲."""
    flags = lexicon_table("flags")
    known = (*flags["marks"].items(), *flags["states"].items())
    return tuple(flag for flag, marks in known if text.strip() in marks)
