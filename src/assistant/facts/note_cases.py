"""A note whose topic says for whom: 「※ 小規模企業者（従業員20人以下）は、補助率を ２／３ とする」.

Below a limit, 「※ 中山間地域の店舗は 45万円」 is the limit of that case; in a note below another heading
than its part's, 「＜事業の流れ＞」, a figure is of the whole program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..programs.names import match_form
from ..records import Document, Fact, FactKind
from .beside_others import Lines, start_of

_GIVEN = (FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT)
_NOTE = re.compile(
    r"^[\s　（(]*(?:[※＊](?:[\s　]?[0-9０-９]{1,2}(?=[\s　)）：:.．]))?"
    r"|(?:ただし|但し)[、，]|[（(]?注[0-9０-９]{0,2}[)）：:])[\s　]*"
)
_ASIDE = re.compile(r"^[\s　]+[（(][^（()）]*[)）][\s　]*$")  # a line that is one bracket
_TOPIC = re.compile(
    r"^(?P<case>[^。、，は（()）]{2,40}(?:[（(][^（()）]*[)）])?[^。、，は（()）]{0,20}?)"
    r"(?:には|については|に限り|は)[、，]?[\s　]*(?P<rest>[^。]*)$"
)
_SHORT_TOPIC = re.compile(r"^[\s　（(]*(?P<case>[^。、，は（()）]{2,16})は[\s　]*(?P<rest>[^。]*)$")
_WHOM = re.compile(
    r"(?:者|企業|団体|組合|法人|会社|個人|農家|事業所|店舗?|商店街|施設|世帯|方|枠|型|場合|とき|地域|地区|町村|離島"
    r"|申請|共同|導入|整備|更新|改修|購入|設置)$"
)
_OTHER_TOPIC = re.compile(r"[、，][^、，。（()）]{2,30}は[\s　、，]")
_STRAIGHT = re.compile(r"^(?:(?:補助)?上限額?[はを]?|最大)?(?:(?P<among>[^\s　、，。0-9０-９]{1,8})でも)?[\s　]*$")
_OF_WHAT = re.compile(
    r"^(?!各|この|その|上記|本|全て|すべて)([^\s　、。の]{2,14})の(?:補助|助成)?(?:率|上限額?|限度額)[をはが]"
)
_CLOSES = re.compile(r"^(?:まで|以内)?(?:とします|とする|です|となります)?[。\s　）)]*$")
_OPEN = re.compile(r"[（(](?P<inside>[^（()）]*)$")
_HEADING = re.compile(r"^[\s　]*[＜<【［〔][^＞>】］〕]{2,20}[＞>】］〕][\s　]*$")
_REACH = 8  # lines between a note and the heading it stands under


def note_cases(document: Document, facts: Sequence[Fact]) -> list[Fact]:
    """The facts, those of a note each of the case that its topic names."""
    told = list(facts)
    for rule in _RULES:
        lines = Lines(document, told)
        told = [rule(lines, fact) for fact in told]
    return told


def _topic(text: str, pattern: re.Pattern[str] = _TOPIC) -> tuple[str, str] | None:
    """The case that a sentence begins with, and its words behind it."""
    found = pattern.match(text)
    if found is None or not _WHOM.search(re.sub(r"[（(][^（()）]*[)）]", "", found["case"]).strip(" 　")):
        return None
    return re.sub(r"でも(?=.)", "、", found["case"].strip(" 　")), found["rest"]


def _of_the_topic(lines: Lines, fact: Fact) -> Fact:
    """「※ 中小企業者が行う導入は 2/3以内（補助上限 8,000万円）、それ以外の者は 1/2以内」."""
    if fact.kind not in _GIVEN or "\t" in lines.raw(fact).strip("\t"):
        return fact
    left = lines.left(fact)
    mark = _NOTE.match(left)
    found = _topic(left[mark.end() :].rpartition("。")[2]) if mark else None
    if found is None or _OTHER_TOPIC.search(found[1]):
        return fact
    of = _OF_WHAT.match(found[1])
    case, own = "、".join((found[0], *(of.groups() if of else ()))), fact.condition
    if own is None or own in case or case in own:
        return replace(fact, condition=case, item=None if fact.item and fact.item in case else fact.item)
    opened = _OPEN.search(left)
    inside = opened is not None and own in opened["inside"]
    return replace(fact, condition=f"{case}、{own}") if inside else fact


def _below_a_limit(lines: Lines, fact: Fact) -> Fact:
    """「※ 中山間地域（オクシズ）の店舗は 45万円」, 「（…。団体は国内でも 40万円まで）」 right below 上限額."""
    raw = lines.raw(fact)
    mark = _NOTE.match(raw) or (_ASIDE.match(raw) and re.match(r"[\s　（(]*", raw))
    if fact.kind is not FactKind.OTHER or fact.yen is None or not mark or not _CLOSES.match(lines.right(fact)):
        return fact
    said = raw[mark.end() : start_of(fact)].rpartition("。")[2]
    found = _topic(said) or _topic(said, _SHORT_TOPIC)
    straight = _STRAIGHT.match(found[1]) if found else None
    if found is None or straight is None or not _limit_above(lines, fact):
        return fact
    case = f"{found[0]}、{straight['among']}" if straight["among"] else found[0]
    return replace(fact, kind=FactKind.SUBSIDY_LIMIT, condition=case, item=None)


def _limit_above(lines: Lines, fact: Fact) -> bool:
    """Whether the amounts of the line right above are limits of the same program."""
    above = [one for one in lines.at(fact.line_start - 1) if one.program_id == fact.program_id and one.yen is not None]
    return bool(above) and all(one.kind is FactKind.SUBSIDY_LIMIT for one in above)


def _out_of_part(lines: Lines, fact: Fact) -> Fact:
    """A note below 「＜事業の流れ＞」 is of the program, not of the last part listed above that heading."""
    if fact.kind not in _GIVEN or fact.subprogram is None or not _NOTE.match(lines.raw(fact)):
        return fact
    part = match_form(fact.subprogram)
    for text in lines.upward(fact, _REACH)[1:]:
        if part in match_form(text):
            return fact
        if _HEADING.match(text):
            return replace(fact, subprogram=None)
    return fact


_RULES: tuple[Callable[[Lines, Fact], Fact], ...] = (_of_the_topic, _below_a_limit, _out_of_part)
