"""The largest, the smallest and the next of a set, by value whatever unit each is printed in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction

from ..figures import year_number
from ..index import Index
from ..lexicon import table
from ..programs.names import match_form
from ..records import Computed, DraftSentence, Fact, FactKind, Query
from ..retrieve.delimited import asked_of
from ..retrieve.delimiters import measure_of, measured_by
from ..retrieve.scope import Scope
from ..retrieve.spoken_set import rank_in
from ..values.reckoning import computed, worth
from .columns import column_name
from .labels import called, fact_label, where_from
from .over_years import years_said

_FARTHEST = 5  # places told one after the other
_FAR = 10  # times the lower end of a range
_SAID = 3  # letters of a printed name that say it
_SHORT = frozenset({"件数", "金額", "人数", "社数", "者数", "回数"})
_NAMED = frozenset({FactKind.OTHER, FactKind.COUNT, FactKind.BREAKDOWN})
_FUNDING = frozenset({FactKind.FUNDING_NATIONAL, FactKind.FUNDING_OTHER, FactKind.FUNDING_GENERAL})
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


def ranked_parts(query: Query, index: Index) -> list[DraftSentence]:
    """「三つの枠のうち2番目に大きいのは」: the parts of one named program by the figure asked for; [] otherwise."""
    asks = asked_of(query.question) & {"most", "least"}
    named = [index.programs[one] for one in query.named if index.programs[one].role == "program"]
    if len(asks) != 1 or len(named) != 1 or not re.search(table("scopes")["parts"]["pattern"], query.question):
        return []
    kinds = measured_by(query.question)
    kinds = (FactKind.BREAKDOWN, FactKind.BUDGET) if kinds == (FactKind.BUDGET,) else kinds
    for kind in kinds:
        parts: dict[str, list[Fact]] = {}
        for fact in index.facts_of(named[0].id):
            if fact.kind is kind and fact.subprogram and not {"example", "suspect"} & set(fact.flags):
                parts.setdefault(fact.subprogram, []).append(fact)
        if len(parts) > 1 and all(len(facts) == 1 for facts in parts.values()):
            return _parts_in_order([facts[0] for facts in parts.values()], "least" in asks, query.question, index)
    return []


def ranked_by_name(query: Query, index: Index, documents: set[str]) -> list[DraftSentence]:
    """「交付額がいちばん多かったのは」: programs of one document by a figure whose printed name is said; else []."""
    asks, said = asked_of(query.question) & {"most", "least"}, match_form(query.question)
    if len(asks) != 1 or query.named:
        return []
    named: dict[tuple[str, str], list[Fact]] = {}
    years = years_said(query.question)
    for program in index.programs.values():
        for fact in index.facts_of(program.id) if program.document in documents and program.role == "program" else ():
            name = column_name(fact)
            plain = fact.kind in _NAMED and worth(fact) is not None and not {"example", "suspect"} & set(fact.flags)
            of_year = not years or year_number(fact.fiscal_year) in years
            if plain and of_year and (len(name) >= _SAID or name in _SHORT) and name in said:
                named.setdefault((program.document, name), []).append(fact)
    told = [facts for facts in named.values() if len({one.program_id for one in facts}) == len(facts) > 1]
    if len(told) != 1 or len({(one.unit, one.fiscal_year) for one in told[0]}) > 1:
        return []
    least = "least" in asks
    order = sorted(told[0], key=lambda fact: worth(fact) or 0, reverse=not least)[rank_in(query.question) - 1 :]
    first = computed("least" if least else "most", order) if len(order) > 1 else None
    if first is None or not first.of[0].item:
        return []
    size, which = "小さい" if least else "大きい", "いちばん" if rank_in(query.question) == 1 else "次に"
    whose = _whose(first.of[0], False, index)
    sentence = DraftSentence(f"「{first.of[0].item}」が{which}{size}のは{whose}で、{{=0}}です。", computed=(first,))
    same = [other for other in order[1:] if worth(other) == worth(order[0])]
    return [sentence, *(_tie(other, index) for other in same)]


def ranked_sources(query: Query, index: Index, documents: set[str]) -> list[DraftSentence]:
    """「補正財源で一番多いのは」: the sources of the money of one program or account, the most first; else []."""
    asks, rules = asked_of(query.question) & {"most", "least"}, table("scopes")["sources"]
    if len(asks) != 1 or not re.search(rules["asked"], query.question) or re.search(rules["of_many"], query.question):
        return []
    programs = [index.programs[one] for one in query.named if index.programs[one].document in documents]
    if not programs:
        programs = [one for one in index.programs.values() if one.document in documents and one.role == "department"]
    listed = [[one for one in index.facts_of(own.id) if one.kind in _FUNDING and one.yen] for own in programs]
    listed = [facts for facts in listed if len(facts) > 1]
    if len(listed) != 1:
        return []
    least = "least" in asks
    order = sorted(listed[0], key=lambda fact: worth(fact) or 0, reverse=not least)[rank_in(query.question) - 1 :]
    first = computed("least" if least else "most", order) if len({one.kind for one in order}) == 1 else None
    size, which = "小さい" if least else "大きい", "いちばん" if rank_in(query.question) == 1 else "次に"
    whose = called(index.programs[order[0].program_id]) if order else ""
    if not order or (len(order) > 1 and worth(order[0]) == worth(order[1])):
        return []
    said = f"（{order[0].condition}）" if order[0].condition else ""
    text = f"{whose}の財源のうち{which}{size}のは{fact_label(order[0])}{said}で、"
    if first is not None:
        return [DraftSentence(f"{text}{{=0}}です。", computed=(first,))]
    return [DraftSentence(f"{text}{{0}}です。", (order[0],))]


def _parts_in_order(facts: list[Fact], least: bool, question: str, index: Index) -> list[DraftSentence]:
    same = _comparable(facts, least)
    order = sorted(same, key=lambda fact: worth(fact) or 0, reverse=not least)
    told: list[DraftSentence] = []
    for place in range(min(rank_in(question), len(order) - 1)):
        first = computed("least" if least else "most", order[place:])
        if first is None or len(same) < len(facts):
            return []
        told.append(_rank(first, place, least, False, index))
        told += [_tie(other, index) for other in order[place + 1 :] if worth(other) == worth(order[place])]
    return told


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
    known = _of_now([fact for fact in found if fact is not None], index)
    kinds = Counter(fact.kind for fact in known)
    return [fact for fact in known if fact.kind is kinds.most_common(1)[0][0]]


def _of_now(facts: list[Fact], index: Index) -> list[Fact]:
    """Without what was printed for another year beside the figure of a program's own: 「令和5年度融資枠」."""
    now = {(one.program_id, one.kind) for one in facts if one.fiscal_year == index.programs[one.program_id].fiscal_year}
    own = [one for one in facts if one.fiscal_year == index.programs[one.program_id].fiscal_year]
    return [one for one in facts if one in own or (one.program_id, one.kind) not in now]


def _comparable(facts: list[Fact], least: bool) -> list[Fact]:
    """Figures of one sort that can be compared; [] when one that cannot may be the first."""
    paid = Counter(fact.per for fact in facts if worth(fact) is not None)
    same = [fact for fact in facts if worth(fact) is not None and fact.per == paid.most_common(1)[0][0]]
    if not same:
        return []
    values = [worth(fact) or Fraction(0) for fact in same]
    first = min(values) if least else max(values)
    others = [fact for fact in facts if fact not in same and not _is_told(fact, same)]
    ends = [end for fact in others if (end := _end(fact, least)) is not None]
    unknown = any(_end(fact, least) is None for fact in others if not _far_below(fact, first, least))
    return [] if unknown or any(end <= first if least else end >= first for end in ends) else same


def _is_told(fact: Fact, same: list[Fact]) -> bool:
    """Whether a rate is printed for its program a second time, as 年1.9% and as 1.9%."""
    return fact.kind in _HIGH and any(
        one.program_id == fact.program_id and worth(one) == worth(fact) for one in same if worth(one) is not None
    )


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
