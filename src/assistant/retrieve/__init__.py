"""Query → programs: those it names, or the best described ones, within its region, year and stage."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..figures import find_figures, previous_year, year_number
from ..index import Index
from ..lexicon import table
from ..placenames import NATION
from ..records import Document, FactKind, FigureKind, Hit, Program, Query
from ..tokens import fold, tokens
from ..understand import wanted
from ..understand.variants import said_of_variant
from .bearing import is_spoken_of
from .rank import bears_name, odds, rank
from .sums import row_key

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
ENOUGH = 0.55
#: … when the question asks for nothing that programs have, and of no year: it may be about anything.
SURER = 0.7
#: … when several are to be listed
LISTED = 0.4
#: … and for it to be asked back whether it is meant.
UNSURE = 0.3
#: Odds by the first from which the second may as well be meant.
TIE = 0.7
#: Odds by the first from which the same program without brackets is meant as well.
ALIKE = 0.05
#: The weighed signals from which a program may be meant that has no noun of the question.
NEAR = 0.6
#: Share of the first one's score from which a program is a rival of one that states nothing of what is asked,
RIVAL = 0.8
#: … unless the question holds so much of the first one's name.
TITLED = 0.5
#: Programs looked at for the one without brackets.
NEXT = 5
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
    ranked = _bearing_first(query, _stating_first(query, _plain_first(query, ranked), index), index)
    known = bool(ranked) and bears_name(query, ranked[0].program, index)  # not of a name that no document has
    known = known and (not query.words or _is_meant(query, ranked[0], sure, index))
    asking = bool(wanted(query) or query.terms or query.fiscal_year) or query.intent != "open"
    enough = LISTED if query.intent == "list" else ENOUGH if asking else SURER
    hits = ranked if known and sure >= enough and not _has_rival(query, ranked) else ()
    asks = known and sure >= UNSURE
    missing = None if hits else ("unsure" if asks else "program")
    return Retrieval(hits, missing, last_year, documents, sure=sure, ranked=ranked)


def _has_rival(query: Query, ranked: tuple[Hit, ...]) -> bool:
    """Whether the second may as well be meant as the first, and states no less of what is asked."""
    if query.intent != "figure" or query.operation or len(ranked) < 2:
        return False
    first, second = (dict(hit.parts)["kind"] for hit in ranked[:2])
    return second >= first and odds(ranked[1], ranked[0]) >= TIE


def _is_meant(query: Query, first: Hit, sure: float, index: Index) -> bool:
    """Whether the first program has a noun of the question, or is near enough without: it is not but the least far."""
    near = dict(first.parts).get("weighed", 0.0) >= NEAR
    return sure >= SURER or near or is_spoken_of(query, first.program, index)


def _plain_first(query: Query, ranked: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The program without brackets before its variant 「…事業(起業支援分)」 of which the question says nothing."""
    if not ranked:
        return ranked
    first, said = ranked[0], " ".join((query.question, *query.terms))
    for hit in ranked[1:NEXT]:
        same = hit.program.document == first.program.document and hit.program.role == "program"
        if not same or odds(hit, first) < ALIKE or said_of_variant(first.program.program, hit.program.program, said):
            continue
        rest = (one for one in ranked[1:] if one is not hit)
        return (replace(hit, parts=first.parts), replace(first, parts=hit.parts), *rest)
    return ranked


def _stating_first(query: Query, ranked: tuple[Hit, ...], index: Index) -> tuple[Hit, ...]:
    """The nearest program that is spoken of and states something of what is asked before one that states nothing."""
    if not ranked or dict(ranked[0].parts)["kind"] or dict(ranked[0].parts)["title"] >= TITLED:
        return ranked
    for hit in ranked[1:NEXT]:
        if hit.score >= RIVAL and dict(hit.parts)["kind"] and is_spoken_of(query, hit.program, index):
            return (hit, *(one for one in ranked if one is not hit))
    return ranked


def _bearing_first(query: Query, ranked: tuple[Hit, ...], index: Index) -> tuple[Hit, ...]:
    """The near program whose pages print a name that no program has, before those that do not."""
    bearing = next((hit for hit in ranked[:NEXT] if bears_name(query, hit.program, index)), None)
    return (bearing, *(hit for hit in ranked if hit is not bearing)) if bearing else ranked


def scope_of(query: Query, index: Index) -> set[str] | None:
    """Ids of the documents that a query may be answered from; None when its region, year or stage is not held."""
    documents, missing, last_year = _documents(query, index)
    year = year_number(query.fiscal_year or "")
    planned = year and not last_year and _asks_budget(query)  # figures of a year that no document is of are no sums
    if missing or (planned and all(year_number(one.fiscal_year) != year for one in documents)):
        return None
    return {document.id for document in documents}


