"""Query → programs: those it names, or the best described ones, within its region, year and stage."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..figures import find_figures, previous_year, year_number
from ..index import Index
from ..records import Document, FactKind, FigureKind, Hit, Program, Query
from ..tokens import fold, tokens
from ..understand import wanted
from .rank import bears_name, odds, rank

__all__ = ["UNSURE", "Retrieval", "odds", "retrieve", "scope_of"]

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
#: How likely the first program must be the one meant, for an answer to be given from it.
ENOUGH = 0.5
#: … when the question asks for nothing that programs have: it may be about anything.
SURER = 0.7
#: … when several are to be listed
LISTED = 0.4
#: … and for it to be asked back whether it is meant.
UNSURE = 0.3
PREVIOUS = {FactKind.BUDGET: (FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED)}


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Hits, best first; with none, ``missing`` says what is not here: region, year,
    stage, program or topic; or ``unsure`` when some of ``ranked`` may be meant."""

    hits: tuple[Hit, ...]
    missing: str | None = None
    last_year: bool = False  # the year asked for stands as last year's figures in a later document
    documents: tuple[Document, ...] = ()
    sure: float = 1.0  # how likely the first hit is the program meant; 1 for one that is named
    ranked: tuple[Hit, ...] = ()  # what was found, also where it was too little to answer from

    @property
    def nearest(self) -> tuple[Hit, ...]:
        """What a search gives: the hits, or what came nearest where none is sure enough to answer from."""
        return self.hits or self.ranked


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
    total = total or _of_said_item(query, index, ids)
    if total or not (query.words or query.terms):  # a verb alone, 「…へ行く」, describes no program
        return Retrieval(total, None if total else "topic", last_year, documents)
    partly = [index.programs[name] for name in query.partly if index.programs[name].document in ids]
    if partly:
        return Retrieval(tuple(_hit(program, index) for program in partly), None, last_year, documents)
    ranked, sure = rank(query, index, ids)
    known = bool(ranked) and bears_name(query, ranked[0].program, index)  # not of a name that no document has
    asking = bool(wanted(query) or query.terms) or query.intent != "open"
    enough = LISTED if query.intent == "list" else ENOUGH if asking else SURER
    hits = ranked if known and sure >= enough else ()
    asks = known and sure >= UNSURE
    missing = None if hits else ("unsure" if asks else "program")
    return Retrieval(hits, missing, last_year, documents, sure=sure, ranked=ranked)


def scope_of(query: Query, index: Index) -> set[str] | None:
    """Ids of the documents that a query may be answered from; None when its region, year or stage is not held."""
    documents, missing, _ = _documents(query, index)
    return None if missing else {document.id for document in documents}


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
    if not named and query.fiscal_year and (wanted(query) or query.unknown_kind):
        there = [one for one in programs if not query.regions or _home(one, index).region in query.regions]
        named = [one for one in there if _tells_of(_home(one, index), replace(query, named=(one.id,)), index)]
    named = named or _of_longer_name(query, programs, index, ids)
    if not named:  # of another year than is asked for, or of another region
        here = [one for one in programs if not query.regions or _home(one, index).region in query.regions]
        return Retrieval((), "year" if query.fiscal_year and here else "program", documents=documents)
    return Retrieval(tuple(_hit(program, index) for program in _distinct(named)), None, last_year, documents)


def _home(program: Program, index: Index) -> Document:
    return index.documents[program.document]


def _of_longer_name(query: Query, programs: list[Program], index: Index, ids: set[str]) -> list[Program]:
    """「湊市の振興資金」, a name of elsewhere: the one program there of whose own name it is a piece."""
    said = {fold(program.program) for program in programs}
    there = [one for one in index.programs.values() if one.document in ids and one.role == "program"]
    found = [one for one in there if any(name in fold(one.program) for name in said)]
    stating = [one for one in found if set(wanted(query)) & index.kinds_of(one.id)]
    found = stating or found
    return found if len(found) == 1 else []


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
    if query.places:  # a town's own programs stand in its own documents alone
        documents = tuple(document for document in documents if document.region.endswith(query.places))
        if not documents:
            return (), "region", False
    if any(not _printed(town, index) for town in query.towns):
        return (), "region", False
    if query.fiscal_year:
        year = year_number(query.fiscal_year)
        same = tuple(document for document in documents if year_number(document.fiscal_year) == year)
        if not same:
            later = tuple(document for document in documents if year_number(_before(document)) == year)
            if later and _asks_budget(query):
                return later, None, True
            asks = wanted(query) or (query.named and query.unknown_kind)
            told = tuple(one for one in documents if _tells_of(one, query, index)) if asks else ()
            return (told, None, False) if told else ((), "year", False)
        documents = same
    if query.stage:
        same = tuple(document for document in documents if document.stage == query.stage)
        if not same and query.stage == "概算要求":
            return (), "stage", False
        documents = same or documents
    return documents, None, False


def _tells_of(document: Document, query: Query, index: Index) -> bool:
    """Whether a document of another year may tell figures of the year asked for: as last year's, or by its number."""
    year = year_number(query.fiscal_year or "")
    if year is None or not (query.named or query.regions):
        return False
    if year == year_number(_before(document)):
        return True
    pages = (page for name in query.named for page in index.passages_of(name) if page.document == document.id)
    return any(year in _years_in(page.text) for page in pages)


def _years_in(text: str) -> set[int | None]:
    return {year_number(figure.text) for figure in find_figures(text) if figure.kind is FigureKind.YEAR}


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


def _of_said_item(query: Query, index: Index, ids: set[str]) -> tuple[Hit, ...]:
    """「県の新規融資枠は?」, which names nothing else: the one program there whose figure is called so."""
    of_all = set(query.kinds) == {FactKind.LOAN_POOL}  # 「県の制度融資の新規融資枠」 is still that of the region
    if not query.regions or not query.kinds or query.words or (query.terms and not of_all):
        return ()
    said = fold(query.question)
    programs = [program for program in index.programs.values() if program.document in ids]
    for lead in ((), ("新規", "総")):  # as it is called, then without what only qualifies it
        found = [
            program
            for program in programs
            for fact in index.facts_of(program.id)
            if fact.kind in query.kinds and fact.item and _called(fold(fact.item), lead) in said
        ]
        if found:
            return (_hit(found[0], index),) if len({program.id for program in found}) == 1 else ()
    return ()


def _called(item: str, leads: tuple[str, ...]) -> str:
    for lead in leads:
        item = item.removeprefix(lead)
    return item if len(item) > 2 else "〓"  # too short to name a figure


def _everything(index: Index, documents: set[str]) -> tuple[Hit, ...]:
    """All programs of a region or a year, in the order of their documents."""
    programs = (program for program in index.programs.values() if program.document in documents)
    return tuple(_hit(program, index) for program in programs if program.role == "program")


def _title_words(document: Document) -> set[str]:
    return {*tokens(f"{document.title} {document.publisher}"), "全体", "総額", "合計", "総計", "規模"}


def _has_budget(program: Program, index: Index) -> bool:
    return any(fact.kind is FactKind.BUDGET for fact in index.facts_of(program.id))
