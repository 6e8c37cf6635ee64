"""「3億円ですよね?」: say first whether it is so, then the right figure."""

from __future__ import annotations

from ..figures import same_value
from ..index import Index
from ..records import DraftSentence, Fact, FactKind, FigureKind, Program, Query
from ..values import as_figure
from .figures import sentences_of, stated
from .labels import called, fact_label

_BY_FIGURE = {
    FigureKind.MONEY: (
        FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.BUDGET, FactKind.LIMIT_ADDITION, FactKind.LOAN_POOL,
        FactKind.BREAKDOWN,
    ),
    FigureKind.RATE: (FactKind.SUBSIDY_RATE,),
    FigureKind.PERCENT: (FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE, FactKind.SUBSIDY_RATE),
}  # fmt: skip


def premise_sentences(query: Query, program: Program, index: Index, last_year: bool) -> list[DraftSentence]:
    """Sentences that confirm or correct the figure a question takes for granted; [] when nothing compares.

    Only facts of the 枠, fund or case that the question names count, when it names one.
    """
    said = query.premises[0]
    comparable = _BY_FIGURE.get(said.kind, ())
    kinds = tuple(kind for kind in query.kinds or comparable if kind in comparable) or query.kinds
    told = stated(query, program, index, kinds, last_year)
    if not told:
        return []
    right = [fact for fact in told if same_value(as_figure(fact), said)]
    if right:
        return [_yes(program, right[0], told)]
    first = [fact for fact in told if fact.kind is told[0].kind]
    no = DraftSentence(f"いいえ、{said.text}ではありません。", allowed=(said,))
    return [no, *sentences_of(query, program, index, first)]


def _yes(program: Program, fact: Fact, told: list[Fact]) -> DraftSentence:
    """「はい」, with the case it holds for when there are others."""
    others = [other for other in told if other.kind is fact.kind and other.condition != fact.condition]
    name = f"（{fact.condition}）" if fact.condition and others else ""
    return DraftSentence(f"はい、{called(program, fact.subprogram)}の{fact_label(fact)}{name}は{{0}}です。", (fact,))