def _named(query: Query, index: Index, ids: set[str], documents: tuple[Document, ...], last_year: bool) -> Retrieval:
    """The programs that were named; one of a later document when its last year's figures are asked for."""
    programs = [index.programs[name] for name in query.named]
    if (hit := _of_office(query, programs, index, ids)) is not None:
        return Retrieval((hit,), None, last_year, documents)
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
    """「湊市の振興資金」, a name of elsewhere: the one program there of whose own name it is a piece, or all words."""
    said = {fold(program.program): set(tokens(program.program)) for program in programs}
    there = [one for one in index.programs.values() if one.document in ids and one.role == "program"]
    found = [one for one in there if any(name in fold(one.program) for name in said)]
    worded = [
        one for one in there if any(words <= set(tokens(one.program)) for words in said.values() if len(words) > 1)
    ]
    found = found or worded
    stating = [one for one in found if set(wanted(query)) & index.kinds_of(one.id)]
    found = stating or found
    return found if len(found) == 1 else []


def _asks_budget(query: Query) -> bool:
    kinds = {FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED}
    taken = query.intent == "check" and not query.kinds and any(one.kind is FigureKind.MONEY for one in query.premises)
    return bool(set(query.kinds) & kinds) or query.open_amount or taken


def _documents(query: Query, index: Index) -> tuple[tuple[Document, ...], str | None, bool]:
    """The documents a query may be answered from, or what is missing."""
    documents = tuple(index.documents.values())
    if query.regions:
        documents = tuple(document for document in documents if document.region in query.regions)
        if not documents:
            return (), "region", False
    elif query.near and not query.named:
        documents = tuple(one for one in documents if not _of_others(one.region, query.near, index))
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
                printing = any(_prints_last_year(one, index) for one in later)
                others = set(query.kinds) - {*PREVIOUS, *PREVIOUS[FactKind.BUDGET]}
                return (later, None, True) if printing or others else ((), "year", False)
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


def _of_others(region: str, near: tuple[str, ...], index: Index) -> bool:
    """Whether a region is another one of the sort that the asker lives in: another prefecture, another town."""
    held = {document.region for document in index.documents.values()}
    sorts = {one in held and one[-1] in "市区町村" for one in near if one in held}
    return region != NATION and region not in near and (region[-1] in "市区町村") in sorts


def _tells_of(document: Document, query: Query, index: Index) -> bool:
    """Whether a document of another year may tell figures of the year asked for: as last year's, or by its number."""
    year = year_number(query.fiscal_year or "")
    if year is None or not (query.named or query.regions):
        return False
    if year == year_number(_before(document)) or _plans(document, query, year, index):
        return True
    pages = (page for name in query.named for page in index.passages_of(name) if page.document == document.id)
    return any(year in _years_in(page.text) for page in pages)


def _prints_last_year(document: Document, index: Index) -> bool:
    kinds = (FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED)
    return any(fact for kind in kinds for fact in index.facts(document=document.id, kind=kind))


def _plans(document: Document, query: Query, year: int, index: Index) -> bool:
    """Whether a document prints budgets of a later year than its own: 「令和9年度計画額」."""
    if not _asks_budget(query):
        return False
    return any(
        year_number(fact.fiscal_year) == year
        for fact in index.facts(document=document.id, kind=FactKind.BUDGET)
        if not query.named or fact.program_id in query.named
    )


def _years_in(text: str) -> set[int | None]:
    return {year_number(figure.text) for figure in find_figures(text) if figure.kind is FigureKind.YEAR}


def _printed(town: str, index: Index) -> bool:
    """Whether a place of no document is at least spoken of, so that what is asked may be about it."""
    return any(town in passage.text for passage in index.passages.values())


def _before(document: Document) -> str:
    return previous_year(document.fiscal_year) if year_number(document.fiscal_year) is not None else ""


def _of_office(query: Query, programs: list[Program], index: Index, ids: set[str]) -> Hit | None:
    """「貿易振興課の輸出の事業」: of the programs of an office the one that a topic behind its name tells."""
    if not programs or any(one.role != "department" for one in programs) or not query.words:
        return None
    lists = table("scopes")["hearsay"]
    if re.search(f"(?:{lists['office']})の(?={lists['topic']})", query.question) is None:
        return None
    ranked, _ = rank(replace(query, named=()), index, ids)
    keys = {row_key(one.program) for one in programs}
    own = [one for one in ranked if any(key in fold(office) for key in keys for office in one.program.departments)]
    return own[0] if own and is_spoken_of(query, own[0].program, index) else None


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
    return {*tokens(f"{document.title} {document.publisher} {document.stage}"), "全体", "総額", "合計", "総計", "規模"}


def _has_budget(program: Program, index: Index) -> bool:
    return any(fact.kind is FactKind.BUDGET for fact in index.facts_of(program.id))
