"""Two or more programs by how far the budget of each moved from the year before: 「増え方が大きいのはどっち」."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..index import Index
from ..records import Draft, DraftSentence, Fact, FactKind, Program, Query
from ..understand.reckoning import says
from ..values.reckoning import computed
from .labels import called, fact_label
from .moving import by_how_much, moved_by, printed_rate

K = FactKind
_ABOUT_BUDGETS = frozenset({K.BUDGET, K.BUDGET_PREVIOUS, K.BUDGET_CHANGE})


def grown_apart(query: Query, programs: Sequence[Program], index: Index) -> Draft | None:
    """How far each of some programs moved, the one that moved the most first; None where that is not what is asked."""
    of_budgets = set(query.kinds) <= _ABOUT_BUDGETS and query.operation in ("compare", "difference", "each", "rank")
    apart = len({one.id for one in programs}) == len(programs) > 1
    each_of_both = query.operation == "each" and {K.BUDGET, K.BUDGET_CHANGE} <= set(query.kinds)  # 「額と増減率は」
    if not of_budgets or not apart or not says(query.question, "growth") or query.premises or each_of_both:
        return None
    steps = [moved_by(one, index) for one in programs]
    rates = [printed_rate(one, index) for one in programs]
    if says(query.question, "rate") and (printed := [one for one in rates if one]) and len(printed) == len(rates):
        return Draft("answered", None, tuple(_by_rates(query, printed, index)))
    known = [(step, one) for step, one in zip(steps, programs, strict=True) if step is not None]
    if len(known) < len(programs):
        return None
    less = _is_down(query.question, [step for step, _ in known])
    order = sorted(known, key=lambda one: one[0] if less else -one[0])
    first = order[0][0] != order[1][0] and order[0][0] != 0
    alike = len({one.program for one in programs}) < len(programs)
    told = []
    for place, (_, one) in enumerate(order):
        lead = "いちばん" if first and place == 0 else ""
        home = index.documents[one.document].region if alike else ""
        told += by_how_much(one, index, leading=lead, amounts=True, home=home)
    return Draft("answered", None, tuple(told)) if told else None


def _by_rates(query: Query, rates: Sequence[Fact], index: Index) -> list[DraftSentence]:
    """The printed rates, first the one farthest down or up where they are compared."""
    less = _is_down(query.question, [one.number or 0.0 for one in rates])
    rates = sorted(rates, key=lambda one: one.number or 0.0, reverse=not less) if query.operation != "each" else rates
    first = computed("least" if less else "most", rates) if query.operation in ("compare", "rank") else None
    told = [
        DraftSentence(f"{called(index.programs[one.program_id])}の{fact_label(one)}は{{0}}です。", (one,))
        for one in rates
    ]
    if first is None or len({one.number for one in rates}) < len(rates):
        return told
    name = called(index.programs[first.of[0].program_id])
    text = f"{fact_label(first.of[0])}がいちばん{'低い' if less else '高い'}のは{name}で、{{=0}}です。"
    return [DraftSentence(text, computed=(first,)), *told]


def _is_down(question: str, steps: Sequence[float]) -> bool:
    """Whether the one farthest down is asked for; of 「増減」 only where none went up."""
    if not says(question, "shrinking") or not any(step < 0 for step in steps):
        return False
    return not any(step > 0 for step in steps) or re.search("増|ふえ|伸び", question) is None
