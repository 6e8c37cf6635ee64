"""What grew and what shrank: the programs of a set by how far they moved, and by how much each of them did."""

from __future__ import annotations

import re
from dataclasses import replace

from ..index import Index
from ..lexicon import table
from ..records import DraftSentence, Fact, FactKind, Program
from ..retrieve.delimiters import measure_of
from ..retrieve.scope import Scope
from ..values.reckoning import computed
from .labels import called, fact_label

_ROUNDED = 0.6  # per cent by which a printed rate may differ from that of the amounts
_TOLD = 3  # programs of which it is told by how much


def moved_most(question: str, scope: Scope, index: Index, place: str) -> list[DraftSentence]:
    """The program whose budget grew (or shrank) the most, by its printed rate or by its two amounts."""
    less = _is_less(question, scope)
    if re.search(table("scopes")["moving"]["rate"], question):
        return _by_rate(scope, index, place, less)
    return _by_amount(scope, index, place, less)


def _is_less(question: str, scope: Scope) -> bool:
    """Whether the farthest down is asked for: 「減り幅が最大」, 「伸びが最小」."""
    shrinks = re.search(table("scopes")["moving"]["shrinks"], question) is not None
    return shrinks != ("least" in scope.asks)


def _by_rate(scope: Scope, index: Index, place: str, less: bool) -> list[DraftSentence]:
    rates = [fact for one in scope.programs if (fact := printed_rate(one, index)) is not None]
    if "least" in scope.asks:  # 「減り幅が最小」: of those that went that way
        rates = [fact for fact in rates if (fact.number or 0.0) * (1 if less else -1) > 0]
    order = sorted(rates, key=lambda fact: fact.number or 0.0, reverse=not less)[scope.rank - 1 :]
    first = computed("least" if less else "most", order) if len(order) > 1 else None
    if first is None:
        return []
    name, which = called(index.programs[first.of[0].program_id]), "いちばん" if scope.rank == 1 else "次に"
    size = "低い" if less else "高い"
    among = "" if "least" not in scope.asks else "増えた中で、" if less else "減った中で、"
    told = DraftSentence(
        f"{among}{fact_label(first.of[0])}が{which}{size}のは{name}で、{{=0}}です。", computed=(first,)
    )
    own = index.programs[first.of[0].program_id]
    return [told, *_amounts(own, index)[:1], DraftSentence(f"{place}の事業を比べました。")]


def printed_rate(program: Program, index: Index) -> Fact | None:
    """The rate by which a budget moved, as its own row prints it: the one against the year before comes first."""
    rates = [
        one
        for one in index.facts_of(program.id)
        if one.kind is FactKind.BUDGET_CHANGE and one.number is not None and one.unit in ("%", "％")
    ]
    whole = [one for one in rates if one.subprogram is None and "example" not in one.flags]
    return whole[0] if whole else None


def rates_in_text(total: Program, index: Index) -> list[Fact]:
    """「合計は…前年度に比べ5.1％の減」: the rates that the text of a document prints, for the row of its total."""
    if total.role != "total":
        return []
    others = [one for one in index.programs.values() if one.document == total.document and one.role == "total"]
    facts = [fact for one in others if one.id != total.id for fact in index.facts_of(one.id)]
    kinds = (FactKind.BUDGET_CHANGE, FactKind.OTHER)
    return [one for one in facts if one.kind in kinds and one.unit in ("%", "％") and "example" not in one.flags]


def _by_amount(scope: Scope, index: Index, place: str, less: bool) -> list[DraftSentence]:
    moves = [
        (after - before, one) for one in scope.programs if (found := _years(one, index)) for after, before in found
    ]
    nearest = "least" in scope.asks  # 「減り幅が最小」: of those that went that way
    moves = [(-step if less != nearest else step, one) for step, one in moves]
    order = sorted((one for one in moves if one[0] > 0), key=lambda one: one[0] if nearest else -one[0])
    if len(order) < scope.rank or (nearest and scope.rank > 1):
        return []
    step, first = order[scope.rank - 1]
    same = [one for other, one in order if other == step and one != first]
    told = by_how_much(first, index, leading="いちばん小さく" if nearest else "次に" if scope.rank > 1 else "いちばん")
    others = [sentence for one in same for sentence in by_how_much(one, index)]
    return [*told, *others, DraftSentence(f"{place}の事業を比べました。")] if told else []


