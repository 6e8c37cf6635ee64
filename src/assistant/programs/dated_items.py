"""List items that tell of a program and have its budget by year in a bracket: 「○○事業（R7当初 37百万円）：…」."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import find_figures
from ..records import FigureKind
from .amounts import AmountLine
from .names import clean_name, take_flags
from .titles import program_in

_YEAR = (
    r"(?:令和|平成|[RHＲＨ])[\s　]?[0-9０-９元]{1,2}(?:年度)?(?:当初|補正|[0-9０-９]{1,2}月補正|要求)?(?:予算|要求)?"
    r"(?:案|額)?"
)
_VALUE = r"(?:[0-9０-９][0-9０-９,，.．]*[百千万億]*円|[－―ー-])"
_YEARS = rf"{_YEAR}[\s　：:]*{_VALUE}(?:[\s　]*[、，,／/][\s　]*{_YEAR}[\s　：:]*{_VALUE})*"
_LED = re.compile(rf"^(?P<name>[^（()）。：:]{{4,60}}?)[\s　]*[（(](?P<years>{_YEARS})[)）](?=[\s　]*[：:。、])")
_INSIDE = re.compile(rf"[（(](?P<name>[^（()）、。「」]{{4,40}})[、，][\s　]*(?P<years>{_YEARS})[)）]")


def dated_item(body: str) -> AmountLine | None:
    """The program of such an item with the first of its amounts; None for a line of any other form.

    Its name stands before the bracket or, behind words on what it does, first in the bracket.
    """
    inside = list(_INSIDE.finditer(body))
    match = _LED.match(body) or (inside[0] if len(inside) == 1 else None)
    if match is None:
        return None
    head, flags = take_flags(match["name"].replace("**", ""))
    name = program_in(head)
    money = next((each for each in find_figures(match["years"]) if each.kind is FigureKind.MONEY), None)
    if name is None or money is None:
        return None
    start = match.start("years")
    return AmountLine(clean_name(name), "", replace(money, start=money.start + start, end=money.end + start), flags, ())
