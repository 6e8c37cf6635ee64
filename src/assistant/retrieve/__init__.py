"""Query → programs: those it names, or the best described ones, within its region, year and stage."""

from __future__ import annotations

from dataclasses import dataclass

from ..figures import previous_year, year_number
from ..index import Index
from ..records import Document, FactKind, Hit, Program, Query
from ..tokens import tokens
from ..understand import wanted
from .rank import rank

__all__ = ["Retrieval", "retrieve"]

#: Kinds that a whole budget has.
WHOLE = frozenset(
    {
        FactKind.BUDGET,
        FactKind.BUDGET_PREVIOUS,
        FactKind.BUDGET_REVISED,
        FactKind.BUDGET_CHANGE,
        FactKind.FUNDING_NATIONAL,
        FactKind.FUNDING_OTHER,
        FactKind.FUNDING_GENERAL,
    }
)
PREVIOUS = {FactKind.BUDGET: (FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED)}


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Hits, best first; with none, ``missing`` says what is not here: region, year, stage, program or topic."""

    hits: tuple[Hit, ...]
    missing: str | None = None
    last_year: bool = False  # the year asked for stands as last year's figures in a later document
    documents: tuple[Document, ...] = ()


def retrieve(query: Query, index: Index) -> Retrieval:
    """The programs that a query is about."""
    documents, missing, last_year = _documents(query, index)
    if missing:
        return Retrieval((), missing)
    ids = {document.id for document in documents}
    if query.named:
        return _named(query, index, ids, documents, last_year)
    total = _whole(query, index, documents)
    if (
        not total
        and query.intent == "list"
        and not (query.words or query.terms)
        and len(documents) < len(index.documents)
    ):
        return Retrieval(_everything(index, ids), None, last_year, documents)
    if total or not (query.words or query.terms):  # a verb alone, 「…へ行く」, describes no program
        return Retrieval(total, None if total else "topic", last_year, documents)
    partly = [index.programs[name] for name in query.partly if index.programs[name].document in ids]
    if partly:
        return Retrieval(tuple(_hit(program, index) for program in partly), None, last_year, documents)
    hits = rank(query, index, ids)
    return Retrieval(hits, None if hits else "program", last_year, documents)


def _named(query: Query, index: Index, ids: set[str], documents: tuple[Document, ...], last_year: bool) -> Retrieval:
    """The programs that were named; one of a later document when its last year's figures are asked for."""
    programs = [index.programs[name] for name in query.named]
    named = [program for program in programs if program.document in ids]
    if not named and query.fiscal_year and _asks_budget(query):
        year = year_number(query.fiscal_year)
        homes = {program.id: index.documents[program.document] for program in programs}
        named = [program for program in programs if year_number(_before(homes[program.id])) == year]
        named = [program for program in named if not query.regions or homes[program.id].region in query.regions]
        last_year = bool(named)
    if not named:
        return Retrieval((), "program", documents=documents)
    return Retrieval(tuple(_hit(program, index) for program in _distinct(named)), None, last_year, documents)


def _asks_budget(query: Query) -> bool:
    kinds = {FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED}
    return bool(set(query.kinds) & kinds) or query.open_amount


def _documents(query: Query, index: Index) -> tuple[tuple[Document, ...], str | None, bool]:
    """The documents a query may be answered from, or what is missing."""
    documents = tuple(index.documents.values())
    if query.regions:
        documents = tuple(document for document in documents if document.region in query.regions)
        if not documents:
            return (), "region", False
    if any(not _printed(town, index) for town in query.towns):
        return (), "region", False
    if query.fiscal_year:
        year = year_number(query.fiscal_year)
        same = tuple(document for document in documents if year_number(document.fiscal_year) == year)
        if not same:
            later = tuple(document for document in documents if year_number(_before(document)) == year)
            return (later, None, True) if later and _asks_budget(query) else ((), "year", False)
        documents = same
    if query.stage:
        same = tuple(document for document in documents if document.stage == query.stage)
        if not same and query.stage == "概算要求":
            return (), "stage", False
        documents = same or documents
    return documents, None, False


def _printed(town: str, index: Index) -> bool:
    """Whether a place of no document is at least spoken of, so that what is asked may be about it."""
    return any(town in passage.text for passage in index.passages.values())


def _before(document: Document) -> str:
    return previous_year(document.fiscal_year) if year_number(document.fiscal_year) is not None else ""


def _distinct(programs: list[Program]) -> list[Program]:
    """Programs before the offices and sums of the same name."""
    real = [program for program in programs if program.role == "program"]
    return list(dict.fromkeys(real or programs))


def _hit(program: Program, index: Index) -> Hit:
    return Hit(program, index.passages_of(program.id), 1.0, (("name", 1.0),))


def _whole(query: Query, index: Index, documents: tuple[Document, ...]) -> tuple[Hit, ...]:
    """「群馬県の予算は?」 asks for the total of the one document that is meant; so does the name of its office."""
    kinds = set(wanted(query))
    if not kinds or not kinds <= WHOLE or len(documents) != 1 or not (query.regions or query.fiscal_year):
        return ()
    if query.terms or not set(query.words) <= _title_words(documents[0]):
        return ()
    own = [program for program in index.programs.values() if program.document == documents[0].id]
    totals = [program for program in own if program.role == "total" and _has_budget(program, index)]
    sums = [program for program in own if program.role == "subtotal" and _has_budget(program, index)]
    totals = totals or (sums if len(sums) == 1 else [])  # the only sum of a document is its total
    return tuple(_hit(program, index) for program in totals[-1:])


def _everything(index: Index, documents: set[str]) -> tuple[Hit, ...]:
    """All programs of a region or a year, in the order of their documents."""
    programs = (program for program in index.programs.values() if program.document in documents)
    return tuple(_hit(program, index) for program in programs if program.role == "program")


def _title_words(document: Document) -> set[str]:
    return {*tokens(f"{document.title} {document.publisher}"), "全体", "総額", "合計", "総計", "規模"}


def _has_budget(program: Program, index: Index) -> bool:
    return any(fact.kind is FactKind.BUDGET for fact in index.facts_of(program.id))