def _years(program: Program, index: Index) -> list[tuple[int, int]]:
    """A budget and the one of the year before, in yen; [] when either is not stated."""
    now, before = _two(program, index)
    if (
        now is None
        or before is None
        or now.yen is None
        or before.yen is None
        or "suspect" in (*now.flags, *before.flags)
    ):
        return []
    return [(now.yen, before.yen)]


def _two(program: Program, index: Index) -> tuple[Fact | None, Fact | None]:
    return measure_of(program, (FactKind.BUDGET,), index), measure_of(program, (FactKind.BUDGET_PREVIOUS,), index)


def moved_by(program: Program, index: Index) -> int | None:
    """How far a program's budget moved from the year before, in yen; None when either is not stated."""
    found = _years(program, index)
    return found[0][0] - found[0][1] if found else None


def by_how_much(
    program: Program, index: Index, leading: str = "", *, amounts: bool = False, home: str = ""
) -> list[DraftSentence]:
    """By how much a program's budget moved, and its printed rate; its amounts too where asked, or a lead says which.

    ``home``: its region, where another one bears its name.
    """
    now, before = _two(program, index)
    if now is None or before is None or now.yen is None or before.yen is None or now.yen == before.yen:
        return _amounts(program, index) if amounts else []
    grew = now.yen > before.yen
    one = computed("difference", (now, before) if grew else (before, now))
    if one is None:
        return []
    moved = "増えて" if grew else "減って"
    name = f"{home}の{called(program)}" if home else called(program)
    head = f"{leading}{moved}いるのは{name}で、" if leading else f"{name}は、"
    text = f"{head}{before.fiscal_year}と比べて、{now.fiscal_year}の{fact_label(now)}は{{=0}}{moved}います。"
    told = _amounts(program, index) if leading or amounts else _rate_of(program, index)
    return [DraftSentence(text, computed=(one,)), *told]


def _amounts(program: Program, index: Index) -> list[DraftSentence]:
    """A program's two amounts and its printed rate, each as it stands."""
    facts = [fact for fact in _two(program, index) if fact is not None]
    labels = "、".join(f"{fact_label(fact)}は{{{place}}}" for place, fact in enumerate(facts))
    told = [DraftSentence(f"{called(program)}の{labels}です。", tuple(facts))] if facts else []
    return [*told, *_rate_of(program, index)]


def _rate_of(program: Program, index: Index) -> list[DraftSentence]:
    """What is printed of how a program moved: its rate, and by how much, each where the two amounts bear it out."""
    rate, years = printed_rate(program, index), _years(program, index)
    if not years:
        return []
    after, before = years[0]
    told = [_printed_step(program, after - before, index)]
    if rate is not None and before and abs((rate.number or 0.0) - (after - before) / before * 100) <= _ROUNDED:
        told.append(rate)  # 前年比 107.4% is no rate by which it moved
    return [
        DraftSentence(f"{called(program)}の{fact_label(one)}は{{0}}です。", (one,)) for one in told if one is not None
    ]


def _printed_step(program: Program, step: int, index: Index) -> Fact | None:
    """「比較」, 「増減額」: the change of a program's whole budget as its row prints it."""
    facts = [one for one in index.facts_of(program.id) if one.kind is FactKind.BUDGET_CHANGE and one.yen is not None]
    whole = [
        one for one in facts if one.subprogram is None and one.condition is None and abs(one.yen or 0) == abs(step)
    ]
    return whole[0] if whole else None


def moved_of(scope: Scope, index: Index) -> list[DraftSentence]:
    """By how much each of a few programs moved; [] for many, of which a list tells the two amounts."""
    if len(scope.programs) > _TOLD:
        return []
    told = [sentence for one in scope.programs for sentence in by_how_much(one, index)]
    return [replace(told[0], text=f"\n{told[0].text}"), *told[1:]] if told else []
