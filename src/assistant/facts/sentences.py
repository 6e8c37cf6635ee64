"""A sentence that goes on over several printed lines: what stands above and below the line that is read."""

from __future__ import annotations

from ..layout import Line
from ..programs.headings import is_heading

MOST = 3  # lines of one sentence on either side


def begun_above(lines: tuple[Line, ...], number: int) -> str:
    """The beginning of the sentence that line ``number`` (1-based) goes on with; empty where it begins one."""
    said = ""
    for line in reversed(lines[max(0, number - 1 - MOST) : number - 1]):
        if not _is_prose(line) or line.body.endswith("。") or is_heading(lines, line):
            break
        said = line.body.rpartition("。")[2] + said
        if "。" in line.body or line.markers or line.raw.startswith(("　", " ")):
            break
    return said if _is_prose(lines[number - 1]) and not lines[number - 1].markers else ""


def ended_below(lines: tuple[Line, ...], number: int) -> str:
    """The rest of the sentence that line ``number`` breaks off; empty where no full stop ends it shortly below."""
    if not _is_prose(lines[number - 1]) or lines[number - 1].body.endswith("。"):
        return ""
    said = ""
    for line in lines[number : number + MOST]:
        if not _is_prose(line) or line.markers:
            break
        head, stop, _ = line.body.partition("。")
        said += head
        if stop:
            return said
    return ""


def _is_prose(line: Line) -> bool:
    return not line.blank and not line.tabular and not line.marker("#")
