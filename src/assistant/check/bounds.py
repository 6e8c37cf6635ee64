"""Words that turn an amount round (以上, 超, 未満, 最低, 月…): the same digits that state another thing."""

from __future__ import annotations

import re

from ..records import Fact, FactKind, FigureKind
from .place import Place

LIMITS = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.LIMIT_ADDITION)
HIGHEST = (*LIMITS, FactKind.SUBSIDY_RATE, FactKind.LOAN_TERM)  # no more than that is granted
_BUDGETS = (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED, FactKind.BREAKDOWN)
_GAP = r"[ 　]*[）)]?[ 　]*"
_LOWEST_BEHIND = re.compile(
    rf"{_GAP}(?:/[^0-9]{{1,4}})?[をが]?(?:以上|超(?!過)|超え|余り?(?!に)|あまり|強(?![化調制])|上回|オーバー|下限|から(?![^、。]{{0,12}}(?:[にへ]|の?(?:増|減))))"
)
_LESS_BEHIND = re.compile(rf"{_GAP}(?:未満|弱(?![点者])|足らず|近く|[をに](?:下回|満たな|届か)|より(?:少な|低))")
_MOST_BEHIND = re.compile(rf"{_GAP}[をが]?(?:以内|以下|上限|限度|を?超えな|を?上回らな)")
_DENIED = re.compile(rf"{_GAP}(?:では|じゃ)(?:なく|な(?:い|かった)|ありません)(?!.{{0,4}}か)")
# 「1,250万円の2倍」「1,250万円ずつ」「1,250万円引き上げ」: another amount than the one printed
_CHANGED = re.compile(
    rf"{_GAP}(?:の?(?:[0-9０-９.．一二三四五数]+(?:倍|割|%|％|分の)|半分|半額|倍額)|ずつ|の?引き?[上下]げ|より(?:も)?[^、。]{{0,4}}(?:多|高|大き|上))"
)
_NOT_MORE = re.compile(rf"{_GAP}を?(?:超え|上回ら)(?:ない|ず|ぬ)")
_LOWEST_BEFORE = re.compile(r"(?:最低|下限|最少|最小|少なくとも|ミニマム)[^、。，（）()0-9０-９]{0,10}$")
_LOWER_SAID = ("以上", "超", "超える", "を超える", "を超え", "超え", "を上回る", "最低", "最短")
_OFTEN = re.compile(
    r"(?:毎(?P<every>[年月週日])|(?<![0-9０-９])[1１一]か?(?P<one>[年月週日])|(?P<span>[年月週日])間|(?P<sum>[年月日])額|(?P<time>時)給)"
    r"(?:あたり|当たり|ごと|につき)?(?:に|で|は|の|：|:)?[ 　]*(?:上限|限度額?|最大|最高|約)?[ 　]*$"
)
_OFTEN_BEHIND = re.compile(r"[ 　]*[（(](?:毎)?([年月週日])(?:額|あたり|当たり|間)?[）)]")
_TIMES = {"年間": "年", "年度": "年", "単年度": "年", "年": "年", "月": "月", "か月": "月", "週": "週", "日": "日",
          "時間": "時", "時": "時"}  # fmt: skip
_APPLICANTS = frozenset({"者", "社", "企業", "事業者", "法人", "団体", "連携者数", "事業所", "組合", "グループ"})


def is_turned(fact: Fact, place: Place) -> bool:
    """Whether the words around a figure make it another statement than the fact: a least amount, or one a month."""
    return (
        bool(_DENIED.match(place.after) or _CHANGED.match(place.after))
        or _is_other_bound(fact, place)
        or is_share(fact, place)
    )


def _is_other_bound(fact: Fact, place: Place) -> bool:
    after, lower = place.after, fact.bound in _LOWER_SAID
    if _NOT_MORE.match(after):
        return lower
    if _LESS_BEHIND.match(after):
        return fact.bound not in ("未満", "を下回る")
    least = bool(_LOWEST_BEHIND.match(after) or _LOWEST_BEFORE.search(place.before))
    if least:
        return not lower and (fact.kind in HIGHEST or "から" not in after[:3])
    return lower and bool(_MOST_BEHIND.match(after))


def is_share(fact: Fact, place: Place) -> bool:
    """Whether the amount is told by the month, the piece … where the fact is not."""
    said, own = _per(place), fact.per
    if said is None or said == own or (own and _TIMES.get(said) == _TIMES.get(own) is not None):
        return False
    time = _TIMES.get(said)
    if time == "年" or (time is None and place.figure.kind is not FigureKind.MONEY):
        return fact.kind in LIMITS  # budgets and rates are of a year
    if time:
        return True
    if fact.kind in LIMITS:
        return said not in _APPLICANTS  # whom a limit is for
    return fact.kind in _BUDGETS


def _per(place: Place) -> str | None:
    """What the amount is told for: by a word (月額), by a number of one before it (1人3万円), or as a figure has it."""
    one = next((one for one in place.figures if one.end == place.figure.start and one.number == 1), None)
    behind = _OFTEN_BEHIND.match(place.after)
    if behind or (one and one.kind is FigureKind.COUNT and one.unit):
        return behind[1] if behind else one.unit if one else None
    match = _OFTEN.search(place.before)
    often = match and next((one for one in match.groups() if one), None)
    return often or place.figure.per
