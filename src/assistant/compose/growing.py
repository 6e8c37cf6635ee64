"""Two or more programs by how far the budget of each moved from the year before: 「増え方が大きいのはどっち」."""

from __future__ import annotations

from collections.abc import Sequence

from ..index import Index
from ..records import Draft, DraftSentence, FactKind, Program, Query
from ..understand.reckoning import says
from .labels import called, fact_label
from .moving import by_how_much, moved_by, printed_rate

K = FactKind
_ABOUT_BUDGETS = frozenset({K.BUDGET, K.BUDGET_PREVIOUS, K.BUDGET_CHANGE})


def grown_apart(query: Query, programs: Sequence[Program], index: Index) -> Draft | None:
    """How far each of some programs moved, the one that moved the most first; None where that is not what is asked."""
    of_budgets = set(query.kinds) <= _ABOUT_BUDGETS and query.operation in ("compare", "difference", "each", "rank")
    apart = len({one.id for one in programs}) == len(programs) > 1
    if not of_budgets or not apart or not says(query.question, "growth") or query.premises:
        return None
    steps = [moved_by(one, index) for one in programs]
    rates = [printed_rate(one, index) for one in programs]
    if says(query.question, "rate") and all(rates):
        told = [
            DraftSentence(f"{called(index.programs[one.program_id])}の{fact_label(one)}は{{0}}です。", (one,))
            for one in rates
            if one
        ]
        return Draft("answered", None, tuple(told))
    known = [(step, one) for step, one in zip(steps, programs, strict=True) if step is not None]
    if len(known) < len(programs):
        return None
    less = says(query.question, "shrinking") and not any(step > 0 for step, _ in known)
    order = sorted(known, key=lambda one: one[0] if less else -one[0])
    first = order[0][0] != order[1][0] and order[0][0] != 0
    told = [
        sentence
        for place, (_, one) in enumerate(order)
        for sentence in by_how_much(one, index, leading="いちばん" if first and place == 0 else "", amounts=True)
    ]
    return Draft("answered", None, tuple(told)) if told else None
