"""A program and its amount set apart by a tab: 「１．省力化投資支援事業<tab>1,200億円」 heads no columns and is no row.

Only runs of such lines are read so, each with a mark or a number before its words and a whole amount behind the tab.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..figures import find_figures
from ..records import FigureKind
from .lines import Line, markers_of


def with_tabbed_items(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines; those of a run of marked names with their amounts are no rows."""
    result = list(lines)
    place = 0
    while place < len(lines):
        end = place
        while end < len(lines) and lines[end].tabular:
            end += 1
        items = [_item(line) for line in lines[place:end]]
        if all(item is not None for item in items):
            result[place:end] = [item for item in items if item is not None]
        place = max(end, place + 1)
    return tuple(result)


def _item(line: Line) -> Line | None:
    cells = _cells(line)
    if len(cells) != 2 or line.quoted or "|" in line.raw:
        return None
    markers, name = markers_of(cells[0])
    figures = find_figures(cells[1])
    first = figures[0] if figures else None
    if not markers or len(name) < 3 or find_figures(name) or first is None or first.kind is not FigureKind.MONEY:
        return None
    if first.start or "。" in cells[1] or first.per:
        return None
    indent = len(line.raw) - len(line.raw.lstrip(" 　\t"))
    return replace(line, body=f"{name}　{cells[1]}", markers=markers, tabular=False, indent=indent)


def _cells(line: Line) -> Sequence[str]:
    return [cell.strip(" 　") for cell in line.raw.split("\t") if cell.strip(" 　")]
