"""What was changed: 「上限額を300万円から500万円に引き上げました」 states the earlier limit and the one that holds."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import fiscal_year, previous_year, year_number
from ..figures.scanning import CHANGED
from ..records import FactKind, Figure
from .classify import GRANTED
from .cues import nearest_cue
from .make import Say

BEFORE = "見直し前"
_FROM = re.compile(r"(?:以内|まで|程度)?[\s　]*から[\s　]*(?:最大|上限|年率?)?[\s　]*")
_YEAR = re.compile(r"(?:(?:令和|平成|R|H)[\s　]?[0-9０-９元]{1,2}[\s　]?年度?|本年度|今年度|来年度)")
_KINDS = (*GRANTED, FactKind.LOAN_TERM, FactKind.COUNT)

Said = list[tuple[Figure, Say]]


def changed(text: str, said: Said, year: str) -> Said:
    """The figures of a piece of text with what is said of them; two that a change joins are of one kind.

    The first was so until the change, in the year before the document's ``year``; where the text dates the change
    in another year nobody knows when, and it is of no kind.
    """
    result = list(said)
    for place in range(len(said) - 1):
        (old, before), (new, after) = result[place], result[place + 1]
        joined = old.kind is new.kind and _FROM.fullmatch(text[old.end : new.start])
        if not joined or not CHANGED.match(text, new.end):
            continue
        kind = _kind(text[: old.start], old, before, after)
        if kind is None:
            continue
        told = replace(before, kind=kind, condition=BEFORE, note=None)
        result[place] = (old, _dated(told, text[: old.start], year))
        item = before.item if before.kind is kind else after.item
        result[place + 1] = (new, replace(after, kind=kind, item=item, note=None))
    return result


def _kind(left: str, old: Figure, before: Say, after: Say) -> FactKind | None:
    if before.kind in _KINDS and before.kind is not FactKind.LIMIT_ADDITION:
        return before.kind
    cue = nearest_cue(left.rpartition("。")[2], "", old)
    if cue is not None and cue.kind in _KINDS and cue.kind is not FactKind.LIMIT_ADDITION:
        return cue.kind
    return after.kind if after.kind in _KINDS and after.kind is not FactKind.LIMIT_ADDITION else None


def _dated(say: Say, left: str, year: str) -> Say:
    printed = [found.group() for found in _YEAR.finditer(left.rpartition("。")[2])]
    own = year_number(year)
    stated = fiscal_year(printed[-1]) if printed else None
    if own is None or (stated is not None and year_number(stated) != own):
        return replace(say, kind=FactKind.OTHER)
    return replace(say, fiscal_year=previous_year(year))
