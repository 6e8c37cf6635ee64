"""Figures of the parts and cases that a question says not to mean: 「小口枠以外」, 「過疎地域じゃない所」."""

from __future__ import annotations

from collections.abc import Sequence

from ..records import Fact, FactKind
from ..tokens import fold
from ..understand.denied import denied_things
from .heard import is_of_what_is_not


def not_denied(question: str, kinds: Sequence[FactKind], facts: Sequence[Fact]) -> list[Fact]:
    """Facts without those of a part or a case that is denied, as long as others of their kind are left.

    Where a piece of a budget is denied its other pieces are meant, not the whole.
    """
    things = tuple(map(fold, denied_things(question)))
    if not things:
        return list(facts)
    out = {fact.fact_id for fact in facts if any(_is_of(thing, fact) for thing in things)}
    left = {fact.kind for fact in facts if fact.fact_id not in out}
    kept = [fact for fact in facts if fact.fact_id not in out or fact.kind not in left]
    pieces = [fact for fact in facts if fact.kind is FactKind.BREAKDOWN and (fact.subprogram or fact.item)]
    if FactKind.BUDGET not in kinds or not out & {fact.fact_id for fact in pieces} or FactKind.BREAKDOWN not in left:
        return kept
    return [fact for fact in kept if fact.kind is not FactKind.BUDGET]


def _is_of(thing: str, fact: Fact) -> bool:
    """Whether a part or a case bears what is denied in its name; 「…以外の者」 is what is left without it."""
    for name in filter(None, (fact.subprogram, fact.condition, fact.item if fact.kind is FactKind.BREAKDOWN else None)):
        plain = fold(name)
        if (thing in plain or plain in thing) and not is_of_what_is_not(name):
            return True
    return False
