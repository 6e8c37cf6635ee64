"""A build's documents, programs and facts, ready to be narrowed and sent.

::

    Index ─once a build─▶ Catalogue ─Narrowing─▶ rows, already JSON ─browsing_replies─▶ a response
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from assistant.index import Index
from assistant.public import fact_json, program_json
from assistant.records import Document, Fact, Program
from assistant.tokens import fold

from .schemas.narrowing import FactQuery, Narrowing

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact, its folded names, its document's region, and itself as JSON."""

    record: Fact
    names: tuple[str, ...]
    region: str
    encoded: str


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """A program, its folded names, its document's region, and itself as JSON."""

    record: Program
    names: tuple[str, ...]
    region: str
    encoded: str


class Catalogue:
    """What can be browsed of one build.  It holds all of it, so nothing is read from the store after it was made."""

    def __init__(self, index: Index) -> None:
        self.documents = index.documents
        regions = {document.id: document.region for document in index.documents.values()}
        names = {one.id: tuple(map(fold, (one.program, *one.aliases))) for one in index.programs.values()}
        self.facts = tuple(
            FactRow(fact, (*names.get(fact.program_id, ()), fold(fact.program)), regions[fact.document], compact(plain))
            for fact in index.facts()
            for plain in (fact_json(fact),)
        )
        self.programs = tuple(
            ProgramRow(one, names[one.id], regions[one.document], compact(program_json(one)))
            for one in index.programs.values()
            if one.role == "program"
        )
        self._fact_counts = Counter(row.record.document for row in self.facts)
        self._program_counts = Counter(row.record.document for row in self.programs)
        self.order = {name: place for place, name in enumerate(index.documents)}

    def document(self, one: Document) -> dict[str, Any]:
        """A document as plain JSON types, without its lines."""
        return {
            "id": one.id,
            "title": one.title,
            "publisher": one.publisher,
            "region": one.region,
            "fiscal_year": one.fiscal_year,
            "stage": one.stage,
            "url": one.url,
            "licence": one.licence,
            "line_count": len(one.lines),
            "program_count": self._program_counts[one.id],
            "fact_count": self._fact_counts[one.id],
        }


def catalogue(index: Index) -> Catalogue:
    """The index's catalogue, made once."""
    return index.keep(Catalogue, lambda: Catalogue(index))


def compact(value: object) -> str:
    """JSON without blanks, Japanese as itself."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def facts_like(query: FactQuery, held: Catalogue) -> list[FactRow]:
    """The facts that a query is after, in its order, before limit and offset."""
    fits = fitting(query)
    kinds, flags = frozenset(query.kind), frozenset(query.flag)
    found = [
        row
        for row in held.facts
        if fits(row)
        and (not kinds or row.record.kind in kinds)
        and (not flags or not flags.isdisjoint(row.record.flags))
    ]
    return ordered(found, query.sort)


def programs_like(query: Narrowing, held: Catalogue) -> list[ProgramRow]:
    """The programs that a query is after, in the documents' order, before limit and offset."""
    return list(filter(fitting(query), held.programs))


def fitting(query: Narrowing) -> Callable[[FactRow | ProgramRow], bool]:
    """Whether a row has one of the values of every filter.

    Names are compared as the command line compares them; regions, years and stages without regard to width and blanks.
    """
    documents = frozenset(query.document)
    parts = [fold(part) for part in query.program]
    regions, years, stages = (frozenset(map(fold, words)) for words in (query.region, query.fiscal_year, query.stage))

    def fits(row: FactRow | ProgramRow) -> bool:
        return (
            (not documents or row.record.document in documents)
            and (not regions or fold(row.region) in regions)
            and (not years or fold(row.record.fiscal_year) in years)
            and (not stages or fold(row.record.stage) in stages)
            and (not parts or any(part in name for part in parts for name in row.names))
        )

    return fits


def ordered(rows: list[FactRow], sort: str) -> list[FactRow]:
    """Rows by one column; equal ones stay as printed, and what has no amount comes last either way."""
    column = sort.removeprefix("-")
    down = sort.startswith("-")
    if column == "document":
        return rows[::-1] if down else rows
    if column == "yen":
        priced = [row for row in rows if amount(row.record) is not None]
        return sorted(priced, key=lambda row: amount(row.record) or 0, reverse=down) + [
            row for row in rows if amount(row.record) is None
        ]
    return sorted(rows, key=lambda row: str(getattr(row.record, column)), reverse=down)


def amount(fact: Fact) -> int | None:
    """The yen that a fact is sorted by: a range by its upper end, or by the only one it has."""
    return next((yen for yen in (fact.yen, fact.yen_max, fact.yen_min) if yen is not None), None)


def page(rows: list[Row], query: Narrowing) -> list[Row]:
    """The rows that limit and offset leave."""
    return rows[query.offset : None if query.limit is None else query.offset + query.limit]


def listed(name: str, encoded: Iterable[str], total: int) -> bytes:
    """``{name: [rows], "total": n}`` of rows that are JSON already."""
    return f'{{"{name}":[{",".join(encoded)}],"total":{total}}}'.encode()
