"""Facts of no part whose words name one: its title in their sentence, or its number before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..layout import Line
from ..records import Fact, FactKind
from .make import given_to
from .scopes import subprogram_title

_BARE = re.compile(r"[（(].*$")
_NOT_MEANT = re.compile(r"^(」)?(を除|以外|を問わ|と併|とあわせ|及び|又は|または|や|・|等)")
_SHORTEST = 6  # characters of a name by which a part is known
_SPOKEN = (FactKind.TARGET, FactKind.COUNT, FactKind.PERIOD, FactKind.OTHER)


def with_parts(lines: Sequence[Line], facts: list[Fact]) -> list[Fact]:
    """The facts of a program's page, those that name exactly one of its numbered parts being given to it."""
    by_line = {line.number: line for line in lines}
    offices = _numbered_offices(by_line, facts)
    titles = _titles(lines, set(offices.values()))
    by_number = {number: title for title, number in titles.items() if number is not None}
    found: list[Fact] = []
    for fact in facts:
        part = None
        if fact.subprogram is None and fact.kind is FactKind.PHONE and fact.line_start in offices:
            marker = by_line[offices[fact.line_start]].marker("(n)")
            part = by_number.get(marker.number) if marker and marker.number else None
        elif fact.subprogram is None and fact.kind in _SPOKEN and fact.line_start in by_line:
            part = _named_in(_sentence(by_line[fact.line_start].raw, fact), titles)
        found.append(given_to(fact, part) if part else fact)
    return found


def _numbered_offices(by_line: dict[int, Line], facts: list[Fact]) -> dict[int, int]:
    """「(1) 商工部 金融課」 above a telephone: the telephone's line and the line of the number."""
    found: dict[int, int] = {}
    for fact in facts:
        if fact.kind is FactKind.PHONE:
            near = (number for number in range(fact.line_start, fact.line_start - 3, -1) if number in by_line)
            above = next((number for number in near if by_line[number].marker("(n)")), None)
            if above is not None:
                found[fact.line_start] = above
    return found


def _titles(lines: Sequence[Line], offices: set[int]) -> dict[str, int | None]:
    """Title of each part with a number in brackets, and its number; None when two parts share it."""
    titles: dict[str, int | None] = {}
    for line in lines:
        marker = line.marker("(n)")
        title = subprogram_title(line.body) if marker and not line.tabular and line.number not in offices else None
        if marker and title:
            titles.setdefault(title, marker.number)
    numbers = list(titles.values())
    return {title: number if numbers.count(number) == 1 else None for title, number in titles.items()}


def _sentence(raw: str, fact: Fact) -> str:
    start = int(fact.fact_id.rsplit(":", 1)[1])
    first = raw.rfind("。", 0, start) + 1
    last = raw.find("。", start)
    return raw[first : last if last >= 0 else len(raw)]


def _named_in(sentence: str, titles: dict[str, int | None]) -> str | None:
    meant = [title for title in titles if _is_meant(title, sentence)]
    return meant[0] if len(meant) == 1 else None


def _is_meant(title: str, sentence: str) -> bool:
    name = _BARE.sub("", title)
    at = sentence.find(name) if len(name) >= _SHORTEST else -1
    return at >= 0 and not _NOT_MEANT.match(sentence[at + len(name) :])
