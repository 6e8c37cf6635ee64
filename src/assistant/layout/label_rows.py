"""Fields set apart by a tab: 「補助率<tab>1/2以内（小規模は2/3以内）」 is a label with what it says, no row of a table.

A guide prints them one below another for each of its programs.  A table would have a header above its rows; here the
first line says something already.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ..figures import find_figures
from ..lexicon import table
from .labels import known_labels, plain
from .lines import Line, markers_of, read_line
from .roles import header_role

FEWEST = 2  # labels that stand below one another
_LONGEST = 14  # letters of a label


def with_label_rows(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, those that are fields no longer tabular; linear in the document's length."""
    runs = [[(line, _cells(line)) for line in lines[first : last + 1]] for first, last in _runs(lines)]
    labelled = [sum(_is_field(line, cells) for line, cells in run) for run in runs]
    if max(labelled, default=0) < FEWEST:
        return lines
    result = list(lines)
    for run, number in zip(runs, labelled, strict=True):
        pairs = [cells for line, cells in run if len(cells) == 2 and not line.raw[:1].isspace()]
        if not number or len(pairs) > 2 * number or _heads_columns(pairs[0]):
            continue  # a table of two columns, in which some rows look like fields
        if any(markers_of(cells[1])[0] for cells in pairs):
            continue  # 「内容<tab>(1) 相談窓口の運営　8,640」 begins a list, which is read as one
        inside = False
        for line, cells in run:
            goes_on = len(cells) == 1 and line.raw[:1].isspace()
            inside = inside if goes_on else len(cells) == 2 and len(plain(cells[0])) <= _LONGEST
            if inside and line.tabular:
                result[line.number - 1] = _as_text(line)
    return tuple(result)


def _runs(lines: tuple[Line, ...]) -> Iterator[tuple[int, int]]:
    """First and last place of each run of lines with tabs, with the lines set in below them."""
    first = last = None
    for place, line in enumerate(lines):
        if line.tabular and "\t" in line.raw and "|" not in line.raw and not line.quoted:
            first, last = place if first is None else first, place
        elif first is not None and last is not None and (line.tabular or line.blank or not line.raw[:1].isspace()):
            yield first, last
            first = last = None
    if first is not None and last is not None:
        yield first, last


def _cells(line: Line) -> list[str]:
    return [cell.strip(" 　") for cell in line.raw.split("\t") if cell.strip(" 　")]


def _is_field(line: Line, cells: list[str]) -> bool:
    """A label and words that are no label themselves; a bare number stands in a table."""
    if len(cells) != 2 or line.raw[:1].isspace():
        return False
    label, said = cells
    if len(plain(label)) > _LONGEST or not _is_label(label) or _is_header(said):
        return False
    return not said.replace(",", "").isdigit()


def _is_header(text: str) -> bool:
    return len(text) <= _LONGEST and (header_role(text) is not None or _is_label(text)) and not find_figures(text)


def _heads_columns(cells: list[str]) -> bool:
    """「項目　内容」 over the rows of a table."""
    return all(len(cell) <= _LONGEST // 2 and not find_figures(cell) for cell in cells) and not _is_label(cells[0])


def _is_label(text: str) -> bool:
    return plain(text) in _labels()


@cache
def _labels() -> frozenset[str]:
    cues = {plain(word) for cue in table("cues")["cue"] for word in cue.get("words", ())}
    return frozenset(known_labels()) | cues


def _as_text(line: Line) -> Line:
    read = read_line(line.number, line.raw.replace("\t", "　"))
    return replace(read, raw=line.raw)
