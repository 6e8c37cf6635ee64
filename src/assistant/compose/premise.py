"""「3億円ですよね?」: say first whether it is so, then the right figure."""

from __future__ import annotations

import re

from ..figures import same_value
from ..index import Index
from ..records import DraftSentence, Fact, FactKind, Figure, FigureKind, Program, Query
from ..values import as_figure
from .figures import kinds_of, once, sentences_of
from .labels import called, fact_label
from .select import stated

# what a figure may be said to be, and what it is taken for when the question does not say
_COMPARABLE = {
    FigureKind.MONEY: (
        FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.BUDGET, FactKind.LIMIT_ADDITION, FactKind.LOAN_POOL,
        FactKind.BREAKDOWN, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED, FactKind.FUNDING_NATIONAL,
        FactKind.FUNDING_OTHER, FactKind.FUNDING_GENERAL,
    ),
    FigureKind.RATE: (FactKind.SUBSIDY_RATE,),
    FigureKind.PERCENT: (FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE, FactKind.SUBSIDY_RATE, FactKind.BUDGET_CHANGE),
}  # fmt: skip
_TAKEN_FOR = {
    FigureKind.MONEY: (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.BUDGET),
    FigureKind.RATE: (FactKind.SUBSIDY_RATE,),
    FigureKind.PERCENT: (FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE, FactKind.SUBSIDY_RATE),
}
_ABOUT = re.compile(r"くらい|ぐらい|約|程度|ほど|およそ|おおよそ|前後")
NEAR = 0.06  # share by which 「5億円くらい」 may differ


def premise_sentences(query: Query, program: Program, index: Index, last_year: bool) -> list[DraftSentence]:
    """Sentences that confirm or correct the figures a question takes for granted; [] when nothing compares.

    Only facts of the 枠, fund or case that the question names count, when it names one; without one, 「はい」 is
    said only where every case agrees.
    """
    sentences: list[DraftSentence] = []
    for said in query.premises:
        comparable = _COMPARABLE.get(said.kind, ())
        kinds = tuple(kind for kind in kinds_of(query, last_year) if kind in comparable)
        if FactKind.BUDGET_PREVIOUS in kinds:  # 「予算は前年度が…ですよね」
            kinds = tuple(kind for kind in kinds if kind is not FactKind.BUDGET)
        told = stated(query, program, index, kinds or _TAKEN_FOR.get(said.kind, ()))
        if told:
            stands = [kind for kind in (*kinds, told[0].kind) if any(fact.kind is kind for fact in told)]
            stands = [kind for kind in stands if kind is not FactKind.LIMIT_ADDITION] or stands
            sentences += _compared(query, program, index, said, [fact for fact in told if fact.kind is stands[0]])
    return sentences


def _compared(query: Query, program: Program, index: Index, said: Figure, told: list[Fact]) -> list[DraftSentence]:
    right = [fact for fact in told if same_value(as_figure(fact), said)]
    if right and len(right) == len(told):
        name = f"{called(program, right[0].subprogram)}の{fact_label(right[0])}"
        return [DraftSentence(f"はい、{name}は{{0}}です。", (once(right)[0],))]
    if right:
        opening = "場合によって異なります。"
    elif any(_near(query, said, fact) for fact in told):
        opening = "おおむねそのとおりです。"
    elif any(_within(said, fact) for fact in told):
        opening = "資料では幅のある額です。"
    else:
        opening = f"いいえ、{said.text}ではありません。"
    return [DraftSentence(opening, allowed=(said,)), *sentences_of(query, program, index, once(told))]


def _near(query: Query, said: Figure, fact: Fact) -> bool:
    if not _ABOUT.search(query.question) or not said.yen or not fact.yen:
        return False
    return abs(said.yen - fact.yen) <= NEAR * fact.yen


def _within(said: Figure, fact: Fact) -> bool:
    value, low, high = said.yen, fact.yen_min, fact.yen_max
    if value is None:
        value, low, high = said.number, fact.number_min, fact.number_max  # type: ignore[assignment]
    return value is not None and low is not None and high is not None and low <= value <= high
