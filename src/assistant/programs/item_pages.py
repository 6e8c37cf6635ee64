"""Programs printed as numbered items with fields right below: 「①給付金」 over 「対象 …」 and 「上限 …」."""

from __future__ import annotations

from collections.abc import Sequence

from ..layout import Layout, Line
from ..layout.halves import begins_field
from .headings import is_rule
from .names import clean_name, is_name, take_departments, take_flags
from .parts import Part
from .titles import program_in

FEWEST = 2  # items one below another


def item_pages(layout: Layout) -> list[Part]:
    """The items in order, where a third of a run of them name programs and at least half have fields.

    In the right one of two columns the first run goes on with the numbers of the left one, and with its programs.
    """
    heads = [line for line in layout.lines if _is_head(layout.lines, line)]
    pages: list[Part] = []
    for order, run in enumerate(_runs(heads)):
        ends = [_end(layout.lines, head, run[place + 1 : place + 2]) for place, head in enumerate(run)]
        fielded = sum(
            any(begins_field(line.raw) for line in layout.lines[head.number : end])
            for head, end in zip(run, ends, strict=True)
        )
        named = sum(program_in(clean_name(head.body)) is not None for head in run)
        goes_on = order == 0 and (run[0].markers[0].number or 0) > FEWEST
        if len(run) >= FEWEST and 2 * fielded >= len(run) and (3 * named >= len(run) or goes_on):
            pages += [_page(layout, head, end) for head, end in zip(run, ends, strict=True)]
    return pages


def _is_head(lines: Sequence[Line], line: Line) -> bool:
    """A circled number and a name behind a blank line, with text right below."""
    if line.tabular or not line.markers or line.markers[0].kind != "①" or line.number == len(lines):
        return False
    apart = line.number == 1 or lines[line.number - 2].blank
    return apart and not lines[line.number].blank and is_name(clean_name(line.body))


def _runs(heads: Sequence[Line]) -> list[list[Line]]:
    """Items at one indent whose numbers follow one another."""
    runs: list[list[Line]] = []
    for head in heads:
        before = runs[-1][-1] if runs else None
        follows = before is not None and before.indent == head.indent
        if before is not None and follows and head.markers[0].number == (before.markers[0].number or 0) + 1:
            runs[-1].append(head)
        else:
            runs.append([head])
    return runs


def _end(lines: Sequence[Line], head: Line, following: Sequence[Line]) -> int:
    """Before the next item, or where something stands behind a blank line that is set in no deeper."""
    last = following[0].number - 1 if following else len(lines)
    for line in lines[head.number : last]:
        above = lines[line.number - 2]
        if is_rule(line) or line.marker("#") or (above.blank and not line.blank and line.indent <= head.indent):
            last = line.number - 1
            break
    while last > head.number and lines[last - 1].blank:
        last -= 1
    return last


def _page(layout: Layout, head: Line, end: int) -> Part:
    body, departments = take_departments(head.body)
    above = next((line for line in reversed(layout.lines[: head.number - 1]) if _heads(layout.lines, line)), None)
    title = clean_name(above.body) if above else ""
    return Part(
        name=clean_name(head.body),
        printed=head.raw.strip(),
        form="page",
        line_start=head.number,
        line_end=end,
        flags=take_flags(body)[1],
        departments=departments,
        section=(title if is_name(title) else layout.document.title,),
        title_line=head.number,
    )


def _heads(lines: Sequence[Line], line: Line) -> bool:
    """A line alone between blank ones."""
    apart = line.number == 1 or lines[line.number - 2].blank
    return apart and not line.blank and not line.tabular and lines[line.number].blank
