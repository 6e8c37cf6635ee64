"""Facts read once more beside the others of their line: whose case or round a figure is of.

「（２者以上の共同申請は１者20万円、合計100万円まで）」, 「団体 2/3（上限300万円）、グループ 1/2（上限150万円）」,
「※3 第１次公募では1/4以内としていた」.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..records import LOWERED, RAISED, Document, Fact, FactKind
from .beside_others import Lines, start_of
from .cases_named import NAMED
from .siblings import label_kind

_LIMITS = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)
_RATES = (FactKind.SUBSIDY_RATE, FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE)
_CASED = (*_LIMITS, *_RATES, FactKind.LIMIT_ADDITION)
_OPEN = re.compile(r"[（(](?P<inside>[^（()）]*)$")
_LED = re.compile(
    r"^(?P<case>[^。、，：:]{2,24}?(?:申請|場合|とき|者|企業|団体|組合|法人|方|グループ|枠|型))(?:の場合)?(?:に?は|では)[、，]?"
    r"(?=[^。は]*$)"
)
_COUNTED = re.compile(r"^[\s　]*[0-9０-９]{1,2}[者社人]以上の")  # 「２者以上の共同申請」
_TOGETHER = re.compile(r"(?:^|[、，])[\s　]*(?P<sum>合計|合算|総額|全体)[でのは]?[\s　]*(?:最大|上限)?[\s　]*$")
_NO_CASE = re.compile(r"^(?:うち|ただし|なお|前年度|昨年度|令和|上限|下限|最大)|(?:額|率|費|経費|期間|限度)$")
_TAIL = re.compile(r"^(?:を|以上|以下|未満|以内|超|に|が)")
_ALL_OF = re.compile(
    r"(?:^|[。、\s　])(?P<case>[^。、はが（()）\s　]{1,12}全体)の(?:補助|助成)?(?:上限|限度)額?は[\s　]*$"
)
_MARK = re.compile(
    r"^[\s　（(［\[]*(?P<mark>(?:[※＊*][\s　]?|注[\s　]?)[0-9０-９]{1,2})[\s　]*[)）］\]]?[\s　：:．.]*(?=\S)"
)
_ROUND = re.compile(
    r"(?P<when>第[0-9０-９一二三四]{1,2}[次回期](?:公募|募集)?|前回(?:の?公募|の?募集)?|従来|これまで)(?:で)?は"
    r"[、，]?[\s　]*(?:補助率|上限額?)?(?:が|は|を)?[\s　]*$"
)
_WAS = re.compile(r"^(?:以内|以下|まで)?[\s　]*(?:と|で)?(?:していた|だった|であった|となっていた|でした|としました)")
_BOUND = re.compile(r"^(?:以内|以下|まで)")
_REACH = 40  # lines between a mark and its note
_BOTH_ABOVE = re.compile(
    r"[（(][^（()）]*?(?P<case>併用|合計|通算)[^（()）。]{0,4}[、，][\s　]*(?:最大|上限|合計)?[\s　]*$"
)
_ALL_PARTS = re.compile(r"^[\s　]*[※＊*][^。]*(?:から|と|～|・|及び)[^。]{0,12}の?(?:合計|合算|総額|計)で")
_COST_FOR = re.compile(r"(?P<cost>[^\s　、。，（()）：:]{1,14}(?:費|料))[（(](?:最大|最長|上限)?[\s　]*$")
_OF_TIME = re.compile(r"^分")
_SHOP = re.compile(r"^(?P<of>.{3,20}?)[\s　]+(?:本店|本所|本部|本社)$")
_BRANCH = re.compile(r"^[^\s　]{1,10}(?:支店|支所|支部|出張所|営業所|分室)")
_EITHER = re.compile(r"^[\s　]*(?:又は|または|若しくは|もしくは)[\s　]*$")


def recased(document: Document, facts: Sequence[Fact]) -> list[Fact]:
    """The facts, each as the line it stands in says of whom it is."""
    told = list(facts)
    for rule in _RULES:
        lines = Lines(document, told)
        told = [rule(lines, fact) for fact in told]
    return told


def _whole_bracket(lines: Lines, fact: Fact) -> Fact:
    """「（常時使用する従業員が20人を超える場合は1/2）」: the case is not only what stands behind its own figure."""
    opened = _OPEN.search(lines.left(fact)) if fact.condition and _TAIL.match(fact.condition) else None
    if opened is None or fact.condition is None:
        return fact
    inside, found, _ = opened["inside"].partition(fact.condition)
    return replace(fact, condition=f"{inside}{fact.condition}".strip(" 　")) if found and inside else fact


def _led_in_bracket(lines: Lines, fact: Fact) -> Fact:
    """A figure in brackets that begin with a case is of that case, the second one too."""
    if fact.kind not in _CASED or fact.condition:
        return fact
    opened = _OPEN.search(lines.left(fact))
    found = _LED.match(opened["inside"]) if opened else None
    if opened is None or found is None or _NO_CASE.search(found["case"]) or label_kind(found["case"]):
        return fact
    summed = _TOGETHER.search(opened["inside"])
    case = _COUNTED.sub("", found["case"]).strip(" 　")
    return replace(fact, condition=f"{case}、{summed['sum']}" if summed else case)


def _of_all(lines: Lines, fact: Fact) -> Fact:
    """「連携体全体の補助上限額は1億5,000万円」."""
    found = _ALL_OF.search(lines.left(fact)) if fact.kind in _LIMITS and not fact.condition else None
    return replace(fact, condition=found["case"], item=None) if found else fact


def _of_the_round_before(lines: Lines, fact: Fact) -> Fact:
    """「※3 第１次公募では1/4以内としていた」: what the figure with that mark was in the round before."""
    mark = _MARK.match(lines.raw(fact)) if fact.kind is FactKind.OTHER else None
    when = _ROUND.search(lines.left(fact)) if mark else None
    if mark is None or when is None or not _WAS.match(lines.right(fact)):
        return fact
    sign = _plain(mark["mark"])
    for one in lines.facts:
        near = 0 < fact.line_start - one.line_start <= _REACH and one.program_id == fact.program_id
        if near and one.kind in _CASED and _plain(_BOUND.sub("", lines.right(one))).startswith(sign):
            return replace(fact, kind=one.kind, subprogram=one.subprogram, condition=when["when"], item=None)
    return fact


def _of_both(lines: Lines, fact: Fact) -> Fact:
    """「（併用可、最大 / 100万円）」, broken at the end of the line."""
    if fact.kind not in _LIMITS or fact.condition or lines.left(fact).strip():
        return fact
    found = _BOTH_ABOVE.search(lines.above(fact))
    return replace(fact, condition=found["case"], item=None) if found else fact


def _across_parts(lines: Lines, fact: Fact) -> Fact:
    """「※ 1から3までの合計で1企業1億円を上限とします」 below the third of them is of none of the parts."""
    over = fact.kind in _LIMITS and fact.subprogram and _ALL_PARTS.match(lines.left(fact))
    return replace(fact, subprogram=None) if over else fact


def _time_of_cost(lines: Lines, fact: Fact) -> Fact:
    """「クラウド利用料（最大２年分）」: how much of a cost counts, not how long a program runs."""
    free = fact.kind is FactKind.PERIOD and fact.condition is None
    found = _COST_FOR.search(lines.left(fact)) if free and _OF_TIME.match(lines.right(fact)) else None
    return replace(fact, condition=found["cost"], item=None) if found else fact


def _either(lines: Lines, fact: Fact) -> Fact:
    """「0.25％又は0.45％が上乗せされます」: both are added."""
    one = lines.before(fact) if fact.kind in _RATES else None
    if one is None or one.kind is not fact.kind:
        return fact
    if not _EITHER.fullmatch(lines.raw(fact)[start_of(one) + len(one.text) : start_of(fact)]):
        return fact
    note = one.note if one.note in (RAISED, LOWERED) else None
    return replace(fact, note=note, condition=one.condition) if note and fact.note is None else fact


def _branch(lines: Lines, fact: Fact) -> Fact:
    """「保証協会 本店　電話 … ／ 沿岸支店　…」: the branch is the same body's."""
    one = lines.before(fact) if fact.kind is FactKind.PHONE and _BRANCH.match(fact.item or "") else None
    shop = _SHOP.match(one.item or "") if one is not None and one.kind is FactKind.PHONE else None
    return replace(fact, item=f"{shop['of']} {fact.item}") if shop else fact


def _plain(mark: str) -> str:
    return re.sub(r"[\s　（(［\[]", "", mark).replace("＊", "※").replace("*", "※").translate(_DIGITS)


_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_RULES: tuple[Callable[[Lines, Fact], Fact], ...] = (
    _whole_bracket,
    _led_in_bracket,
    _of_all,
    _of_the_round_before,
    _of_both,
    _across_parts,
    _time_of_cost,
    _either,
    _branch,
    *NAMED,
)
