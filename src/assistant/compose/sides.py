"""What is asked of each of several things, where that is not the same: 「Aの前年度の額と、Bの今年度の額」."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from ..records import FactKind, Query
from ..understand.asked import asked_kinds
from ..values.reckoning import BUDGETS
from .operands import Operand

K = FactKind
Kinds = tuple[FactKind, ...]


def kinds_of_sides(query: Query, things: Sequence[Operand]) -> tuple[Kinds, ...]:
    """The kinds asked of each thing, in their order; () where the same is asked of all.

    Each thing is asked what stands behind it, up to the next one.  Of one that nothing stands behind the same is asked
    as of the next; as the last one it is asked what the one before it is, and where that was last year's budget, its
    own as well.
    """
    order = sorted(things, key=lambda one: one.start)
    if len(order) < 2 or any(one.end <= one.start for one in order) or any(a.end > b.start for a, b in pairwise(order)):
        return ()
    ends = [*(one.start for one in order[1:]), len(query.question)]
    said = [_asked_in(_unnamed(query.question[one.start : end], one)) for one, end in zip(order, ends, strict=True)]
    if not all(set(kinds) <= BUDGETS for kinds, _ in said):
        said = [((), False) if vague else (kinds, vague) for kinds, vague in said]  # 「融資枠として示した額」
    return _filled([kinds for kinds, _ in said], order, things)


def _filled(said: Sequence[Kinds], order: Sequence[Operand], things: Sequence[Operand]) -> tuple[Kinds, ...]:
    """What is asked of each thing, with what is asked of the others where nothing stands behind it."""
    if len({one for one in said if one}) < 2 and not (said[0] == (K.BUDGET_PREVIOUS,) and not any(said[1:])):
        return ()
    filled: list[Kinds] = []
    for place, own in enumerate(said):
        later = next((one for one in said[place + 1 :] if one), ())
        before = filled[-1] if filled else ()
        filled.append(own or later or ((K.BUDGET, *before) if before == (K.BUDGET_PREVIOUS,) else before))
    of_thing = {id(one): kinds for one, kinds in zip(order, filled, strict=True)}
    return tuple(of_thing[id(one)] for one in things)


def _unnamed(words: str, thing: Operand) -> str:
    """Words without the piece of a thing's name that they hold."""
    names = (thing.program.program, *thing.program.aliases, *thing.query.subprograms)
    shared = [SequenceMatcher(None, words, name, autojunk=False).find_longest_match() for name in names]
    longest = max(shared, key=lambda one: one.size)
    return words[: longest.a] + words[longest.a + longest.size :]


def _asked_in(words: str) -> tuple[Kinds, bool]:
    """The kinds that some words ask for, and whether it is but an amount, or this year's: the budget."""
    asked = asked_kinds(words)
    if asked.kinds:
        return asked.kinds, False
    vague = asked.open_amount or "今年度" in words or "本年度" in words
    return ((K.BUDGET,), True) if vague else ((), False)


def comparable(sides: Sequence[Kinds]) -> bool:
    """Whether what is asked of the things may be set against each other: budgets of whatever year."""
    return all(set(kinds) <= BUDGETS for kinds in sides)
