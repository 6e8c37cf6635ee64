"""Programs printed as blocks: a name, below it its money on one strip, then what it is for and what it does."""

from __future__ import annotations

from ..figures import read_cell
from ..layout import Layout, Line, Table
from .headings import is_heading
from .names import UNIT_NAME, clean_name, is_name, take_flags
from .parts import Part

_FRAME = "【】[]〔〕＜＞<>■● 　"  # what an office's heading may stand in
_LONGEST = 40  # letters of a heading
_REACH = 2  # lines above a strip in which its program's name stands


def find_blocks(layout: Layout, pages: list[Part]) -> list[Part]:
    """Every block outside ``pages``; it reaches to the line before the next heading or the next block's name."""
    taken = {number for page in pages for number in range(page.line_start, page.line_end + 1)}
    strips = {table.line_start: table for table in layout.tables if table.strip and table.line_start not in taken}
    titles = {strip: title for strip in strips if (title := _title(layout.lines, strip)) is not None}
    starts = {title.number for title in titles.values()}
    office = ""
    offices: dict[int, str] = {}
    for line in layout.lines:
        name = "" if line.tabular else line.body.strip(_FRAME)
        office = name if UNIT_NAME.search(name) else office
        offices[line.number] = office
    return [_block(layout, strips[strip], title, starts, offices[title.number]) for strip, title in titles.items()]


def _title(lines: tuple[Line, ...], strip: int) -> Line | None:
    for number in range(strip - 1, max(0, strip - 1 - _REACH), -1):
        line = lines[number - 1]
        if not line.blank:
            name = clean_name(take_flags(line.body)[0])
            return line if not line.tabular and is_name(name) and not UNIT_NAME.search(name) else None
    return None


def _block(layout: Layout, strip: Table, title: Line, starts: set[int], office: str) -> Part:
    head, flags = take_flags(title.body)
    figure = read_cell(strip.strip[0].value.text, strip.unit)
    number = title.marker("n", "n.", "(n)")
    return Part(
        name=clean_name(head),
        printed=title.raw.strip(),
        form="page",
        line_start=title.number,
        line_end=_end(layout.lines, strip.line_start, starts),
        flags=flags,
        departments=(office,) if office else (),
        section=(layout.document.title,),
        number=number.number if number else None,
        amount=figure.yen if figure else None,
        title_line=title.number,
    )


def _end(lines: tuple[Line, ...], strip: int, starts: set[int]) -> int:
    """The last line before another block, or before a heading that is marked otherwise than what a block holds."""
    last = strip
    for line in lines[strip:]:
        if line.number in starts or (not line.tabular and _heads_section(lines, line)):
            break
        if not line.blank:
            last = line.number
    return last


def _heads_section(lines: tuple[Line, ...], line: Line) -> bool:
    """【商工政策課】, or a numbered heading behind a blank line."""
    if line.body.startswith("【") and line.body.rstrip().endswith("】"):
        return is_heading(lines, line)
    apart = lines[line.number - 2].blank and "。" not in line.body and len(line.body) <= _LONGEST
    return bool(line.marker("#")) or (apart and bool(line.marker("n", "n.")))
