"""What was changed: 「上限額を300万円から500万円に引き上げました」 states the earlier limit and the one that holds."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import fiscal_year, previous_year, year_number
from ..figures.scanning import CHANGED
from ..programs.titles import program_in
from ..records import FactKind, Figure
from .classify import GRANTED
from .cues import nearest_cue
from .make import Say

BEFORE = "見直し前"
_FROM = re.compile(r"(?:以内|まで|程度)?[\s　]*(?:から|より|を)[\s　]*(?:最大|上限|年率?)?[\s　]*")
_ONWARD = re.compile(r"(?:以内|まで)?[\s　]*[→⇒➡⇨][\s　]*")  # 「上限額 50万円→75万円」
_BACK = re.compile(
    r"(?:以内|まで)?[\s　]*[←⇐][\s　]*(?:従来|旧|現行|前年度)?[\s　：:は]*"
)  # 「100万円 ← 50万円から引上げ」
_YEAR = re.compile(r"(?:(?:令和|平成|R|H)[\s　]?[0-9０-９元]{1,2}[\s　]?年度?|本年度|今年度|来年度)")
_OF = re.compile(
    r"(?:^|[\s　、。：:・※])(?P<case>[^\s　、。：:・（）()「」※]{2,20}?)の(?:補助|助成)?(?:率|(?:上限|限度)額?)を"
    r"(?:[\s　]*(?:令和|平成)?[0-9０-９]{1,2}年度の)?[\s　]*$"
)
_ANY = re.compile(r"(?:補助金|助成金|事業|資金|制度|本年度|今年度|前年度|従来|各)(?:[（(]|$)|年度$")
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
        between = text[old.end : new.start]
        if old.kind is not new.kind:
            continue
        if _BACK.fullmatch(between) and before.kind in _KINDS:
            result[place + 1] = (new, _dated(replace(before, condition=BEFORE, note=None), "", year))
            continue
        onward = _ONWARD.fullmatch(between) and before.kind in GRANTED
        if not onward and not (_FROM.fullmatch(between) and CHANGED.match(text, new.end)):
            continue
        kind = _kind(text[: old.start], old, before, after)
        if kind is None:
            if before.kind is after.kind is FactKind.OTHER and before.condition is None:  # a demand, and no grant
                result[place] = (old, _dated(replace(before, condition=BEFORE), text[: old.start], year))
            continue
        case = before.condition or _whose(text[: old.start])
        told = replace(before, kind=kind, condition=f"{case}、{BEFORE}" if case else BEFORE, note=None)
        after = replace(after, condition=after.condition or case)
        result[place] = (old, _dated(told, text[: old.start], year))
        item = before.item if before.kind is kind else after.item
        result[place + 1] = (new, replace(after, kind=kind, item=item, note=None))
    return result


def _whose(left: str) -> str | None:
    """「拡充：蓄電池の上限額を」: for whom or what the limit is, where that is no program."""
    found = _OF.search(left)
    return found["case"] if found and program_in(found["case"]) is None and not _ANY.search(found["case"]) else None


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
