"""「3億円ですよね?」: say first whether it is so, then the right figure."""

from __future__ import annotations

from ..figures import same_value
from ..records import DraftSentence, Fact, FactKind, FigureKind, Program, Query
from ..values import as_figure
from .figures import once
from .labels import called, fact_label

_BY_FIGURE = {
    FigureKind.MONEY: (
        FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.BUDGET, FactKind.LIMIT_ADDITION, FactKind.LOAN_POOL,
        FactKind.BREAKDOWN,
    ),
    FigureKind.RATE: (FactKind.SUBSIDY_RATE,),
    FigureKind.PERCENT: (FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE, FactKind.SUBSIDY_RATE),
}  # fmt: skip


def premise_sentence(query: Query, program: Program, facts: tuple[Fact, ...]) -> DraftSentence | None:
    """A sentence that confirms or corrects the figure a question takes for granted; None when nothing compares."""
    said = query.premises[0]
    kinds = query.kinds or _BY_FIGURE.get(said.kind, ())
    told = [fact for fact in facts if fact.kind in kinds and "example" not in fact.flags]
    told = [fact for fact in told if fact.kind in _BY_FIGURE.get(said.kind, kinds)]
    if not told:
        return None
    right = [fact for fact in told if same_value(as_figure(fact), said)]
    if right:
        fact = right[0]
        name = f"（{fact.condition}）" if fact.condition else ""
        text = f"はい、{called(program, fact.subprogram)}の{fact_label(fact)}{name}は{{0}}です。"
        return DraftSentence(text, (fact,), allowed=(said,))
    first = once([fact for fact in told if fact.kind is told[0].kind])
    pieces = "、".join(
        (f"{fact.condition}が" if fact.condition else "") + "{" + str(place) + "}" for place, fact in enumerate(first)
    )
    name = f"{called(program, first[0].subprogram)}の{fact_label(first[0])}"
    text = f"いいえ、{said.text}ではありません。{name}は、{pieces}です。"
    return DraftSentence(text, tuple(first), allowed=(said,))
