"""What a figure is by its neighbours: 「1/2（小規模企業者は2/3）」, 「800億円（前年度 790億円）」."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import find_figures, fiscal_year, previous_year, year_number
from ..records import FactKind, Figure, FigureKind
from .cues import Cue, nearest_cue
from .grants import asks
from .make import Say

_LIMITS = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)
_SHARED = (
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
_OPENED = re.compile(rf"^[^（()）。\n]{{0,12}}[（(](?P<case>[^（()）。]{{0,60}}{_CASE_END})$")
_NOTE = re.compile(rf"^[\s　]*[※*][^。]{{2,60}}{_CASE_END}$")
_LAST_YEAR = re.compile(r"[（(〔［\[][\s　]*(前年度?|昨年度)(当初)?(予算額?)?[^（()）〔〕0-9０-９]{0,6}$")
_YEAR = re.compile(
    r"(?P<year>(?:令和|平成|R|H)[\s　]?[0-9０-９元]{1,2}年度)(?:末|の実績|実績|の|は|に|では|調査で|[\s　、])"
    r"(?P<rest>[^。～~]{0,24})$"
)
_SHARES = (FigureKind.RATE, FigureKind.PERCENT)


def alternative(
    text: str, figure: Figure, ahead: str, before: list[tuple[Figure, Say]]
) -> tuple[FactKind | None, str | None]:
    """The kind of the figure right before a bracket in which this one is the same for another case, and that case."""
    for other, say in reversed(before[-4:]):
        if not _alike(figure, other):
            continue
        opened = _OPENED.match(text[other.end : figure.start])
        if opened is None or say.kind not in _SHARED or re.match(r"うち|前年", opened["case"]):
            break
        if nearest_cue(opened["case"], ahead, figure):
            break
        return say.kind, _CASE_TAIL.sub("", opened["case"]).strip(" 　、") or None
    return None, None


def noted(text: str, figure: Figure, granted: FactKind | None) -> bool:
    """「※中小企業者が実施する場合は 2/3」 below a rate: the same for another case."""
    return granted is not None and figure.kind is FigureKind.RATE and _NOTE.match(text[: figure.start]) is not None


def how_long(text: str, figure: Figure, before: list[tuple[Figure, Say]]) -> bool:
    """「月3万円（12か月以内）」, 「年1.0%以内、3年間」: a length of time behind what is paid is how long it is paid."""
    if figure.kind is not FigureKind.DURATION or not before or before[-1][1].kind not in _PAID:
        return False
    between = text[before[-1][0].end : figure.start]
    return re.fullmatch(r"(?:以内|程度|まで)?[\s　]*[（(、，,][\s　]*(?:最長|最大)?", between) is not None


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
    found = _YEAR.search(sentence)
    if found is None or re.search(r"年度|までに|以降|から", found["rest"]):
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
        own = nearest_cue(text[: figure.start], "", figure)  # 「下限30万円」 is what its own word says
        if theirs.kind in _LIMITS and not own and not asks(figure, between):
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
