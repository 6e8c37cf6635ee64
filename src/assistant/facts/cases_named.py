"""Cases that a noun right before a figure names, where the figures of a line stand side by side.

「国内10万円、海外20万円」, 「家賃の1/2（月額5万円以内）及び改装費の1/2」, 「10％、蓄電池関連は15％」,
「総額2,000万円まで」.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ..layout.labels import known_labels, plain
from ..records import Fact, FactKind
from .beside_others import Lines, start_of
from .classify import is_fund
from .siblings import label_kind

_LIMITS = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)
_RATES = (FactKind.SUBSIDY_RATE, FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE)
_CASED = (*_LIMITS, *_RATES, FactKind.LIMIT_ADDITION)
_NOUN = re.compile(
    r"(?:^|[（(、，・／/：:\s　]|上限額?は|限度額?は)[\s　]*"
    r"(?P<case>[^\s　（()）、，。・／/：:0-9０-９のをがはにでと]{2,12})[\s　]*"
    r"(?:最大|上限|[1１一][頭人社件者羽匹台])?[\s　]*$"
)
_COST = re.compile(
    r"(?:^|[、，。（()）に]|及び|並びに|または|又は|と、?)"
    r"(?P<case>[^、，。（()）\s　]{1,14}?(?:費|料|家賃|経費|地代))の[\s　]*$"
)
_SECOND = re.compile(
    r"^(?:以内|まで|円|以下)?[、，。](?:[\s　]*(?:ただし|但し|なお)[、，]?)?[\s　]*"
    r"(?P<case>[^、，。（()）]{2,20}?)(?:の場合)?(?:に?は|では)[、，\s　]*"
    r"(?:補助率|上限額?|限度額?)?[はを\s　]*(?:最大|年)?$"
)
_TO_WHOM = re.compile(
    r"(?:^|[。、\s　])(?P<case>[^。、（()）\s　]{2,24}?(?:企業|者|団体|方|店|組合|事業所))"
    r"(?:へは|に対しては|については|には)[^。、（()）0-9０-９]{0,8}$"
    r"|(?P<added>[^。、\s　]{4,24}(?:企業|者|方|事業所))へ(?:最大)?$"
)
_IN_CASE = re.compile(r"(?P<case>[^。、※＊（()）→]{3,40}?場合)(?:に)?は、?[\s　]*(?:補助率?|助成率?)[\s　]*$")
_EACH_OF = re.compile(r"(?:^|[。\t])(?P<case>[^。\t]{6,80})はそれぞれ[\s　]*$")
_FIRST_YEAR = re.compile(r"(?:^|[、，。（(\s　])(?P<case>初年度|初回|初年)(?:は|の[^、。]{1,6}は)?[\s　]*$")
_AFTER_AID = re.compile(r"(?:^|[\s　、（(])(?P<case>[国県市町村都府道](?:の|による)補助後|補助後)[\s　]*(?:年)?$")
_BORNE = re.compile(r"(?P<case>うち[^、。\s　]{1,6})が[\s　]*$")
_BEARS = re.compile(r"^(?:相当)?(?:分)?を(?P<how>補助|負担|補給)")
_REAL = re.compile(r"(?:、|，|し|は)[\s　]*実質[\s　]*(?:年|年率)?$")
_AT_FIRST = re.compile(r"[（(](?P<when>当初[0-9０-９一二三五]{1,2}年間)[^（()）]*$")
_SUM = re.compile(r"(?P<sum>総額|累計|合計)[でに：:\s　]*(?:最大)?$")
_AT_MOST = re.compile(r"^(?:まで|以内|を?上限|を?限度)")
_HELD = re.compile(
    r"(?:以内|以下)?[\s　]*[（(][\s　]*(?:(?:補助|助成)?(?:上限|限度)額?)?[\s　：:はを]*(?:最大|月額|年額)?[\s　]*$"
)
_APART = re.compile(r"(?:以内)?[\s　]+(?:補助|助成)?(?:上限|限度)額?[\s　：:]*(?:最大)?$")
_NOTE = re.compile(r"^[\[［【（(]注[\s　]*[0-9０-９]{0,2}[\]］】）)][\s　]*")
_OVER = re.compile(r"(?P<case>(?P<low>[0-9０-９]{1,2})年超(?P<high>[0-9０-９]{1,2}年以内)?)")
_TERM = re.compile(
    r"(?:^|[\s　、，・：:])(?P<case>(?:[0-9０-９]{1,2}年超)?[0-9０-９]{1,2}年(?:以内|以下|超)"
    r"(?:[（(][^（()）]{1,16}[)）])?)[\s　：:]+(?:年率?)?[\s　]*$"
)
_NEAR_TERMS = 3  # lines in which the rate for another length stands
_DITTO = re.compile(r"[（(]同[じ上]?[\s　：:]*(?:上限|最大)?[\s　]*$")
_NO_CASE = re.compile(
    r"^(?:うち|ただし|なお|前年度|昨年度|令和|上限|下限|最大|原則|定額|総額|合計|税[抜込]|対象|同上|年率?|月額|約)"
    r"|(?:額|率|費用|限度|上限|期間|以内|以上|未満|当たり|あたり|につき|年度|予定|相当|補助|助成|金)$"
)


def _names_case(name: str) -> bool:
    return not (_NO_CASE.search(name) or label_kind(name) or plain(name) in known_labels())


def _side_by_side(lines: Lines, fact: Fact) -> Fact:
    """「国内10万円、海外20万円」: each noun stands right before its figure, for two of a kind at least."""
    if fact.kind not in _LIMITS or fact.condition or (name := _noun(lines, fact)) is None:
        return fact
    own = lines.alike(fact)
    others = {_noun(lines, one) for one in own if one is not fact} - {None, name}
    known = any(one.condition and one.condition in lines.left(one)[-len(one.condition) - 6 :] for one in own)
    return replace(fact, condition=name, item=None if fact.item == name else fact.item) if others or known else fact


def _noun(lines: Lines, fact: Fact) -> str | None:
    found = _NOUN.search(lines.left(fact))
    return found["case"] if found and _names_case(found["case"]) else None


def _of_cost(lines: Lines, fact: Fact) -> Fact:
    """「家賃の1/2及び改装費の1/2」."""
    if fact.kind is not FactKind.SUBSIDY_RATE or fact.condition or (name := _cost(lines, fact)) is None:
        return fact
    others = {_cost(lines, one) for one in lines.alike(fact) if one is not fact} - {None, name}
    return replace(fact, condition=name) if others else fact


def _cost(lines: Lines, fact: Fact) -> str | None:
    found = _COST.search(lines.left(fact))
    return found["case"] if found else None


def _second_of(lines: Lines, fact: Fact) -> Fact:
    """「投下固定資産額の10％、蓄電池関連は15％」."""
    one = lines.before(fact) if fact.kind in _CASED and not fact.condition else None
    if one is None or one.kind is not fact.kind:
        return fact
    found = _SECOND.match(lines.raw(fact)[start_of(one) + len(one.text) : start_of(fact)])
    return replace(fact, condition=found["case"]) if found and _names_case(found["case"]) else fact


def _to_whom(lines: Lines, fact: Fact) -> Fact:
    if fact.kind not in (FactKind.SUBSIDY_RATE, FactKind.LIMIT_ADDITION) or fact.condition:
        return fact
    left = lines.left(fact)
    if found := _TO_WHOM.search(left):
        return replace(fact, condition=found["case"] or found["added"])
    found = _FIRST_YEAR.search(left) or _IN_CASE.search(left)
    return replace(fact, condition=found["case"].strip(" 　")) if found else fact


def _each_of(lines: Lines, fact: Fact) -> Fact:
    """「転入者、39歳以下の方、市街化調整区域での開業はそれぞれ10万円加算」: each of them, not the last alone."""
    found = _EACH_OF.search(lines.left(fact)) if fact.kind is FactKind.LIMIT_ADDITION else None
    case = found["case"].strip(" 　") if found else ""
    return replace(fact, condition=case) if case.endswith(fact.condition or "〓") else fact


def _of_loan(lines: Lines, fact: Fact) -> Fact:
    """「県の補助後 0.40％」, 「うち県が0.20%を補助」, 「実質年0.80%」: not the rate that is charged."""
    if fact.kind not in (FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE) or fact.condition:
        return fact
    left = lines.left(fact)
    if after := _AFTER_AID.search(left):
        return replace(fact, condition=after["case"])
    if (borne := _BORNE.search(left)) and (bears := _BEARS.match(lines.right(fact))):
        return replace(fact, condition=f"{borne['case']}が{bears['how']}")
    if _REAL.search(left):
        first = _AT_FIRST.search(left)
        return replace(fact, condition=f"{first['when']}、実質" if first else "実質")
    return fact


def _in_all(lines: Lines, fact: Fact) -> Fact:
    """「1人につき30万円、総額2,000万円まで」."""
    found = _SUM.search(lines.left(fact)) if fact.kind in (*_LIMITS, FactKind.OTHER) and fact.yen else None
    one = lines.before(fact) if found and _AT_MOST.match(lines.right(fact)) else None
    if found is None or one is None:
        return fact
    paid = any(each.kind in (*_LIMITS, FactKind.LIMIT_ADDITION) for each in lines.on(fact) if each is not fact)
    if fact.kind is FactKind.OTHER and not paid:
        return fact
    kind = FactKind.SUBSIDY_LIMIT if fact.kind is FactKind.OTHER else fact.kind
    return replace(fact, kind=kind, condition=fact.condition or found["sum"], item=None)


def _limit_beside(lines: Lines, fact: Fact) -> Fact:
    """「グループ 1/2（上限150万円）」 is of the rate's case, 「小規模企業者 2/3　補助上限額 100万円」 of all."""
    rate = lines.before(fact) if fact.kind in _LIMITS else None
    if rate is None or rate.kind is not FactKind.SUBSIDY_RATE or not rate.condition:
        return fact
    between = lines.raw(fact)[start_of(rate) + len(rate.text) : start_of(fact)]
    if fact.condition is None and _HELD.fullmatch(between):
        return replace(fact, condition=rate.condition)
    rates = {one.condition for one in lines.alike(rate)}
    if fact.condition == rate.condition and len(rates) > 1 and _APART.fullmatch(between):
        return replace(fact, condition=None)
    return fact


