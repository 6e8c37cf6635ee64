"""Which of a program's facts a question is about: its part, its case, its office, its year.

Right or silent: a part that states nothing of the kind is not answered with its sibling's figures.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from ..index import Index
from ..records import Fact, FactKind, Program, Query
from ..tokens import fold
from ..values.reckoning import BUDGETS
from .cases import is_step, of_asked_case, steps_spoken_of
from .denied import not_denied
from .heard import Heard, asks_for, asks_steps_alone, hear
from .items import of_asked_items
from .labels import without_results
from .numbered import asked_phones
from .parts import described_parts, marked, of_parts, one_of_named, own_parts, sibling_that_states
from .scheme import of_its_office, of_the_scheme
from .years import of_said_year, of_year

__all__ = ["UNSAID", "VARIED", "own_parts", "parts_meant", "spoken_of", "state", "stated"]

#: Kinds of which a program states many unlike figures: the question's own words choose among them.
VARIED = frozenset({FactKind.COUNT, FactKind.TARGET, FactKind.PHONE, FactKind.BREAKDOWN, FactKind.OTHER})
_NEXT = re.compile(
    r"(?<=[。、?？!！])\s*(?:あと|それと|それから|また|もう一つ|もうひとつ)[、は]?"
    r"|(?<=[数率額度限料り])と、?(?=[^。、?？と]{2,20}の[^。、?？]{0,6}[数率額度限料])"
)  # another thing is asked
_UNLIKE = VARIED | {FactKind.PERIOD}
_COUNTED = (FactKind.COUNT, FactKind.TARGET)
_CASED = frozenset(
    {
        FactKind.SUBSIDY_RATE,
        FactKind.SUBSIDY_LIMIT,
        FactKind.LOAN_LIMIT,
        FactKind.LOAN_RATE,
        FactKind.LOAN_TERM,
        FactKind.GUARANTEE_RATE,
        FactKind.LIMIT_ADDITION,
    }
)
_LIMITS = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)
_FEW = 2  # limits that are told though only what is added was asked for
_LOOSE = (FactKind.COUNT, FactKind.TARGET, FactKind.OTHER, FactKind.PERIOD)  # of no part, they may still be meant
UNSAID = frozenset({"example"})


def stated(query: Query, program: Program, index: Index, kinds: tuple[FactKind, ...]) -> list[Fact]:
    """Facts of these kinds that a program states, of the part, item and case that the question names."""
    heard = hear(query, (program.program, *program.aliases))
    every = [fact for fact in _facts_of(program, index) if heard.says("example") or not set(fact.flags) & UNSAID]
    every = of_said_year(query.figure_year, _of_stage(query, heard, every), program.fiscal_year)
    every = without_results(query.question, every, kinds)
    held = {fact.kind for fact in every}
    every = not_denied(query.question, kinds, every)
    in_pieces = FactKind.BUDGET in held - {fact.kind for fact in every}  # all but one of them are asked for
    every += of_the_scheme(heard, program, every, index)
    wide = (*kinds, FactKind.BREAKDOWN) if FactKind.BUDGET in kinds else kinds
    named = own_parts(query, program)
    parts = parts_meant(query, heard, program, index, every, wide)
    if parts and (other := sibling_that_states(heard, parts, program, every, kinds, index)):
        parts = (other,)
    loose = (*_LOOSE, *(() if state(parts, every, wide) else kinds))  # of a silent part what is stated of the whole
    facts = of_parts(parts, every, also=() if named else loose) if parts else every
    facts += _across_parts(heard, facts, [fact for fact in every if fact.kind in kinds], index) if parts else []
    pool = facts
    facts = [fact for fact in facts if fact.kind in (wide if parts or in_pieces else kinds)]
    if FactKind.PHONE in kinds:
        facts = asked_phones(heard, program, facts, index)
    if not parts and FactKind.BUDGET in kinds and heard.says("piece"):
        facts = _of_a_piece(query, heard, facts, every, index)
    facts = of_year(heard, marked(heard, _of_item(query, facts)), every)
    kept = [*_unlike(query, heard, facts, wide, index, parts)]
    for kind in dict.fromkeys(kind for kind in wide if kind not in _UNLIKE):
        for same in _by_part([fact for fact in facts if fact.kind is kind], parts):
            kept += of_asked_case(heard, same, index) if same else []
    kept = kept if parts else _of_one_part(facts, kept)
    kept = _steps_alone(heard, kept, index)
    kept += _limits_and_additions(heard, kept, kinds, pool, index)
    return [*sorted(kept, key=every.index), *_phones_of_office(program, kinds, every, index)]


def state(parts: Collection[str | None], facts: Sequence[Fact], kinds: Collection[FactKind]) -> bool:
    """Whether one of these parts, None for the whole program, states a figure of these kinds."""
    return any(fact.kind in kinds and fact.subprogram in parts for fact in facts)


def _phones_of_office(program: Program, kinds: Sequence[FactKind], every: Sequence[Fact], index: Index) -> list[Fact]:
    """Of a program that prints no telephone of its own that of its office."""
    own = program.role != "program" or any(fact.kind is FactKind.PHONE for fact in every)
    return of_its_office(program, index) if FactKind.PHONE in kinds and not own else []


def _steps_alone(heard: Heard, kept: list[Fact], index: Index) -> list[Fact]:
    """「いくら上乗せになる?」: by how much a limit or rate rises in the case that is spoken of, not what it is."""
    steps = [fact for fact in kept if is_step(fact)] if asks_steps_alone(heard) else []
    spoken = steps_spoken_of(heard, steps, [fact for fact in kept if fact not in steps], index)
    return [fact for fact in kept if fact.kind not in _CASED or fact in spoken] if spoken else kept


def _limits_and_additions(
    heard: Heard, kept: list[Fact], kinds: Sequence[FactKind], pool: list[Fact], index: Index
) -> list[Fact]:
    """Beside a limit that is told the addition whose case the question speaks of, beside an addition its limit."""
    told = {fact.subprogram for fact in kept if fact.kind in _LIMITS or fact.kind is FactKind.LIMIT_ADDITION}
    if any(fact.kind in _LIMITS for fact in kept) and FactKind.LIMIT_ADDITION not in kinds:
        rises = [fact for fact in pool if fact.kind is FactKind.LIMIT_ADDITION and fact.subprogram in {*told, None}]
        limits = [fact for fact in pool if fact.kind in _LIMITS]
        return steps_spoken_of(heard, rises, limits, index)
    if any(fact.kind is FactKind.LIMIT_ADDITION for fact in kept) and not set(_LIMITS) & set(kinds):
        limits = [fact for fact in pool if fact.kind in _LIMITS and fact.subprogram in told]
        limits = of_asked_case(heard, limits, index)
        return limits if len(limits) <= _FEW else []
    return []


def _facts_of(program: Program, index: Index) -> list[Fact]:
    """A program's facts, and those of rows of its document that bear its name without being a program of it."""
    rows = [
        one.id
        for one in index.programs.values()
        if one.document == program.document and one.program == program.program and one.role != program.role
    ]
    more = [fact for row in rows if program.role == "program" for fact in index.facts_of(row)]
    return [*index.facts_of(program.id), *(fact for fact in more if fact.kind in _CASED)]


