"""The largest, the smallest and the next of a set, by value whatever unit each is printed in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction

from ..index import Index
from ..records import Computed, DraftSentence, Fact, FactKind
from ..retrieve.delimiters import measure_of
from ..retrieve.scope import Scope
from ..values.reckoning import computed, worth
from .labels import called, fact_label, where_from

_FARTHEST = 5  # places told one after the other
_FAR = 10  # times the lower end of a range
_HIGH = frozenset({FactKind.SUBSIDY_RATE, FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE})


def ranked(scope: Scope, index: Index, place: str, what: str) -> list[DraftSentence]:
    """The program of the set with the most or the least, then what was compared; [] when it cannot be told."""
    if {"most", "least"} <= scope.asks:
        both = [ranked(replace(scope, asks=scope.asks - {one}), index, place, what) for one in ("least", "most")]
        return [both[0][0], *both[1]] if all(both) else []
    least = "least" in scope.asks
    facts = _comparable(_measured(scope, index), least)
    if len(facts) < 2:
        return []
    order = sorted(facts, key=lambda fact: worth(fact) or 0, reverse=not least)
    several = len({fact.document for fact in facts}) > 1
    told: list[DraftSentence] = []
    for rank in range(min(scope.rank, _FARTHEST)):
        first = computed("least" if least else "most", order[rank:]) if len(order[rank:]) > 1 else None
        if first is None:
            return []
        told.append(_rank(first, rank, least, several, index))
        told += [_tie(other, index) for other in order[rank + 1 :] if worth(other) == worth(order[rank])][:_FARTHEST]
    return [*told, *_compared(scope, facts, index, place, what)]


def _measured(scope: Scope, index: Index) -> list[Fact]:
    """The figures that are compared: one a program, or every case of a limit or rate."""
    programs = scope.rows if scope.across else scope.programs
    if scope.kinds == (FactKind.BUDGET,):
        found = [measure_of(program, scope.kinds, index) for program in programs]
    else:
        found = [
            fact
            for program in programs
            for kind in scope.kinds
            for fact in index.facts_of(program.id)
            if fact.kind is kind and not {"example", "再掲"} & set(fact.flags)
        ]
    known = [fact for fact in found if fact is not None]
    kinds = Counter(fact.kind for fact in known)
    return [fact for fact in known if fact.kind is kinds.most_common(1)[0][0]]


def _comparable(facts: list[Fact], least: bool) -> list[Fact]:
    """Figures of one sort that can be compared; [] when one that cannot may be the first."""
    paid = Counter(fact.per for fact in facts if worth(fact) is not None)
    same = [fact for fact in facts if worth(fact) is not None and fact.per == paid.most_common(1)[0][0]]
    if not same:
        return []
    values = [worth(fact) or Fraction(0) for fact in same]
    first = min(values) if least else max(values)
    ends = [end for fact in facts if fact not in same if (end := _end(fact, least)) is not None]
    unknown = any(
        _end(fact, least) is None for fact in facts if fact not in same and not _far_below(fact, first, least)
    )
    return [] if unknown or any(end <= first if least else end >= first for end in ends) else same


def _far_below(fact: Fact, first: Fraction, least: bool) -> bool:
    """Whether a range whose upper end cannot be read (4千5百円) starts far too low to be the largest."""
    return not least and fact.yen_min is not None and Fraction(fact.yen_min) * _FAR <= first


def _end(fact: Fact, least: bool) -> Fraction | None:
    """The value of a figure, of a range its end that could be the first."""
    if (value := worth(fact)) is not None:
        return value
    ends = (fact.yen_min, fact.number_min) if least else (fact.yen_max, fact.number_max)
    known = [Fraction(end) for end in ends if end is not None]
    return known[0] if known else None


def _rank(one: Computed, rank: int, least: bool, several: bool, index: Index) -> DraftSentence:
    fact = one.of[0]
    high = fact.kind in _HIGH
    size = ("低い" if least else "高い") if high else ("小さい" if least else "大きい")
    which = "いちばん" if rank == 0 else "次に"
    return DraftSentence(
        f"{fact_label(fact)}が{which}{size}のは{_whose(fact, several, index)}で、{{=0}}です。", computed=(one,)
    )


def _whose(fact: Fact, several: bool, index: Index) -> str:
    program = index.programs[fact.program_id]
    source = f"（{where_from(program, index.documents[program.document].region)}）" if several else ""
    case = f"（{fact.condition}）" if fact.condition and not re.search(r"[「」（）()]", fact.condition) else ""
    return f"{called(program, fact.subprogram)}{case}{source}"


def _tie(fact: Fact, index: Index) -> DraftSentence:
    return DraftSentence(f"{_whose(fact, False, index)}の{fact_label(fact)}も{{0}}です。", (fact,))


def _compared(scope: Scope, facts: list[Fact], index: Index, place: str, what: str) -> list[DraftSentence]:
    """Of what it is the largest, and that unlike years are no measure of each other."""
    unlike = len({(fact.fiscal_year, fact.stage) for fact in facts}) > 1
    programs = {fact.program_id for fact in facts}
    left = [one for one in (scope.rows if scope.across else scope.programs) if one.id not in programs]
    told = [DraftSentence(f"{place}{'の合計などの行' if scope.across else what}を比べました。")]
    if left:
        told.append(DraftSentence("この数値の記載がない事業は、比べていません。"))
    if unlike:
        told.append(DraftSentence("資料の年度や段階が異なるため、単純には比べられません。"))
    return told
