"""What a document says once for all funds of a scheme, or for all 枠 of a fund, as the terms of each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..index import Index
from ..records import Fact, FactKind, Program
from ..tokens import fold
from .cases import is_step, steps_spoken_of
from .heard import Heard

_TERMS = frozenset({FactKind.LOAN_RATE, FactKind.LOAN_TERM, FactKind.LOAN_LIMIT, FactKind.GUARANTEE_RATE})
_BRACKET = re.compile(r"[（(][^（()）]*[)）]$")
_EMPTY: list[Fact] = []


def of_the_scheme(heard: Heard, program: Program, own: Sequence[Fact], index: Index) -> list[Fact]:
    """Terms that a fund has from the fund whose 枠 it is, where it states none of the kind itself, and by how much the
    scheme raises or lowers them in a case that the question speaks of."""
    kinds = {fact.kind for fact in own} & _TERMS
    if not kinds or program.role != "program":
        return _EMPTY
    beside = [one for one in index.programs.values() if one.document == program.document and one.id != program.id]
    whole = _BRACKET.sub("", fold(program.program))
    terms = [
        fact
        for one in beside
        if fold(one.program) == whole != fold(program.program)
        for fact in index.facts_of(one.id)
        if fact.kind in _TERMS - kinds
    ]
    named = {fold(one.program) for one in beside if one.role == "program"}
    notes = [
        fact
        for one in beside
        if one.role != "program" and (fold(one.program) not in named or _is_scheme(one, beside))
        for fact in index.facts_of(one.id)
        if fact.kind in _TERMS and is_step(fact)
    ]
    bases = [fact for fact in own if fact.kind in {fact.kind for fact in notes}]
    return [*terms, *steps_spoken_of(heard, notes, bases, index)]


def _is_scheme(row: Program, beside: Sequence[Program]) -> bool:
    """Whether a row that bears a program's name is that of the whole scheme: 「白嶺県中小企業制度融資」."""
    return any(word in row.program for word in ("制度", "融資一覧")) and len(beside) > 2
