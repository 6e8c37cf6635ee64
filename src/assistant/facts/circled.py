"""Cells of one row that share numbered items: 「①10/10 ②1/3」 below 補助率, 「①診断料 ②設備」 below 対象経費."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..columns import AlignedRow
from ..columns.header import ATTRIBUTE_ROLES
from ..layout import Cell
from ..layout.lines import CIRCLED
from ..programs.names import squeeze
from ..records import Fact

LONGEST = 48  # letters of an item that names a case
_MARK = re.compile(rf"[{CIRCLED}]")


def of_its_item(row: AlignedRow, facts: Sequence[Fact]) -> list[Fact]:
    """The facts of a row, those of a cell with circled items under the case of the same item of another cell."""
    shared = [cell for cell in row.cells.values() if len(_MARK.findall(cell.text)) > 1 and not cell.stretches]
    return [_told(fact, row.line, shared) for fact in facts] if len(shared) > 1 else list(facts)


def _told(fact: Fact, line: int, shared: Sequence[Cell]) -> Fact:
    start = int(fact.fact_id.rsplit(":", 1)[1])
    own = next((cell for cell in shared if cell.start <= start < cell.start + len(cell.text)), None)
    if own is None or fact.line_start != line or fact.kind.value not in ATTRIBUTE_ROLES:
        return fact
    before = _MARK.findall(own.text[: start - own.start])
    words = (_items(cell).get(before[-1]) for cell in shared if cell is not own) if before else ()
    named = next((text for text in words if text and not re.match(r"[0-9０-９]", text)), None)
    if named is None or (fact.condition and _MARK.sub("", fact.condition)):
        return fact
    return replace(fact, condition=f"{before[-1]}{named[:LONGEST]}")


def _items(cell: Cell) -> dict[str, str]:
    marks = list(_MARK.finditer(cell.text))
    ends = [mark.start() for mark in marks[1:]] + [len(cell.text)] * bool(marks)
    return {
        mark.group(): squeeze(cell.text[mark.end() : end]).strip(" 　、。")
        for mark, end in zip(marks, ends, strict=True)
    }
