"""What the documents hold: documents, programs, facts, passages.

These are plain functions: the framework runs them in its threads, so that a long table holds nobody up.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import FastAPI, Path, Query, Request, Response

from assistant.index import Index
from assistant.records import Document, Passage

from ..browsing import catalogue, compact, facts_like, listed, page, programs_like
from ..browsing_csv import facts_csv
from ..browsing_replies import CSV, JSONL, reply
from ..desk import Desk
from ..problems import Problem
from ..schemas.browse import DocumentLines, DocumentsTold, FactsTold, PassageTold, ProgramsTold
from ..schemas.narrowing import FactQuery, LineQuery, ProgramQuery
from .replies import Responses, errors

AROUND = 5
LINES = {JSONL: {"schema": {"type": "string", "description": "with format=jsonl: a row of JSON a line"}}}
TABLE = {CSV: {"schema": {"type": "string", "description": "with format=csv: a file for spreadsheets"}}}
KNOWN: Responses = {304: {"description": "The client has it already, by its If-None-Match"}}
# Ids hold no slash: the converter only lets an id with %2F in it reach the route, so that it is refused as unknown.
DocumentId = Annotated[str, Path(max_length=400, description="the document's id, as citations name it")]
PassageId = Annotated[str, Path(pattern=r"^-?[0-9]{1,20}$", description="the passage's id, as citations name it")]
Around = Annotated[int, Query(ge=0, le=200, description="how many lines before and after it")]


def add_browse(app: FastAPI, desk: Desk) -> None:
    """The browsing routes."""
    add_tables(app, desk)
    add_sources(app, desk)


def add_tables(app: FastAPI, desk: Desk) -> None:
    """Facts and programs."""

    @app.head("/v1/facts", include_in_schema=False)
    @app.get(
        "/v1/facts",
        response_model=FactsTold,
        responses=KNOWN | {200: {"content": LINES | TABLE}} | errors(422, 429),
        tags=["browse"],
    )
    def facts(query: Annotated[FactQuery, Query()], request: Request) -> Response:
        """The fact table: every figure of the documents with its program, kind, year, stage and line."""
        index = desk.index

        def made() -> bytes:
            found = facts_like(query, catalogue(index))
            shown = page(found, query)
            if query.format == "csv":
                return facts_csv(row.record for row in shown)
            if query.format == "jsonl":
                return by_line(row.encoded for row in shown)
            return listed("facts", (row.encoded for row in shown), len(found))

        return reply(request, index, query.model_dump_json(), made, **kind_of("facts", query.format))

    @app.head("/v1/programs", include_in_schema=False)
    @app.get(
        "/v1/programs",
        response_model=ProgramsTold,
        responses=KNOWN | {200: {"content": LINES}} | errors(422, 429),
        tags=["browse"],
    )
    def programs(query: Annotated[ProgramQuery, Query()], request: Request) -> Response:
        """The programs of the documents."""
        index = desk.index

        def made() -> bytes:
            found = programs_like(query, catalogue(index))
            shown = [row.encoded for row in page(found, query)]
            return by_line(shown) if query.format == "jsonl" else listed("programs", shown, len(found))

        return reply(request, index, query.model_dump_json(), made, **kind_of("programs", query.format))


def add_sources(app: FastAPI, desk: Desk) -> None:
    """Documents and passages."""

    @app.head("/v1/documents", include_in_schema=False)
    @app.get("/v1/documents", response_model=DocumentsTold, responses=KNOWN | errors(429), tags=["browse"])
    def documents(request: Request) -> Response:
        """The documents that answers come from."""
        index = desk.index

        def made() -> bytes:
            held = catalogue(index)
            return compact({"documents": [held.document(one) for one in index.documents.values()]}).encode()

        return reply(request, index, "", made)

    @app.head("/v1/documents/{document_id:path}", include_in_schema=False)
    @app.get(
        "/v1/documents/{document_id:path}",
        response_model=DocumentLines,
        responses=KNOWN | errors(404, 422, 429),
        tags=["browse"],
    )
    def document(document_id: DocumentId, query: Annotated[LineQuery, Query()], request: Request) -> Response:
        """A document with its lines as printed, all of them or from one to another."""
        index = desk.index
        found = index.documents.get(document_id)
        if found is None:
            raise Problem(404, "no_document", "There is no such document.", "GET /v1/documents lists them.")
        first, last = span(found, query)

        def made() -> bytes:
            lines = {"line_start": first, "line_end": last, "lines": found.lines[first - 1 : last]}
            return compact({**catalogue(index).document(found), **lines}).encode()

        return reply(request, index, query.model_dump_json(), made)

    @app.head("/v1/passages/{passage_id}", include_in_schema=False)
    @app.get(
        "/v1/passages/{passage_id}",
        response_model=PassageTold,
        responses=KNOWN | errors(404, 422, 429),
        tags=["browse"],
    )
    def passage(passage_id: PassageId, request: Request, around: Around = AROUND) -> Response:
        """A cited passage with the document's lines around it."""
        index = desk.index
        found = index.passages.get(int(passage_id))
        if found is None or str(found.id) != passage_id:
            raise Problem(404, "no_passage", "There is no such passage now.", "Ask again: citations name passages.")
        return reply(request, index, str(around), lambda: compact(with_lines(found, index, around)).encode())


def by_line(rows: Iterable[str]) -> bytes:
    """Rows of JSON, a line each."""
    return "".join(f"{row}\n" for row in rows).encode()


def span(document: Document, query: LineQuery) -> tuple[int, int]:
    """The first and the last line asked for, within the document; a last line before the first is nobody's meaning."""
    count = len(document.lines)
    first, last = query.line_from or 1, min(query.line_to or count, count)
    if first > max(count, 1) or (query.line_to is not None and query.line_to < first):
        raise Problem(
            404, "no_such_lines", "There are no such lines.", f"Name lines from 1 to {count}, the first one first."
        )
    return first, last


def with_lines(passage: Passage, index: Index, around: int) -> dict[str, Any]:
    """A passage as plain JSON types, with ``around`` lines before and after it."""
    document = index.documents[passage.document]
    first = max(passage.line_start - around, 1)
    lines = document.lines[first - 1 : passage.line_end + around]
    return {
        "passage_id": str(passage.id),
        "document": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "region": document.region,
        "fiscal_year": document.fiscal_year,
        "stage": document.stage,
        "url": document.url,
        "program": passage.program,
        "section": passage.section,
        "line_start": passage.line_start,
        "line_end": passage.line_end,
        "lines": [{"number": number, "text": text} for number, text in enumerate(lines, first)],
    }


def kind_of(name: str, form: str) -> dict[str, Any]:
    """The media type of a form, and the file's name where it is one to save."""
    return {"json": {}, "jsonl": {"kind": JSONL}, "csv": {"kind": CSV, "name": f"{name}.csv"}}[form]