def _across_parts(heard: Heard, facts: list[Fact], every: list[Fact], index: Index) -> list[Fact]:
    """Of figures that belong to no part those of a case that the question speaks of: they hold in every part."""
    kinds = {fact.kind for fact in facts} & _CASED
    whole = [fact for fact in every if fact.kind in kinds and not fact.subprogram and fact.condition]
    own = [fact for fact in facts if fact.kind in kinds]
    return steps_spoken_of(heard, [fact for fact in whole if fact not in facts], own, index)


def parts_meant(
    query: Query, heard: Heard, program: Program, index: Index, facts: list[Fact], kinds: Sequence[FactKind]
) -> tuple[str, ...]:
    """The parts that a question names or describes: one, or one in each of the things that it asks after each other."""
    named = one_of_named(heard, own_parts(query, program), program, index)
    parts = named or described_parts(heard, program, index, facts, kinds, named=bool(query.named))
    pieces = [piece for piece in _NEXT.split(query.question) if piece.strip()]
    for piece in pieces if parts and len(pieces) > 1 else ():
        if not any(fold(part) in fold(piece) for part in named):
            said = hear(replace(query, question=piece, terms=()), (program.program, *program.aliases))
            parts += described_parts(said, program, index, facts, kinds, named=bool(query.named))
    return tuple(dict.fromkeys(parts))


