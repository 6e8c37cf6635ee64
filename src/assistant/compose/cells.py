"""The cells of one row of a table that say something in words, each with what its column is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..index import Index
from ..layout import Table
from ..layout.cells import Cell, is_value
from ..layout.roles import MONEY_ROLES
from ..records import Document, Program
from ..tokens import fold
from .pages import columns_of

_SILENT = MONEY_ROLES | {"number", "page", "percent", "name", "flag", "count", "target", "baseline", "department"}
_ASIDE = frozenset({"number", "page", "department", "flag"})  # columns before the one that names the row
_SAME = frozenset({"同上", "〃", "”", "同左", "-", "－", "―", "—"})
_LONG = 120  # characters of a row without columns' names that is told whole
_SHORT = 14  # characters of a row's first cell that heads the rest


@dataclass(frozen=True, slots=True)
class Worded:
    """A cell: its exact words, its column's header, and the row's own head (a 枠, a label)."""

    quote: str
    label: str
    head: str


def row_cells(held: Table, number: int, program: Program, index: Index) -> Iterator[Worded]:
    """The worded cells of the row that begins on line ``number``; those under another program's name are not its."""
    document = index.documents[program.document]
    if not held.header:
        row = next((row for row in held.rows if row.line == number), None)
        words = row is not None and len(row.cells) > 1 and not any(is_value(cell.text) for cell in row.cells)
        if words and len(document.lines[number - 1]) <= _LONG:
            yield Worded(document.lines[number - 1].strip(), "", "")
            return
    named = [(header, role, cell) for header, role, cell in _named_cells(held, number, document, index)]
    first = next((cell for _, role, cell in named if role not in _ASIDE), None)
    head = first.text if first and len(first.text) <= _SHORT + 8 and len(named) > 1 else ""
    alone = len({header for header, _, _ in named if header}) <= 2 and len(named) == 2  # 項目 ｜ 内容
    own = {fold(name) for name in (program.program, *program.aliases)}
    parts = {fold(part) for part in program.subprograms}
    if any(fold(name) in fold(head) for name in own):
        head = ""  # the row is the program's own
    for header, role, cell in named:
        if role in _SILENT or cell.text.strip() in _SAME or is_value(cell.text) or (cell is first and len(named) > 1):
            continue
        if index.is_name(header) and fold(header) not in own | parts:
            continue
        quote = _quote(cell, number, document)
        if quote:
            label = head if alone and head else fold(header)
            yield Worded(quote, label, "" if alone else head.replace("\n", ""))


def _named_cells(held: Table, number: int, document: Document, index: Index) -> list[tuple[str, str, Cell]]:
    """Header, role and cell, in printed order."""
    read = columns_of(held, document, index)
    row = read.rows.get(number)
    if row is not None and row.cells:
        return [(read.columns[at].header, read.columns[at].role, row.cells[at]) for at in sorted(row.cells)]
    plain = next((row for row in held.rows if row.line == number), None)
    return [("", "", cell) for cell in plain.cells] if plain else []


def _quote(cell: Cell, number: int, document: Document) -> str:
    """The cell's words as one exact piece of the lines; of a cell printed in pieces apart, its first one."""
    printed = list(cell.printed(number))
    line, start, text = printed[0]
    last, at, end = printed[-1]
    if line == last:
        whole = document.lines[line - 1][start : at + len(end)]
    else:
        between = document.lines[line : last - 1]
        whole = "\n".join([document.lines[line - 1][start:], *between, document.lines[last - 1][: at + len(end)]])
    same = re.sub(r"\s|<br\s*/?>", "", whole) == re.sub(r"\s", "", cell.text)
    return whole if same and "<br" not in whole else text
