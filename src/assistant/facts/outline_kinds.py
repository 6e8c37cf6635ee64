"""The kind that a name right above the rows of a program's table says, where kinds are divided further:

デジタル化類型
  50万円以下の部分      3/4
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..programs import TableReading
from ..programs.names import clean_name, is_name
from ..records import Fact
from .make import Source


def under_kinds(source: Source, grids: Sequence[TableReading], facts: Iterable[Fact]) -> list[Fact]:
    """The facts of a page, those of such a table having the name above it as what they are a part of."""
    kinds = {line: name for reading in grids for line, name in _named(source, reading).items()}
    return [_told(fact, kinds) for fact in facts]


def _named(source: Source, reading: TableReading) -> dict[int, str]:
    """The kind that a table goes on with, by the line of each of its rows."""
    table, title = reading.table, source.part.title_line
    above = source.layout.lines[table.line_start - 2] if table.line_start > 1 else None
    if above is None or title is None or above.number <= title or above.tabular or above.blank or above.markers:
        return {}
    empty = table.continued and all(row.cells and row.cells[0].position > 0 for row in table.header)
    deeper = above.indent > source.layout.lines[title - 1].indent
    name = clean_name(above.body)
    if not (table.header and empty and deeper and is_name(name)):
        return {}
    return dict.fromkeys(range(table.line_start, table.line_end + 1), name)


def _told(fact: Fact, kinds: Mapping[int, str]) -> Fact:
    name = kinds.get(fact.line_start)
    return replace(fact, subprogram=name) if name and fact.subprogram is None else fact