def _unlike(
    query: Query, heard: Heard, facts: list[Fact], kinds: Sequence[FactKind], index: Index, parts: tuple[str, ...]
) -> Iterator[Fact]:
    """Counts, targets, offices and such: where some are spoken of, others only if their kind is asked for by name."""
    found = []
    for family in _families(heard, [kind for kind in kinds if kind in _UNLIKE]):
        for same in _by_part([fact for fact in facts if fact.kind in family], parts):
            found.append((family, *of_asked_items(query, heard, same, index, parts)))
    clear = any(spoken for _, _, spoken in found)
    for family, same, spoken in found:
        if spoken or not clear or any(asks_for(heard, kind) for kind in family):
            yield from same


def _by_part(facts: list[Fact], parts: tuple[str, ...]) -> list[list[Fact]]:
    """Where several parts are asked after each other, the figures of each are chosen from apart."""
    own = [[fact for fact in facts if fact.subprogram == part] for part in parts]
    if len(parts) < 2 or not all(own):
        return [facts]
    return [*own, [fact for fact in facts if fact.subprogram not in parts]]


def _of_a_piece(query: Query, heard: Heard, facts: list[Fact], every: list[Fact], index: Index) -> list[Fact]:
    """「そのうち…の分は?」: the amounts of a breakdown that the question speaks of, in place of the whole budget."""
    amounts = [fact for fact in every if fact.kind is FactKind.BREAKDOWN]
    pieces, _ = of_asked_items(query, heard, marked(heard, amounts), index)
    if not pieces or len(amounts) < 2 or not (heard.words or heard.terms or len(pieces) < len(amounts)):
        return facts
    return [*(fact for fact in facts if fact.kind not in (FactKind.BUDGET, FactKind.BREAKDOWN)), *pieces]


def _of_one_part(facts: list[Fact], kept: list[Fact]) -> list[Fact]:
    """Where the case of one kind stands in one part alone, the other kinds are that part's too."""
    chosen = set()
    for kind in _CASED & {fact.kind for fact in kept}:
        told = {fact.subprogram for fact in kept if fact.kind is kind}
        if len(told) == 1 < len({fact.subprogram for fact in facts if fact.kind is kind}):
            chosen |= told
    if len(chosen) != 1 or None in chosen:
        return kept
    (part,) = chosen
    own = {fact.kind for fact in kept if fact.subprogram == part} & _CASED
    return [fact for fact in kept if fact.kind not in own or fact.subprogram in (part, None)]


def _families(heard: Heard, kinds: Sequence[FactKind]) -> list[tuple[FactKind, ...]]:
    """Kinds that are chosen from together: what is counted may be a target, unless each is asked for by name."""
    if set(_COUNTED) <= set(kinds) and all(asks_for(heard, kind) for kind in _COUNTED):
        return [(kind,) for kind in dict.fromkeys(kinds)]
    counted = [_COUNTED] if set(_COUNTED) & set(kinds) else []
    return [*counted, *((kind,) for kind in dict.fromkeys(kinds) if kind not in _COUNTED)]


def _of_stage(query: Query, heard: Heard, facts: list[Fact]) -> list[Fact]:
    """「補正予算は?」 is not answered with a first budget; 「要求額と補正」 asks for both."""
    if query.stage != "補正予算" or heard.says("first_stage"):
        return facts
    staged = {fact.kind for fact in facts if "補正" in fact.stage} | BUDGETS | {FactKind.BREAKDOWN}
    return [
        fact
        for fact in facts
        if "補正" in fact.stage or fact.kind is FactKind.BUDGET_REVISED or fact.kind not in staged
    ]


def _of_item(query: Query, facts: list[Fact]) -> list[Fact]:
    """「締切は?」 asks for a period of applying, not for the years a program runs."""
    if not query.items:
        return facts
    said = {fact.fact_id: f"{fact.item or ''}{fact.condition or ''}" for fact in facts}
    return [
        fact
        for fact in facts
        if fact.kind is not FactKind.PERIOD or any(item in said[fact.fact_id] for item in query.items)
    ]


def spoken_of(query: Query, facts: tuple[Fact, ...]) -> int:
    """How many of the question's words the figure that speaks of most of them holds."""
    return max((_speaks(fact, list(query.words)) for fact in facts if fact.kind in query.kinds), default=0)


def _speaks(fact: Fact, words: list[str]) -> int:
    said = fold(f"{fact.item or ''}{fact.condition or ''}{fact.subprogram or ''}")
    return sum(word in said for word in words)
