"""Lists that say where a sum comes from: a heading 財源内訳, then a source of money and its amount on each line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..columns.header import is_label
from ..figures import find_figures
from ..layout import Line
from ..layout.roles import source_role
from ..lexicon import words
from ..records import Figure, FigureKind

_FEWEST = 2  # sources of money that make a list
_SET_OFF = " 　：:・（("


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of a list: the ``role`` of its source (``budget`` for the sum), its printed name, its amount."""

    line: int
    role: str
    name: str
    amount: Figure  # its offsets count in the line's body


@dataclass(frozen=True, slots=True)
class SourceList:
    """A list with the line of its heading; ``whose`` is what the heading's bracket says, if anything."""

    line_start: int
    whose: str
    lines: tuple[SourceLine, ...]

    @property
    def line_end(self) -> int:
        """The line of its last amount."""
        return self.lines[-1].line

    @property
    def total(self) -> int:
        """Yen of all its sources."""
        return sum(each.amount.yen or 0 for each in self.lines if each.role != "budget")


@cache
def _heading() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(words("records", "sources", "words"), key=len, reverse=True)))
    whose = r"(?:[（(](?P<whose>[^（）()]+)[)）])?"
    return re.compile(rf"^[\[［【〔<＜《〈]?[\s　]*(?:{names})[\s　]*[\]］】〕>＞》〉]?[\s　]*{whose}[\s　：:]*$")


@cache
def source_label() -> re.Pattern[str]:
    """The word 財源 set off before sources and their amounts: 「財源：国 …」, 「〈財源〉国 …」."""
    names = "|".join(map(re.escape, sorted(words("records", "sources", "words"), key=len, reverse=True)))
    return re.compile(rf"(?:^|[\s　（(［\[【〔〈＜<《])(?:左の)?(?:{names})[\s　]*[\]］】〕〉＞>》：:][\s　：:]*")


def source_lists(lines: tuple[Line, ...]) -> Iterator[SourceList]:
    """Every such list, in order; linear in the document's length."""
    place = 0
    while place < len(lines):
        found = source_list(lines, lines[place])
        if found is not None:
            yield found
        place = found.line_end if found is not None else place + 1


def source_list(lines: tuple[Line, ...], line: Line) -> SourceList | None:
    """The list that ``line`` is the heading of."""
    heading = None if line.tabular or line.blank else _heading().match(line.body)
    if heading is None:
        return None
    place = line.number
    if place < len(lines) and lines[place].blank:
        place += 1
    found: list[SourceLine] = []
    while place < len(lines) and (each := _source_line(lines[place])) is not None:
        found.append(each)
        place += 1
        if each.role == "budget":
            break
    if sum(each.role != "budget" for each in found) < _FEWEST:
        return None
    whose = heading["whose"] or ""
    return SourceList(line.number, "" if re.search(r"単位|円", whose) else whose.strip(), tuple(found))


def _source_line(line: Line) -> SourceLine | None:
    """「・繰入金　70,000千円」: a source of money, or 計, and one amount."""
    if line.tabular or line.blank:
        return None
    amounts = [figure for figure in find_figures(line.body) if figure.kind is FigureKind.MONEY]
    if len(amounts) != 1 or line.body[amounts[0].end :].strip(" 　）)"):
        return None
    name = line.body[: amounts[0].start].strip(_SET_OFF)
    role = source_role(name)
    if role is None and is_label(name) in ("total", "subtotal"):
        role = "budget"
    return SourceLine(line.number, role, name, amounts[0]) if role else None
