"""What a document says once for all funds of a scheme, or for all 枠 of a fund, as the terms of each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..index import Index
from ..lexicon import table
from ..records import Fact, FactKind, Hit, Program, Query
from ..retrieve import Retrieval
from ..tokens import fold, search_form
from .cases import is_step, steps_spoken_of
from .heard import Heard, asks_steps_alone, hear

_TERMS = frozenset({FactKind.LOAN_RATE, FactKind.LOAN_TERM, FactKind.LOAN_LIMIT, FactKind.GUARANTEE_RATE})
_BRACKET = re.compile(r"[（(][^（()）]*[)）]$")
_PLACE = re.compile(r"[\s　]")
_PLAIN = re.compile(r"課|室|係|班")
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


def of_the_pool(query: Query, retrieval: Retrieval, index: Index) -> Retrieval:
    """「制度融資の総枠は?」: the one row of the region's documents that states what a whole scheme lends."""
    rules = table("telling")["scheme"]
    plain = search_form(query.question)
    if query.named or FactKind.LOAN_POOL not in query.kinds or not re.search(rules["asked"], plain):
        return retrieval
    if retrieval.missing in ("region", "year", "stage"):  # another year's pool is none of this one
        return retrieval
    homes = {one.id for one in index.documents.values() if one.region in query.regions}
    stating = {fact.program_id for fact in index.facts(kind=FactKind.LOAN_POOL) if fact.document in homes}
    rows = [index.programs[one] for one in sorted(stating)]
    rows = [one for one in rows if re.search(rules["names"], search_form(one.program))] or rows
    if len(rows) != 1:
        return retrieval
    return replace(retrieval, hits=(Hit(rows[0], index.passages_of(rows[0].id), 1.0),), missing=None)


def of_the_notes(query: Query, retrieval: Retrieval, index: Index) -> Retrieval:
    """「融資で経営者保証をつけないと保証料はどれだけ上がる?」: the row of the scheme whose notes say so.

    Where a fund is named, or the best described program states the kind itself, the notes are told beside its own;
    the notes alone where nothing but by how much is asked.
    """
    kinds = set(query.kinds) & _TERMS
    if query.named or not kinds or retrieval.missing in ("region", "year", "stage"):
        return retrieval
    heard = hear(query, ())
    best = [hit.program for hit in retrieval.ranked[:1]]
    states = any(one.role != "program" or kinds & index.kinds_of(one.id) for one in best)
    if not asks_steps_alone(heard) and (states or not best):
        return retrieval
    homes = {one.id for one in index.documents.values() if one.region in query.regions}
    homes = homes or {one.document for one in best}
    rows = [one for one in index.programs.values() if one.document in homes and one.role != "program"]
    spoken = [row for row in rows if _notes_spoken_of(heard, row, kinds, index)]
    if len(spoken) != 1:
        return retrieval
    return replace(retrieval, hits=(Hit(spoken[0], index.passages_of(spoken[0].id), 1.0),), missing=None)


def _notes_spoken_of(heard: Heard, row: Program, kinds: set[FactKind], index: Index) -> bool:
    notes = [one for one in index.facts_of(row.id) if one.kind in kinds and is_step(one)]
    return bool(notes) and bool(steps_spoken_of(heard, notes, [], index))


def of_its_office(program: Program, index: Index) -> list[Fact]:
    """The telephone of the office that is printed for a program, from the document's list of offices.

    An office that the list prints with several numbers is not told: nobody knows which of them is meant.
    """
    phones = [
        fact
        for one in index.programs.values()
        if one.document == program.document and one.role != "program"
        for fact in index.facts_of(one.id)
        if fact.kind is FactKind.PHONE and "FAX" not in (fact.condition or "")
    ]
    found: list[Fact] = []
    for office in map(fold, program.departments):
        own = [fact for fact in phones if _is_office(office, fold(fact.item or fact.program))]
        found += own if len({fact.text for fact in own}) == 1 else []
    return list({fact.text: fact for fact in found}.values())


def _is_office(office: str, printed: str) -> bool:
    """「商工振興課」 and 「商工振興課 振興係」; not 「経営支援課（商業担当」, which may have others."""
    name = _PLACE.sub("", office)
    at = printed.find(name) if len(name) > 1 else -1
    behind = printed[at + len(name) :] if at >= 0 else "("
    return at >= 0 and (not behind or behind[0] not in "(（、・") and not _PLAIN.search(printed[:at])


def _is_scheme(row: Program, beside: Sequence[Program]) -> bool:
    """Whether a row that bears a program's name is that of the whole scheme: 「白嶺県中小企業制度融資」."""
    return any(word in row.program for word in ("制度", "融資一覧")) and len(beside) > 2
