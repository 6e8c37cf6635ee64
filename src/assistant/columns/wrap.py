"""Rows that go on below: a name or a remark printed on two lines, and tables whose every cell is a column of lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ..layout.cells import TableRow, stacked
from ..layout.tables import Table
from .header import Column, is_label
from .orient import is_labelled, label_width
from .values import is_amount

_ENDED = re.compile(
    r"(事業|費|金|制度|支援|対策|補助|推進|整備|活動|委託|振興|促進|強化|確保|育成|プロジェクト|プログラム|センター|枠|型|等|[)）】」])$"
)
_TAIL = re.compile(r"^(事業|費|補助金|助成金|交付金|支援|対策|推進|促進|整備|等|の)+([(（].*[)）])?$")
#: A title of its own begins so.
_NUMBERED = re.compile(r"^[\s　]*(?:[0-9０-９]{1,2}[.．、]|[(（][0-9０-９]{1,2}[)）]|[①-⑳Ⅰ-Ⅻ■◆○●・])")
_SHORT = 3  # letters that a cell may leave for the next line
MOST_LINES = 8  # lines over which one row's words go on
_IN_BRACKETS = re.compile(r"^[(（].{1,16}[)）]?$")


def rejoined(table: Table, columns: tuple[Column, ...]) -> Table:
    """The table with every row that only goes on with the row above joined to it."""
    goes_on = _labelled_rest(label_width(table)) if is_labelled(table) else _rest_of(columns)
    groups: list[list[TableRow]] = []
    for row in table.rows:
        if groups and goes_on(groups[-1], row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return replace(table, rows=tuple(map(stacked, groups))) if len(groups) < len(table.rows) else table


def _labelled_rest(width: int) -> Callable[[list[TableRow], TableRow], bool]:
    """In a table of labels a row without one belongs to the label above; a remark in brackets is no label."""

    def goes_on(above: list[TableRow], row: TableRow) -> bool:
        first = row.cells[0]
        return first.position >= width or bool(_IN_BRACKETS.match(first.text))

    return goes_on


def _rest_of(columns: tuple[Column, ...]) -> Callable[[list[TableRow], TableRow], bool]:
    texts = {column.position for column in columns[1:] if column.role == "text"}
    names = {column.position for column in columns if column.role == "name"}

    def goes_on(above: list[TableRow], row: TableRow) -> bool:
        known = {cell.position: cell.text for cell in above[0].cells}
        if len(above) >= MOST_LINES or not any(is_amount(text) for text in known.values()):
            return False
        if not all(cell.position in known and cell.position in texts | names for cell in row.cells):
            return False
        printed = [(cell.position, cell.text) for line in above for cell in line.cells]
        named = [(cell.position, cell.text) for cell in row.cells if cell.position in names]
        return all(_is_rest("".join(text for at, text in printed if at == place), rest) for place, rest in named)

    return goes_on


def _is_rest(name: str, rest: str) -> bool:
    """Whether ``rest`` ends a name that breaks off, or can be nothing but the end of one."""
    if is_label(name) or _NUMBERED.match(rest):
        return False
    opened = len(re.findall(r"[(（〈＜《「【［]", name)) > len(re.findall(r"[)）〉＞》」】］]", name))
    if opened or _TAIL.match(rest):
        return True
    joined = len(rest) <= _SHORT and _ENDED.search(name + rest)  # 「…スタートダッシュ事」「業」
    return not _ENDED.search(name) and bool(joined or _ENDED.search(rest))
