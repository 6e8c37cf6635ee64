"""Tables whose header no one knows: 「業種　資本金　従業員数」, or a label with its value on each row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..columns.header import is_label
from ..figures import find_figures
from ..layout import Cell, Table
from ..layout.tables import TableRow
from ..programs.names import squeeze
from ..records import Fact, FactKind
from .attributes import worded_facts
from .make import Source

LONGEST = 30  # letters of a header or a label


def plain_facts(source: Source, table: Table, part: str | None) -> list[Fact]:
    """Facts of the cells' own words; what stands at the head of the row and of the column is their condition.

    ``part`` is the one that the table stands under.
    """
    rows = [row for row in table.rows if row.cells]
    printed = {cell.position: squeeze(cell.text) for row in table.header[:1] for cell in row.cells}
    heads = printed or _heads(rows)
    facts: list[Fact] = []
    for row in rows[1:] if heads and not printed else rows:
        key = _key(row)
        for cell in row.cells:
            found = worded_facts(source, cell, row.line)
            facts += _under(found, key, heads.get(cell.position)) if key and cell is not row.cells[0] else found
    return [replace(fact, subprogram=fact.subprogram or part) for fact in facts]


def _heads(rows: list[TableRow]) -> dict[int, str]:
    """The words of a first row without figures, by position, where the rows below have figures under them."""
    if len(rows) < 3 or len(rows[0].cells) < 2 or any(not _is_worded(cell) for cell in rows[0].cells):
        return {}
    heads = {cell.position: squeeze(cell.text) for cell in rows[0].cells}
    filled = {cell.position for row in rows[1:] for cell in row.cells if find_figures(cell.text)}
    return heads if len(heads) > 2 and filled and filled < set(heads) else {}


def _key(row: TableRow) -> str | None:
    """What a row begins with, when it has more cells and this one has no figure of its own."""
    first = row.cells[0]
    if len(row.cells) < 2 or not _is_worded(first) or is_label(first.text):
        return None
    return squeeze(first.text)


def _is_worded(cell: Cell) -> bool:
    bare = re.sub(r"[（(][^（()）]*[)）]$", "", cell.text)  # 「サービス業（旅館業を除く）」
    return len(bare) <= LONGEST and not find_figures(cell.text)


def _under(facts: Iterable[Fact], key: str, head: str | None) -> Iterator[Fact]:
    case = "、".join(text for text in (key, head) if text)
    for fact in facts:
        timed = fact.kind is FactKind.OTHER and fact.unit in ("年", "か月", "月", "日") and "期間" in (head or key)
        own = fact.condition if fact.condition and fact.condition not in case else None
        yield replace(fact, kind=FactKind.PERIOD if timed else fact.kind, condition=f"{case}、{own}" if own else case)
