"""Unlike figures of one kind (offices, counts, targets, amounts of a breakdown): those that the question speaks of."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..index import Index
from ..records import Fact, FactKind, Query
from .choice import CLEAR, NAMED, OWN, Candidate, Scored, score
from .context import behind, beside, sentence_of
from .heard import Heard, asks_for, asks_per, asks_the_rule, asks_year, flags_asked, is_past

_CLEAR = 0.3
_FLOOR = 0.6
_OF_PART = 0.8  # of a figure of the part that the question describes, less than a word of its own
_FEW = 2  # figures of a described part that are told though nothing else is said of them
_OTHERS = (FactKind.COUNT, FactKind.TARGET, FactKind.OTHER, FactKind.PERIOD)


def of_asked_items(
    query: Query, heard: Heard, facts: list[Fact], index: Index, parts: Collection[str] = ()
) -> tuple[list[Fact], bool]:
    """Of unlike figures those that the question's words speak of, and whether any is; else all that count alike.

    ``parts`` are the described ones.  Of a program that was only described, figures that nothing in the question
    speaks of are not told at all.
    """
    facts, counted = of_counted(heard, _of_now(heard, facts))
    counted |= all(fact.kind is FactKind.PERIOD for fact in facts)
    if len(facts) < 2 and (query.named or query.partly or counted):
        return facts, False
    candidates = [
        Candidate(place, _head(fact), f"{beside(fact)} {sentence_of(fact)}", _besides(heard, fact, facts, parts))
        for place, fact in enumerate(facts)
    ]
    marks = flags_asked(heard)
    if marks and all(set(marks) & set(fact.flags) for fact in facts):
        return facts, True  # 「新規の分」
    for naming in (False, True):
        places = _spoken_of(score(heard, candidates, index, naming=naming), several=bool(heard.says("both")))
        if places:
            return [fact for place, fact in enumerate(facts) if place in places], True
    if not (query.named or query.partly or counted):
        facts = [fact for fact in facts if fact.subprogram in parts and asks_for(heard, fact.kind)]
        return (facts if len(facts) <= _FEW else []), False
    return facts, False


def _of_now(heard: Heard, facts: list[Fact]) -> list[Fact]:
    """Without figures of an earlier time, or of a case where the rule is asked for, when there are others."""
    if not heard.says("past"):
        now = [fact for fact in facts if not is_past(fact.condition or "")]
        facts = now or facts
    if asks_the_rule(heard):
        rule = [fact for fact in facts if not fact.condition]
        facts = rule or facts
    return facts


def _spoken_of(scored: Sequence[Scored], *, several: bool = False) -> set[object]:
    """Keys of those meant; with ``several`` (「国内と海外それぞれ」) of all that have a word of their own."""
    left = [one for one in scored if not one.out]
    top = max((one.score for one in left), default=0.0)
    least = top / 2 if several else top - CLEAR
    named = [one for one in left if one.own >= NAMED or (one.own >= OWN and one.score >= least)]
    if not named and top >= _FLOOR:
        named = [one for one in left if one.score >= top - _CLEAR]
    return {one.candidate.key for one in named}


def _besides(heard: Heard, fact: Fact, siblings: list[Fact], parts: Collection[str]) -> float:
    """What speaks for a figure beside its words: it is a year's, or for one year, firm or person, as no sibling is."""
    found = _OF_PART if fact.subprogram in parts and any(one.subprogram not in parts for one in siblings) else 0.0
    per = [asks_per(heard, one.per) for one in (fact, *siblings)]
    year = [asks_year(heard, beside(one)) for one in (fact, *siblings)]
    return found + sum(1.0 for said in (per, year) if said[0] and not all(said))


def of_counted(heard: Heard, facts: list[Fact]) -> tuple[list[Fact], bool]:
    """「何社」: figures that count so; all of them, and False, when the question counts nothing or none does."""
    if not heard.counted or all(fact.kind is FactKind.PERIOD for fact in facts):
        return facts, False
    units = frozenset().union(*heard.counted)
    found = [fact for fact in facts if fact.kind not in _OTHERS or unit_of(fact) in units]
    return (found, True) if found else (facts, False)


def unit_of(fact: Fact) -> str | None:
    """The unit of a fact; 「rate」 for a share without one."""
    return fact.unit or ("rate" if fact.number is not None else None)


def _noun(fact: Fact) -> str | None:
    """What a count counts, where its unit says it: 62コース."""
    return fact.unit if fact.yen is None and len(fact.unit or "") > 1 else None


def _head(fact: Fact) -> str:
    mark = behind(fact)
    parts = (fact.item, fact.condition, fact.subprogram, mark if mark not in fact.flags else None, _noun(fact))
    return " ".join(dict.fromkeys(part for part in parts if part))
