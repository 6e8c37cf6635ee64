"""What a figure is by its neighbours: 「1/2（小規模企業者は2/3）」, 「800億円（前年度 790億円）」."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import find_figures, fiscal_year, previous_year, year_number
from ..records import FactKind, Figure, FigureKind
from .cues import Cue, nearest_cue
from .grants import asks
from .make import Say

CEILINGS = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)
SHARED = (
    FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.LOAN_RATE, FactKind.LOAN_TERM,
    FactKind.GUARANTEE_RATE, FactKind.PERIOD,
)  # fmt: skip
_PAID = (FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT, FactKind.LIMIT_ADDITION)
_YEARLY = (FactKind.LOAN_POOL, FactKind.LOAN_LIMIT, FactKind.SUBSIDY_LIMIT)
_CASE_END = (
    r"(?:は|の場合|場合は?|に限り|には|では|：|:|者|企業|団体|組合|法人|市町村|型|枠|世帯|大学)"
    r"[\s　、]*(?:年率?|最大|最長|上限|一律)?[\s　]*"
)
_CASE_TAIL = re.compile(r"(?:は|には|では|：|:)?[\s　、]*(?:年率?|最大|最長|上限|一律)?[\s　]*$")
_OPENED = re.compile(
    rf"^[^（()）。\n]{{0,12}}[（(](?P<case>(?:[^（()）。]|[（(][^（()）]{{0,16}}[)）]){{0,60}}?{_CASE_END})$"
)
# 「1/3以内（離島 1/2以内）」
_WORD_OPENED = re.compile(
    r"^(?:以内|まで)?[\s　]*[（(](?P<case>(?!うち|前年|国[\s　]|[都道府県市町村][\s　]|計[\s　]|最大|上限|下限)"
    r"[一-龥々ァ-ヶー・]{2,12}(?<![率額度限]))[\s　]+$"
)
_WORD = r"(?P<name>[一-龥々ァ-ヶー]{2,8}?(?<![率額度限]))[\s　]*"
_LISTED = re.compile(rf"(?:以内|まで)?[\s　]*[、，,／/\s　]+{_WORD}")
# 「投下固定資産額の10％、蓄電池関連は15％」
_FOR_ANOTHER = re.compile(
    r"(?:以内|まで)?[\s　]*[、，,][\s　]*(?!うち|残)[^、。（）()\n]{2,16}?(?<![率合額比数高])(?<!負担)(?<!自己)"
    r"(?:は|には|では)[\s　]*"
)
_INNER = re.compile(
    r"(?:^|[\n（(、])[\s　・\-]*(?P<case>うち(?:[（(【]新規?[)）】])?[^\s　、。（()）]{2,20}?)[\s　：:は]*$"
)
_EXCEPT = re.compile(
    r"^[\s　・\-*]*(?:ただし|但し|なお)、(?P<case>[^。、]{2,40}?)(?:の場合)?(?:に?は|については)[、]?"
    r"[\s　]*(?:補助率|上限額?)?[\s　]*$"
)
# 「ただし、従業員が20人以下の場合は50万円」, behind 「上限 100万円。」
_IN_CASE = re.compile(r"^[\s　・\-*]*(?:ただし|但し)、[^。]{2,}?の?場合は[\s　]*$")
# 「…1/2以内を補助します。市内で購入する場合は3/4以内とします」 needs no ただし
_OTHER_CASE = re.compile(
    r"^[\s　・\-*]*(?:また、)?(?P<case>[^。、]{2,40}?(?:場合|とき|者|企業|団体|組合|法人))(?:に?は|については)[、]?"
    r"[\s　]*(?:補助率|上限額?)?[はを]?[\s　]*$"
)
_NEXT_TERM = re.compile(
    r"(?:以内|まで|程度|を(?:限度|上限)(?:に|と(?:して|し))?)?[\s　]*[、，,・／/][\s　]*(?:年率?|期間|最長)?["
    r"\s　]*"
)
_WITHIN = ("まで", "以内", "上限", "限度", "を上限", "を限度")
_LENT = (FactKind.LOAN_LIMIT, FactKind.LOAN_RATE, FactKind.LOAN_TERM)
_TIER = re.compile(
    r"(?:超える|超えた|以下の|未満の|までの)部分(?:は|に?ついては|には)?[、\s　：:]*(?:補助率)?は?[\s　]*$"
)
_NOTE = re.compile(rf"^[\s　]*[※*][^。]{{2,60}}{_CASE_END}$")
_LAST_YEAR = re.compile(r"[（(〔［\[][\s　]*(前年度?|昨年度)(当初)?(予算額?)?[^（()）〔〕0-9０-９]{0,6}$")
_YEAR_PRINTED = (
    r"(?:(?:令和|平成|R|H)[\s　]?[0-9０-９元]{1,2}年度"
    r"|(?<![A-Za-z0-9～〜~－-])[RH][0-9]{1,2}(?![0-9.．年/／～〜~－-]))"  # 「R6採択実績 34者」
)
_ANY_YEAR = re.compile(_YEAR_PRINTED)
_YEAR = re.compile(
    rf"(?P<year>{_YEAR_PRINTED})"
    r"(?:末|の実績|(?:採択|利用|交付|支援)?実績|の|は|に|では|調査で|[\s　、]|("
    r"?=[0-9０-９]{1,2}月補正|補正|最終))"
    r"(?P<rest>[^。～~]{0,24})$"
)
_RATE_FIELD = re.compile(
    r"^[\s　・\-*○]*(?P<label>[^\s　：:（()）。]{2,8}(?:率|割合))[\s　：:]+[^（()）]*[（(][^（()）]*。"
    r"(?P<case>[^（()）。、]{2,30}?)(?:は|には|の場合は?)[\s　]*$"
)
_SHARES = (FigureKind.RATE, FigureKind.PERCENT)


def alternative(
    text: str, figure: Figure, ahead: str, before: list[tuple[Figure, Say]]
) -> tuple[FactKind | None, str | None]:
    """The kind of the figure right before a bracket in which this one is the same for another case, and that case."""
    for other, say in reversed(before[-4:]):
        if not _alike(figure, other):
            continue
        opened = _OPENED.match(text[other.end : figure.start]) or _WORD_OPENED.match(text[other.end : figure.start])
        if opened is None or say.kind not in SHARED or re.match(r"うち|前年", opened["case"]):
            break
        if nearest_cue(opened["case"], ahead, figure):
            break
        return say.kind, _CASE_TAIL.sub("", opened["case"]).strip(" 　、") or None
    return None, None


def noted(text: str, figure: Figure, granted: FactKind | None) -> bool:
    """「※中小企業者が実施する場合は 2/3」 below a rate: the same for another case."""
    return granted is not None and figure.kind is FigureKind.RATE and _NOTE.match(text[: figure.start]) is not None


def in_rate_field(text: str, figure: Figure) -> str | None:
    """The case of a share in a later sentence of its field: 「補給割合　全額　（８月まで。９月以降は２分の１）」."""
    found = _RATE_FIELD.match(text[: figure.start]) if figure.kind in _SHARES else None
    cue = nearest_cue(f"{found['label']} ", "", figure) if found else None
    return found["case"] if found and cue and cue.kind is FactKind.SUBSIDY_RATE and not asks(figure, "") else None


def tiered(text: str, figure: Figure) -> bool:
    """「1,500万円を超える部分は1/3」: a share of what is above or below a sum."""
    return figure.kind is FigureKind.RATE and _TIER.search(text[: figure.start]) is not None


def how_long(text: str, figure: Figure, before: list[tuple[Figure, Say]]) -> bool:
    """「月3万円（12か月以内）」, 「年1.0%以内、3年間」: a length of time behind what is paid is how long it is paid."""
    if figure.kind is not FigureKind.DURATION or not before or before[-1][1].kind not in _PAID:
        return False
    between = text[before[-1][0].end : figure.start]
    return (
        re.fullmatch(
            r"(?:以内|程度|まで)?[\s　]*[（(、，,][\s　]*(?:[^、。（）()]{1,8}(?:から|後))?の?(?:最長|最大)?", between
        )
        is not None
    )


def grown(text: str, figure: Figure, before: list[tuple[Figure, Say]]) -> bool:
    """「（前年度 1,402千円、19.4％増）」: by how much a budget has grown since the amount before."""
    if figure.kind is not FigureKind.PERCENT or not before or before[-1][1].kind is not FactKind.BUDGET_PREVIOUS:
        return False
    between = text[before[-1][0].end : figure.start]
    grows = re.match(r"[\s　]*の?(?:増|減)(?![税免額])", text[figure.end : figure.end + 8])
    signed = re.match(r"[▲△＋+−]", figure.text)  # 「（2,500千円、▲4.0％）」
    return (grows or signed) is not None and re.fullmatch(r"[\s　]*[、，,・／/][\s　]*", between) is not None


def multiplied(figure: Figure, before: list[tuple[Figure, Say]]) -> bool:
    """「1人 15万円　50人分 7,500千円」: what so many times the amount before comes to."""
    if figure.kind is not FigureKind.MONEY or len(before) < 2 or not figure.yen:
        return False
    (price, _), (times, _) = before[-2:]
    counted = times.kind is FigureKind.COUNT and times.number is not None and times.number > 1
    return counted and price.yen is not None and price.yen * (times.number or 0) == figure.yen


def excepted(
    left: str, figure: Figure, limit: FactKind | None, share: FactKind | None, right: str = "…"
) -> tuple[FactKind, str] | None:
    """「補助率は2/3です。ただし、海外の展示会は3/4とします」: the same as before, for the case that is named."""
    sentence = left.rpartition("。")[2]
    found = _EXCEPT.search(sentence)
    if found is None and figure.bound in _WITHIN and "。" in left:
        found = _OTHER_CASE.search(sentence)
    if found is None or asks(figure, ""):
        return None
    if figure.kind is FigureKind.RATE and share is not None:
        return share, found["case"]
    ends = _IN_CASE.search(sentence) is not None and re.match(r"[\s　]*(?:。|とし|とする|です|$)", right) is not None
    capped = figure.bound in _WITHIN or ends
    if figure.kind is FigureKind.MONEY and limit in CEILINGS and capped:
        return limit, found["case"]
    return None


def goes_on(text: str, figure: Figure, before: list[tuple[Figure, Say]]) -> FactKind | None:
    """「限度額1,000万円、年1.5％、7年以内」 of a loan, 「国内1/2、海外2/3」: what the one before makes of this one."""
    if not before or asks(figure, ""):
        return None
    (other, say), between = before[-1], text[before[-1][0].end : figure.start]
    if say.kind is FactKind.SUBSIDY_RATE and figure.kind is other.kind is FigureKind.RATE:
        return say.kind if _LISTED.fullmatch(between) or _FOR_ANOTHER.fullmatch(between) else None
    if say.kind is FactKind.SUBSIDY_RATE and figure.kind is other.kind is FigureKind.PERCENT:
        return say.kind if _FOR_ANOTHER.fullmatch(between) else None
    if say.kind not in _LENT or not _NEXT_TERM.fullmatch(between):
        return None
    if figure.kind is FigureKind.PERCENT and figure.per == "年":
        return FactKind.LOAN_RATE
    return FactKind.LOAN_TERM if figure.kind is FigureKind.DURATION and figure.bound in ("以内", "最長") else None


def spelled_out(text: str, figure: Figure, before: list[tuple[Figure, Say]]) -> bool:
    """「令和7年度～令和11年度（5年間）」, 「…から令和11年度までの5年間」: the length of the period right before it."""
    if figure.kind is not FigureKind.DURATION or not before or before[-1][0].kind is not FigureKind.PERIOD:
        return False
    between = text[before[-1][0].end : figure.start]
    return re.fullmatch(r"(?:まで)?の?[\s　]*[（(](?:予定|計)?|までの", between) is not None


def within(left: str) -> str | None:
    """「うち伴走支援費　30万円」 below a limit: how much of it that may be, and for what."""
    found = _INNER.search(left)
    return found["case"] if found else None


def of_last_year(since: str, last: FactKind | None) -> FactKind | None:
    """What an amount behind 「（前年度」 is, by the amount before it; None when it is not behind such words.

    ``last`` is what was said of that amount; a bracket alone on its line speaks of the program's budget.
    """
    if _LAST_YEAR.search(since) is None:
        return None
    if last in (None, FactKind.BUDGET):
        return FactKind.BUDGET_PREVIOUS
    return last if last in _YEARLY else FactKind.OTHER


def last_year_say(kind: FactKind, this_year: str) -> Say:
    """What is said of an amount of the year before ``this_year``; a kind that does not say so itself gets it said."""
    case = None if kind is FactKind.BUDGET_PREVIOUS else "前年度"
    known = year_number(this_year) is not None
    return Say(kind, item="前年度", condition=case, fiscal_year=previous_year(this_year) if known else None)


def of_year(sentence: str) -> str | None:
    """The fiscal year that a sentence gives for the figure behind it: 「令和6年度は150件」, not 「令和9年度までに」."""
    printed = [each.start() for each in _ANY_YEAR.finditer(sentence)]
    found = _YEAR.match(sentence, printed[-1]) if printed else None
    if printed and re.search(r"[0-9０-９元]年?度?(?:[～〜~－-]|から)[\s　]*$", sentence[: printed[-1]]):
        return None  # 「令和７年度～令和９年度、総事業費9億円」: a span of years
    if found is None or re.search(r"年度|までに|以降|から|繰り?越", found["rest"]):
        return None
    return fiscal_year(found["year"])


def share_cue(text: str, said: list[tuple[Figure, Say]]) -> list[tuple[Figure, Say]]:
    """「総額で9,750万円、単年度で4,500万円を超えない範囲」: amounts joined by 、 share what is said behind the last."""
    result = list(said)
    for place in range(len(said) - 2, -1, -1):
        (figure, say), (other, theirs) = result[place], result[place + 1]
        between = text[figure.end : other.start]
        joined = len(between) < 40 and re.fullmatch(r"[、，,][^。、，]{0,14}", between)
        if say.kind is not FactKind.OTHER or figure.kind is not other.kind or not joined:
            continue
        # 「下限30万円」 is what its own word says
        own = nearest_cue(text[: figure.start].rpartition("。")[2], "", figure)
        if theirs.kind in (*CEILINGS, FactKind.LIMIT_ADDITION) and not own and not asks(figure, between):
            result[place] = (figure, replace(say, kind=theirs.kind, item=None))
    return result


def label_cue(label: str) -> Cue | None:
    """What a printed label such as 融資限度額 or 補正前 says of the amount behind it."""
    return nearest_cue(label, "", find_figures("1円")[0])


def label_kind(label: str) -> FactKind | None:
    """The kind of money that a printed label such as 融資限度額 stands for."""
    cue = label_cue(label)
    return cue.kind if cue else None


def _alike(figure: Figure, other: Figure) -> bool:
    return figure.kind is other.kind or (figure.kind in _SHARES and other.kind in _SHARES)
