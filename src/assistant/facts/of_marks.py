"""Notes that a figure's mark leads to, and sentences that quote a part's name.

「※3　アドバンスは削減計画を有する者に限り２／３。」 below 「１／２※3」, 「※2　第１次公募では合計8,000万円。」,
「「連携枠」の補助上限額を8,000万円から１億円に引き上げました」.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..records import Document, Fact, FactKind
from .beside_others import Lines
from .classify import GRANTED

_MARK = re.compile(r"^[\s　（(]*(?P<mark>[※＊*][\s　]?[0-9０-９]{1,2})[\s　：:．.)）]+(?=\S)")
_AT_END = re.compile(r"(?:以内|まで)?[\s　]*[（(]?(?P<mark>[※＊*][\s　]?[0-9０-９]{1,2})")
_CLOSES = re.compile(r"^(?:以内|まで)?(?:とします|とする|です|となります)?[。）)\s　]*$")
_ONLY = re.compile(
    r"^(?:(?P<part>[^。、は（()）]{2,16})(?:は|については)[、，]?)?(?P<case>[^。]{2,60}?(?:者|企業|場合|とき|もの|方|事業))"
    r"(?:に限り|については|には|は)[、，]?[\s　]*(?:補助率|上限額?)?[はを]?[\s　]*$"
)
_ROUND = re.compile(
    r"^(?P<when>第[0-9０-９一二三四]{1,2}[次回期](?:公募|募集)?|前回(?:の?公募|の?募集)?|従来)(?:で)?は"
    r"[、，]?[\s　]*(?P<case>[^。、はが0-9０-９]{0,12})$"
)
_QUOTED = re.compile(
    r"^[\s　・\-*○]*「(?P<name>[^「」]{2,16}(?:枠|型|類型|コース|タイプ))」"
    r"の(?:補助|助成)?(?:率|(?:上限|限度)額?)[はを]"
)
_LETTERED = re.compile(r"^[\s　]*[（(]?[ア-コｱ-ｺ][)）]?[\s　．.、]")
_LIST_HEAD = re.compile(
    r"^[\s　・■○●【]*(?P<name>[^\s　（(。、】]{0,8}(?:項目|要件|条件))[】]?(?:[（(][^（()）]*[)）])?$"
)
_LONGEST_LIST = 14  # lines
_REACH = 40  # lines between a mark and its note


def of_marks(document: Document, facts: Sequence[Fact]) -> list[Fact]:
    """The facts, those of a note of the kind and the part of the figure with its mark."""
    told = list(facts)
    for rule in _RULES:
        lines = Lines(document, told)
        told = [rule(lines, fact) for fact in told]
    return told


def _of_its_mark(lines: Lines, fact: Fact) -> Fact:
    if fact.kind is not FactKind.OTHER or not _CLOSES.match(lines.right(fact)):
        return fact
    left = lines.left(fact)
    mark = _MARK.match(left)
    said = left[mark.end() :] if mark else ""
    only, when = _ONLY.match(said), _ROUND.match(said)
    one = _marked(lines, fact, _plain(mark["mark"])) if mark and (only or when) else None
    if one is None:
        return fact
    case = _joined(when["when"], when["case"]) if when else _joined(only["part"], only["case"]) if only else None
    return replace(fact, kind=one.kind, subprogram=one.subprogram, condition=case, item=None)


def _marked(lines: Lines, fact: Fact, mark: str) -> Fact | None:
    """The last grant above a note that has its mark and is a figure of its sort."""
    for one in reversed(lines.facts):
        near = 0 < fact.line_start - one.line_start <= _REACH and one.program_id == fact.program_id
        if not near or one.kind not in GRANTED or (one.yen is None) is not (fact.yen is None):
            continue
        found = _AT_END.match(lines.right(one))
        if found and _plain(found["mark"]) == mark:
            return one
    return None


def _of_quoted(lines: Lines, fact: Fact) -> Fact:
    if fact.kind not in GRANTED or fact.subprogram is not None:
        return fact
    left = lines.left(fact)
    found = _QUOTED.match(left)
    plain = found is not None and not re.search(r"[。「]", left[found.end() :])
    return replace(fact, subprogram=found["name"]) if found and plain else fact


def _under_list(lines: Lines, fact: Fact) -> Fact:
    """「エ　給与を年２％以上増やす計画」 in the list below 「加点項目（最大４項目）」 is asked for there only."""
    if fact.kind is not FactKind.OTHER or fact.condition is not None or not _LETTERED.match(lines.raw(fact)):
        return fact
    above = (text for text in lines.upward(fact, _LONGEST_LIST)[1:] if not _LETTERED.match(text))
    head = _LIST_HEAD.match(next(above, ""))
    return replace(fact, condition=head["name"]) if head else fact


def _joined(one: str | None, other: str | None) -> str | None:
    return "、".join(text.strip(" 　") for text in (one, other) if text) or None


def _plain(mark: str) -> str:
    return re.sub(r"[\s　]", "", unicodedata.normalize("NFKC", mark)).replace("*", "※")


_RULES: tuple[Callable[[Lines, Fact], Fact], ...] = (_of_its_mark, _of_quoted, _under_list)
