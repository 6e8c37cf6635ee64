"""「保証料は県が何割持ってくれる?」 of a loan: who bears what of its fee or interest, where the document says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..index import Index
from ..lexicon import table
from ..records import DraftSentence, FactKind, Hit, Program, Query
from ..tokens import fold, search_form
from .labels import called
from .offices import quoted, source
from .select import own_parts
from .telling import tellable
from .units import Unit, units_of
from .words import without_name

K = FactKind
_LOAN = frozenset({K.LOAN_LIMIT, K.LOAN_RATE, K.LOAN_TERM, K.GUARANTEE_RATE})
_ASKED = frozenset(
    {K.SUBSIDY_RATE, K.GUARANTEE_RATE, K.LOAN_RATE, K.SUBSIDY_LIMIT, K.LIMIT_ADDITION, K.FUNDING_GENERAL}
)
_MOST = 3  # pieces told
_SHORT = 60  # characters of a sentence that only goes on


def borne(query: Query, hit: Hit, index: Index) -> list[DraftSentence]:
    """What a document says is paid of a loan's fee or interest; [] when that is not asked, or nothing is said of it."""
    plain = search_form(without_name(query.question, hit.program))
    asks = _any("asks").search(plain)
    if not query.kinds and query.intent not in ("open", "check", "aggregate"):
        return []
    if asks is None or not set(query.kinds) <= _ASKED or not _LOAN & index.kinds_of(hit.program.id):
        return []
    thing = "保証料" if "保証料" in asks[0] else "利[子息]|金利"
    told = list(_own(thing, hit.program, index)) or list(_elsewhere(thing, query, hit.program, index))
    return [_sentence(hit, program, unit, index) for program, unit in told[:_MOST]]


def _own(thing: str, program: Program, index: Index) -> Iterator[tuple[Program, Unit]]:
    for unit in units_of(program, index):
        if _says(thing, f"{unit.label} {unit.text}") and tellable(unit, program, index) == [unit]:
            yield program, unit


def _elsewhere(thing: str, query: Query, loan: Program, index: Index) -> Iterator[tuple[Program, Unit]]:
    """In other programs of its document what names the loan, or its part that is asked about."""
    names = {fold(name) for name in (*own_parts(query, loan), *loan.aliases, loan.program)}
    names |= {fold(part) for part in loan.subprograms if fold(part) in fold(query.question)}
    for program in index.programs.values():
        if program.document != loan.document or program.id == loan.id:
            continue
        units = [unit for unit in units_of(program, index) if tellable(unit, program, index) == [unit]]
        for place, unit in enumerate(units):
            said = fold(unit.text)
            if any(name in said for name in names) and _says(thing, unit.text):
                yield program, unit
                yield from ((program, more) for more in units[place + 1 : place + _MOST] if _goes_on(unit, more))


def _goes_on(unit: Unit, more: Unit) -> bool:
    """Whether a short sentence goes on with the one before it: 「上限は1年につき10万円。」."""
    return more.line - unit.line <= 1 and len(more.text) <= _SHORT and more.form == "sentence"


def _says(thing: str, text: str) -> bool:
    plain = search_form(text)
    return re.search(thing, plain) is not None and _any("printed").search(plain) is not None


def _sentence(hit: Hit, program: Program, unit: Unit, index: Index) -> DraftSentence:
    text = f"{source(hit, index)}{called(program)}について、「{quoted(unit.text)}」と記載されています。"
    return DraftSentence(text, quotes=((unit.passage, unit.quote),))


@cache
def _any(name: str) -> re.Pattern[str]:
    return re.compile("|".join(table("questions")["borne"][name]))
