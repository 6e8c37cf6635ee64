"""What the words around a figure call it: its kinds of fact."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from ..facts.cues import Cue, nearest_cue
from ..records import FactKind, FigureKind
from .growth import grew, is_difference
from .place import Place

BUDGETS = (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED)
LAST_YEAR = (FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED)
_RAISED = re.compile(r"(?:上限|限度)額?[がをはも]?[^、。0-9０-９]{0,20}$")  # 「上限額が30万円増える」 raises a limit
_LISTED = re.compile(r"(?:額|等|率)?[ 　]*(?:[・、,，と]|及び|並びに)[ 　]*")
_RIGHT_BEFORE = re.compile(
    r"[額等]*[ 　]*[はがの:：]?[ 　、]*(?:＿+(?:の場合)?(?:では|には|なら|は|が)?)?[ 　]*(?:年|約|最大)?[ 　]*"
)
_SORTS = (FigureKind.MONEY, FigureKind.RATE, FigureKind.PERCENT)
_FITS = {
    FigureKind.MONEY: frozenset(
        {*BUDGETS, FactKind.FUNDING_NATIONAL, FactKind.FUNDING_GENERAL, FactKind.FUNDING_OTHER, FactKind.TARGET}
    ),
    FigureKind.PERCENT: frozenset({FactKind.BUDGET_CHANGE, FactKind.TARGET}),
    FigureKind.COUNT: frozenset({FactKind.TARGET}),
    FigureKind.PERIOD: frozenset({FactKind.PERIOD}),
    FigureKind.DURATION: frozenset({FactKind.PERIOD}),
}


def kinds_said(place: Place, part: str | None) -> tuple[tuple[FactKind, ...], bool]:
    """The kinds that the words nearest before a figure (or right behind it) call it, and whether that is sure.

    It is not sure when another name and its figure stand between the word and the figure.
    """
    before, after, figure = place.words, place.after, place.figure
    if figure.kind is FigureKind.PERCENT and grew(place):
        return (FactKind.BUDGET_CHANGE,), True
    wrong = _wrong_kind(place)
    if wrong:
        return wrong, True
    if is_difference(place):
        raised = _RAISED.search(before)
        return (FactKind.BUDGET_CHANGE, *((FactKind.LIMIT_ADDITION,) if raised else ())), True
    fits = _FITS.get(figure.kind, frozenset())
    words = [(word, kinds) for word, kinds in _words_of_kinds() if word in before and set(kinds) & fits]
    named = [(before.rfind(word) + len(word), kinds) for word, kinds in words]
    end, kinds = max(named, default=(-1, ()), key=lambda pair: pair[0])
    cue = nearest_cue(before, after, figure)
    if cue is not None and not (cue.end < end and cue.start >= 0):
        end, kinds = cue.end, _kinds_of(cue)
    if FactKind.BUDGET in kinds and part:
        kinds = (*kinds, FactKind.BREAKDOWN)
    elif kinds == (FactKind.BREAKDOWN,) and any(end <= one.start and one.end <= figure.start for one in place.mentions):
        kinds = (*BUDGETS, *kinds)  # 「うち、離職者等再就職訓練が4億円」: a program's own amount
    return kinds, bool(kinds) and not _far(place, end)


def _kinds_of(cue: Cue) -> tuple[FactKind, ...]:
    if cue.kind is FactKind.BUDGET:
        return BUDGETS
    if cue.kind is FactKind.BUDGET_PREVIOUS:
        return (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS)  # of the year before, whichever document states it
    if cue.kind is FactKind.SUBSIDY_LIMIT and re.fullmatch(r"[がを]?(?:上限|限度)額?", cue.word):
        return (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)
    return (cue.kind,)


def _far(place: Place, end: int) -> bool:
    """Whether a figure and, after it, another name stand between the word that ends at ``end`` and the figure."""
    between = [one.end for one in place.figures if end <= one.start and one.end <= place.figure.start]
    return end >= 0 and any(mention.start >= last for mention in place.mentions for last in between[:1]
                            if mention.end <= place.figure.start)  # fmt: skip


def _wrong_kind(place: Place) -> tuple[FactKind, ...]:
    """What the word right before a figure calls for when that is another sort of figure: 「補助率は100万円」."""
    before, figure = place.bare, place.figure
    if figure.kind not in _SORTS or nearest_cue("", place.after, figure) is not None:
        return ()
    own = nearest_cue(before, "", figure)
    for kind in _SORTS:
        cue = nearest_cue(before, "", replace(figure, kind=kind)) if kind is not figure.kind else None
        if cue is None or cue.kind is FactKind.BREAKDOWN or not _RIGHT_BEFORE.fullmatch(before, cue.end):
            continue
        if own is None or not (own.end >= cue.start or _LISTED.fullmatch(before, own.end, cue.start)):
            return (cue.kind,)  # but 「補助率・上限額は1/2・50万円」 is a list
    for word, kinds in _words_of_kinds():
        at = before.rfind(word)
        if at < 0 or set(kinds) & _FITS.get(figure.kind, frozenset()) or (own is not None and own.end >= at):
            continue
        if _RIGHT_BEFORE.fullmatch(before, at + len(word)):
            return kinds
    return ()


@cache
def _words_of_kinds() -> tuple[tuple[str, tuple[FactKind, ...]], ...]:
    """Words that call a figure something where the documents' own cues do not."""
    return (
        ("国庫", (FactKind.FUNDING_NATIONAL,)),
        ("国費", (FactKind.FUNDING_NATIONAL,)),
        ("一般財源", (FactKind.FUNDING_GENERAL,)),
        ("その他の財源", (FactKind.FUNDING_OTHER,)),
        ("その他財源", (FactKind.FUNDING_OTHER,)),
        ("前年度の予算", (FactKind.BUDGET_PREVIOUS,)),
        ("現計", (FactKind.BUDGET_REVISED,)),
        ("増減率", (FactKind.BUDGET_CHANGE,)),
        ("前年度比", (FactKind.BUDGET_CHANGE,)),
        ("事業期間", (FactKind.PERIOD,)),
        ("目標", (FactKind.TARGET,)),
        ("予算", BUDGETS),
        ("事業費", BUDGETS),
    )
