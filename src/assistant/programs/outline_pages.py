"""Programs whose names stand above the rows of their kinds, under a header that leaves the first column empty."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..layout import Layout, Line, Table
from .names import clean_name, is_name, take_flags
from .parts import Part
from .titles import program_in

_BRACKET = re.compile(r"[\s　]*[（(][^（）()]*[)）]$")  # 「…補助金（一般型）」


def outline_pages(layout: Layout) -> list[Part]:
    """A page for each such name, down to the line before the next one or the last of its rows."""
    pages: list[Part] = []
    for head, last in _headed(layout):
        name = clean_name(head.body)
        above = pages[-1] if pages and pages[-1].line_end >= head.number - 1 else None
        inside = above is not None and head.indent > layout.lines[above.line_start - 1].indent
        if above is not None and inside:  # the name of a kind that is divided further
            pages[-1] = _page(layout, layout.lines[above.line_start - 1], last)
        elif is_name(name) and program_in(_BRACKET.sub("", name)):
            pages.append(_page(layout, head, last))
    return pages


def _headed(layout: Layout) -> list[tuple[Line, int]]:
    """The lines right above the rows of such tables, set in less than these, with the last of the rows."""
    found = []
    for table in layout.tables:
        above = layout.lines[table.line_start - 2] if table.line_start > 1 else None
        if above is not None and not above.blank and not above.tabular and _leaves_first_empty(table):
            first = layout.lines[table.line_start - 1].raw
            if len(first) - len(first.lstrip(" 　")) > above.indent:
                found.append((above, table.line_end))
    return found


def _leaves_first_empty(table: Table) -> bool:
    return table.continued and bool(table.header) and all(row.cells[0].position > 0 for row in table.header)


def _page(layout: Layout, head: Line, last: int) -> Part:
    title = next((line for line in reversed(layout.lines[: head.number - 1]) if _is_title(layout.lines, line)), None)
    section = clean_name(title.body) if title else ""
    return Part(
        name=clean_name(head.body),
        printed=head.raw.strip(),
        form="page",
        line_start=head.number,
        line_end=last,
        flags=take_flags(head.body)[1],
        section=(section if is_name(section) else layout.document.title,),
        title_line=head.number,
    )


def _is_title(lines: Sequence[Line], line: Line) -> bool:
    """The line above the header of the table."""
    return (
        line.number < len(lines)
        and not line.blank
        and not line.tabular
        and lines[line.number].tabular
        and (line.number == 1 or not lines[line.number - 2].tabular)
    )
