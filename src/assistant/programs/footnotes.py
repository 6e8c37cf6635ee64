"""Footnotes: 「※2 …の場合は80万円」 is of the program whose row above has 「50万円 ※2」."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from ..layout import Cell, Line
from .parts import Part

_MARK = r"(?:[※＊*][\s　]?注?[0-9０-９]{1,2}|注[\s　]?[0-9０-９]{1,2})"
_ANY = re.compile(rf"{_MARK}(?![0-9０-９])")
_NOTE = re.compile(rf"^[\s　]*[（(［\[【]?[\s　]?(?P<mark>{_MARK})[\s　]?[)）］\]】]?[\s　：:．.]*(?=\S)")


def note_mark(raw: str) -> str | None:
    """The numbered mark of a footnote that a line is; None for any other line."""
    found = _NOTE.match(raw)
    return _plain(found["mark"]) if found else None


def noted_programs(lines: Sequence[Line], rows: Sequence[Part]) -> dict[int, str]:
    """The program of each footnote, by its line, where all rows above it with its mark are of one program."""
    notes = [(line.number, mark) for line in lines if not line.tabular and (mark := note_mark(line.raw))]
    found: dict[int, str] = {}
    for place, (number, mark) in enumerate(notes):
        since = max((line for line, other in notes[:place] if other == mark), default=0)
        named = {part.name for part, _, _ in marked_cells(rows, mark, since, number) if part.role == "program"}
        if len(named) == 1:
            found[number] = named.pop()
    return found


def marked_cells(rows: Sequence[Part], mark: str, since: int, until: int) -> Iterator[tuple[Part, int, Cell]]:
    """Row, column and cell of each cell with a mark, in the rows between two lines."""
    for part in rows:
        if part.row is not None and since < part.line_start < until:
            for index, cell in part.row.cells.items():
                if mark in {_plain(each) for each in _ANY.findall(cell.text)}:
                    yield part, index, cell


def _plain(mark: str) -> str:
    return re.sub(r"[\s　]", "", unicodedata.normalize("NFKC", mark)).replace("*", "※").replace("※注", "注")