def _part_beside(lines: Lines, fact: Fact) -> Fact:
    """「ロボット枠 1/3以内（小規模事業者は2/3以内）」: what stands in brackets is of the same 枠."""
    one = lines.before(fact) if fact.kind in _CASED and not fact.subprogram else None
    if one is None or one.kind is not fact.kind or not one.subprogram:
        return fact
    between = lines.raw(fact)[start_of(one) + len(one.text) : start_of(fact)]
    inside = re.fullmatch(r"(?:以内|以下)?[（(][^（()）]*", between)
    return replace(fact, subprogram=one.subprogram) if inside else fact


def _over_years(lines: Lines, fact: Fact) -> Fact:
    """「5年超10年以内」 in a list of loans is the case of the rate beside it; 「5年以内」 above is the other."""
    if fact.kind is not FactKind.LOAN_RATE or "\t" not in lines.raw(fact) or "年以内" in (fact.condition or ""):
        return fact
    if (over := _OVER.search(lines.left(fact))) and over["high"]:
        case = over["case"]
    elif (below := _OVER.search(lines.below(fact))) and re.search(rf"{below['low']}年以内", lines.left(fact)):
        case = f"{below['low']}年以内"
    else:
        return fact
    return replace(fact, condition=f"{fact.condition}・{case}" if fact.condition else case)


