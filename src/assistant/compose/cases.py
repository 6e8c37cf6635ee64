"""The case of a rate, a limit or a term that a question is about: in the document's words or in others."""

from __future__ import annotations

from collections.abc import Sequence

from ..index import Index
from ..records import Fact, FactKind
from .choice import FLOOR, OWN, Candidate, Scored, meant, score
from .context import behind, beside
from .heard import Heard, asks_per, asks_the_rule, content, is_past, is_the_rule
from .labels import kind_label

_SURE = 1.5  # how much more it takes where a figure holds for everybody else
_TIMES = ("年", "月", "日", "週", "者", "社", "人", "件", "企業", "事業者")
_WHOLE = (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED, FactKind.BUDGET_CHANGE)


def of_asked_case(heard: Heard, facts: list[Fact], index: Index) -> list[Fact]:
    """Of facts of one kind those of the case that is asked; all when none is, or no one stands clear.

    What holds for everybody (no condition) is told when every other case is set aside or denied.
    """
    if not heard.says("past"):
        facts = [fact for fact in facts if not is_past(fact.condition or "")] or facts
    cases = list(dict.fromkeys(fact.condition for fact in facts if fact.condition))
    if not cases:
        return facts if facts and facts[0].kind in _WHOLE else _by_words_beside(heard, facts, index)
    rule = [fact for fact in facts if not fact.condition]
    if asks_the_rule(heard) and (rule or any(map(is_the_rule, cases))):
        general = [fact for fact in facts if fact.condition and is_the_rule(fact.condition)]
        return general or rule
    said = {case: " ".join(beside(fact) for fact in facts if fact.condition == case) for case in cases}
    called = content(kind_label(facts[0].kind))
    scored = score(heard, [Candidate(case, case, said[case]) for case in cases], index, but=called)
    chosen = meant(scored, floor=FLOOR * (_SURE if rule else 1.0)) if len(cases) > 1 else _if_named(scored)
    if chosen:
        of_case = [fact for fact in facts if fact.condition in chosen]
        caps = rule if all(fact.per and not _is_of_time(fact) for fact in of_case) else []
        return [fact for fact in facts if fact in of_case or (fact in caps and not fact.per)]
    out = {one.candidate.key for one in scored if one.out}
    left = [fact for fact in facts if fact.condition not in out]
    return left or facts


def _is_of_time(fact: Fact) -> bool:
    """Whether a figure is one for each year or month; one for each kW has the limit of all beside it."""
    return fact.per in _TIMES


def _if_named(scored: Sequence[Scored]) -> list[object]:
    """The only case there is, when the question speaks of it by a word of its own."""
    return [one.candidate.key for one in scored if one.own >= OWN and not one.out]


def _by_words_beside(heard: Heard, facts: list[Fact], index: Index) -> list[Fact]:
    """Facts without a condition, told apart by the words that stand before each on its line."""
    groups: dict[str | None, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.subprogram, []).append(fact)
    kept: list[Fact] = []
    for same in groups.values():
        values = {(fact.yen, fact.number, fact.text) for fact in same}
        heads = {fact.fact_id: f"{fact.item or ''} {beside(fact)} {behind(fact)}" for fact in same}
        if len(values) > 1 and len(set(heads.values())) == len(same):
            per = {fact.fact_id for fact in same if asks_per(heard, fact.per)}
            bonus = {key: float(key in per and len(per) < len(heads)) for key in heads}
            scored = score(heard, [Candidate(key, head, bonus=bonus[key]) for key, head in heads.items()], index)
            chosen = {one.candidate.key for one in scored if one.own >= OWN and not one.out}
            same = [fact for fact in same if fact.fact_id in chosen] or same
        kept += same
    return [fact for fact in facts if fact in kept]
