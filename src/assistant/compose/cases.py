"""The case of a rate, a limit or a term that a question is about: in the document's words or in others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..index import Index
from ..records import LOWERED, RAISED, Fact, FactKind
from .choice import FLOOR, OWN, Candidate, Scored, meant, score
from .context import behind, beside
from .heard import Heard, asks_per, asks_the_rule, content, is_past, is_the_rule
from .labels import kind_label

_SURER = 2.5  # and where the other case is the rule, which no words speak of
_SURE = 1.5  # how much more it takes where a figure holds for everybody else
#: A note that says what the number of a condition stands for.
NUMBERED = re.compile(r"\([0-9]+\)＝")
_FEW = 4  # cases that are set against each other
_INNER = re.compile(r"うち|内数")  # a piece of a limit is told with the whole
_TIMES = ("年", "月", "日", "週", "者", "社", "人", "件", "企業", "事業者")
_WHOLE = (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED, FactKind.BUDGET_CHANGE)


def of_asked_case(heard: Heard, facts: list[Fact], index: Index) -> list[Fact]:
    """Of facts of one kind those of the case that is asked; all when none is, or no one stands clear.

    What holds for everybody (no condition) is told when every other case is set aside or denied.  By how much a rate
    or limit is raised or lowered in a case is told beside it, where that case is spoken of or no case is.
    """
    if not heard.says("past"):
        of_rates = all(fact.kind not in _WHOLE for fact in facts)
        facts = [fact for fact in facts if not is_past(fact.condition or "", of_rates=of_rates)] or facts
    bases = [fact for fact in facts if not is_step(fact)]
    steps = [fact for fact in facts if is_step(fact)]
    if not bases or not steps:
        return _of_one_case(heard, facts, index)
    kept = _of_one_case(heard, bases, index)
    spoken = steps_spoken_of(heard, steps, bases, index)
    kept += spoken or (steps if len(kept) == len(bases) else [])
    return [fact for fact in facts if fact in kept]


def is_step(fact: Fact) -> bool:
    """Whether a figure is by how much another is raised or lowered."""
    return fact.kind is FactKind.LIMIT_ADDITION or fact.note in (LOWERED, RAISED)


def steps_spoken_of(heard: Heard, steps: Sequence[Fact], bases: Sequence[Fact], index: Index) -> list[Fact]:
    """Of additions and lowerings those whose case the question speaks of, by words that no other case has."""
    cases = dict.fromkeys(fact.condition for fact in steps if fact.condition)
    others = dict.fromkeys(fact.condition for fact in bases if fact.condition and fact.condition not in cases)
    kinds = {FactKind.LIMIT_ADDITION, *(fact.kind for fact in steps)}
    called = frozenset().union(*(content(kind_label(kind)) for kind in kinds))
    heads = {case: _spelled_out(case, [*steps, *bases]) for case in (*cases, *others)}
    scored = score(heard, [Candidate(case, head) for case, head in heads.items()], index, but=called)
    spoken = {one.candidate.key for one in scored[: len(cases)] if one.own >= OWN and not one.out}
    return [fact for fact in steps if fact.condition in spoken]


def _of_one_case(heard: Heard, facts: list[Fact], index: Index) -> list[Fact]:
    cases = list(dict.fromkeys(fact.condition for fact in facts if fact.condition))
    if not cases:
        return facts if facts and facts[0].kind in _WHOLE else _by_words_beside(heard, facts, index)
    rule = [fact for fact in facts if not fact.condition]
    general = [fact for fact in facts if fact.condition and is_the_rule(fact.condition)]
    twice = asks_the_rule(heard) and heard.plain.count("?") > 1  # 「移住者はいくら? 普通は?」
    against = heard.says("against") or twice  # what holds in a case is asked beside what holds otherwise
    if asks_the_rule(heard) and (rule or general) and not against:
        return general or rule
    said = {case: " ".join(beside(fact) for fact in facts if fact.condition == case) for case in cases}
    heads = {case: _spelled_out(case, facts) for case in cases}
    called = content(kind_label(facts[0].kind))
    scored = score(heard, [Candidate(case, heads[case], said[case]) for case in cases], index, but=called)
    floor = FLOOR * (_SURE if rule else _SURER if general else 1.0)
    chosen = meant(scored, floor=floor, several=bool(heard.says("both"))) if len(cases) > 1 else _if_named(scored)
    chosen = [case for case in chosen if not _says_more(heard, str(case), chosen)]
    if chosen:
        of_case = [fact for fact in facts if fact.condition in chosen]
        if rule and (against or any(fact.condition and _INNER.match(fact.condition) for fact in of_case)):
            return [fact for fact in facts if fact in of_case or fact in rule]
        if against and len(facts) <= _FEW:
            return facts
        if all((fact.condition or "").startswith("うち") for fact in of_case):  # a share of what all have
            of_case = [*rule, *of_case]
        caps = rule if all(fact.per and not _is_of_time(fact) for fact in of_case) else []
        return [fact for fact in facts if fact in of_case or (fact in caps and not fact.per)]
    out = {one.candidate.key for one in scored if one.out}
    left = [fact for fact in facts if fact.condition not in out]
    return left or facts


def _says_more(heard: Heard, case: str, others: Sequence[object]) -> bool:
    """「6人～20人、賃上げ特例適用時」 beside 「6人～20人」, where the question says nothing of what is more."""
    rest = next((case[len(str(one)) :] for one in others if case.startswith(f"{one}、")), "")
    return bool(rest) and not content(rest) & {*heard.every, *heard.terms}


def _spelled_out(case: str, facts: Sequence[Fact]) -> str:
    """A case with what its number stands for: 「(2)」 and 「(2)＝経営革新計画の承認を受けて…」."""
    notes = (fact.note for fact in facts if fact.condition == case and fact.note and NUMBERED.match(fact.note))
    return " ".join((case, *dict.fromkeys(notes)))


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
            of_each = [fact for fact in same if fact.fact_id in chosen] or same
            whole = heard.says("whole") and all(fact.per for fact in of_each)  # 「1人あたりと会社全体とで」
            same = same if whole else of_each
        kept += same
    return [fact for fact in facts if fact in kept]