def _by_term(lines: Lines, fact: Fact) -> Fact:
    """「５年以内　１．５０％　　７年以内　１．７０％」: of several rates each has the length of the loan before it."""
    case = _term_before(lines, fact) if not fact.condition else None
    if case is None:
        return fact
    own = (fact.program_id, fact.subprogram)
    near = [
        one for one in lines.facts
        if abs(one.line_start - fact.line_start) <= _NEAR_TERMS and (one.program_id, one.subprogram) == own
    ]  # fmt: skip
    others = {_term_before(lines, one) for one in near} - {None, case}
    return replace(fact, kind=FactKind.LOAN_RATE, condition=case, item=None) if others else fact


def _term_before(lines: Lines, fact: Fact) -> str | None:
    rated = fact.kind is FactKind.LOAN_RATE or (fact.kind is FactKind.OTHER and fact.unit == "%")
    if not rated or "\t" in lines.raw(fact) or not is_fund(fact.program):
        return None
    found = _TERM.search(lines.left(fact))
    return found["case"] if found and "円" not in lines.left(fact) else None


def _same_case(lines: Lines, fact: Fact) -> Fact:
    """「補助率1/3（小規模企業者 1/2）　上限1,500千円（同 2,000千円）」: 同 is the case of the bracket before."""
    if fact.kind not in _CASED or fact.condition or not _DITTO.search(lines.left(fact)):
        return fact
    cased = [one for one in lines.on(fact) if start_of(one) < start_of(fact) and one.condition]
    last = max(cased, key=start_of, default=None)
    return replace(fact, condition=last.condition) if last else fact


def _without_note(lines: Lines, fact: Fact) -> Fact:
    """「［注1］ 一般振興資金の運転と設備を併せて利用する場合」 without the number of the note and the fund's name."""
    if not fact.condition or not _NOTE.match(fact.condition):
        return fact
    case = _NOTE.sub("", fact.condition).removeprefix(f"{fact.program}の")
    return replace(fact, condition=case or None)


NAMED: tuple[Callable[[Lines, Fact], Fact], ...] = (
    _side_by_side,
    _of_cost,
    _second_of,
    _to_whom,
    _each_of,
    _of_loan,
    _in_all,
    _limit_beside,
    _part_beside,
    _over_years,
    _by_term,
    _same_case,
    _without_note,
)
