"""A program's money on one line: 「事業費 18,240 財源内訳 国庫 9,120 県債 － 一般財源 9,120 前年度 12,600」.

Labels and amounts take turns in the cells of such a strip; it heads no columns and goes on with none.  The rows below
it are no table either where they are a label with words (目的, 内容): they are read as lines.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..lexicon import words
from .cells import Cell, TableRow, is_value, split_cells
from .labels import known_labels, plain
from .lines import Line, markers_of
from .roles import DASHES, MONEY_ROLES, SHORT_SOURCES, header_role, header_text, source_role

_FEWEST = 6  # cells
_PAIRS = 3  # two are a row of a record


@dataclass(frozen=True, slots=True)
class Pair:
    """A label of a strip with the role it gives to the amount or dash beside it."""

    role: str
    label: Cell
    value: Cell


def strip_of(row: TableRow) -> tuple[Pair, ...]:
    """The pairs of a strip in printed order; empty for any other row."""
    if len(row.cells) < _FEWEST:
        return ()
    pairs: list[Pair] = []
    cells = list(row.cells)
    while cells:
        label = cells.pop(0)
        if not cells or is_value(label.text) or label.text in DASHES:
            return ()
        if not (is_value(cells[0].text) or cells[0].text in DASHES):
            if header_text(label.text) in _of_sources():
                continue  # 財源内訳 says what the labels behind it are
            return ()
        role = _role(label.text)
        if role is None:
            return ()
        pairs.append(Pair(role, label, cells.pop(0)))
    return tuple(pairs) if len(pairs) >= _PAIRS and pairs[0].role == "budget" else ()


def _of_sources() -> set[str]:
    return {header_text(word) for word in words("records", "sources", "words")}


def _role(text: str) -> str | None:
    role = source_role(text) or SHORT_SOURCES.get(header_text(text)) or header_role(text)
    if role == "budget" and header_text(text).startswith("前年度"):
        return "budget_previous"
    return role if role in MONEY_ROLES else None


def with_worded_rows(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines; below a strip, those that are a label with words or words alone are no rows."""
    result = list(lines)
    below = False
    for place, line in enumerate(lines):
        if line.blank:
            below = False
        if not line.tabular or "|" in line.raw:
            continue
        row = split_cells(line)
        if strip_of(row):
            below = True
        elif below and _is_worded(row):
            result[place] = _as_text(line, row)
    return tuple(result)


def _is_worded(row: TableRow) -> bool:
    if len(row.cells) == 1:
        return not is_value(row.cells[0].text)
    first = row.cells[0]
    return len(row.cells) == 2 and first.position == 0 and plain(first.text) in known_labels()


def _as_text(line: Line, row: TableRow) -> Line:
    label, text = (row.cells[0].text, row.cells[1].text) if len(row.cells) == 2 else ("", row.cells[0].text)
    markers, rest = markers_of(text)
    body = rest if markers or not label else f"{plain(label)}：{rest}"
    begin = row.cells[-1].start if markers and label else 0
    return replace(line, body=body, markers=markers, tabular=False, indent=0 if label else 1, begin=begin)


def without_section_label(rows: list[TableRow]) -> list[TableRow]:
    """The rows of a table that stands beside the label of a section, 「内容｜区分｜補助率」, without that label."""
    first = rows[0].cells[0] if rows and rows[0].cells else None
    if (
        first is None
        or first.position
        or len(rows) < 2
        or len(rows[0].cells) < 3
        or plain(first.text) not in known_labels()
    ):
        return rows
    if any(cell.position == 0 for row in rows[1:] for cell in row.cells):
        return rows
    return [replace(rows[0], cells=rows[0].cells[1:]), *rows[1:]]
