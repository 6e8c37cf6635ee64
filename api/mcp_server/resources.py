"""The resources: the documents, their lines as printed, and passages with what stands around them."""

from __future__ import annotations

from typing import Any

from mcp_types import Resource, ResourceTemplate

from assistant.index import Index
from assistant.records import Document, stated

from ..browsing import catalogue, compact
from ..routes.browse import AROUND, with_lines
from .addresses import DOCUMENT, DOCUMENTS, LINES, PASSAGE, Address, address_of, document_uri, lines_uri

KIND = "application/json"
PAGE = 500  # resources of one reply
MOST_LINES = 10_000  # of one reply: a longer document is read on with the address in "next"
LIST = Resource(
    uri=DOCUMENTS,
    name="documents",
    title="資料一覧 / Documents",
    description="すべての資料の id、名称、地域、年度、段階。Every document with its id, title, region, year and stage.",
    mime_type=KIND,
)
TEMPLATES = (
    ResourceTemplate(
        uri_template=DOCUMENT,
        name="document",
        title="資料 / A document",
        description="資料の全文、行番号付き。The whole document, its lines numbered and as printed; it may be long.",
        mime_type=KIND,
    ),
    ResourceTemplate(
        uri_template=LINES,
        name="lines",
        title="資料の行 / Lines of a document",
        description="資料の start 行から end 行まで。Its lines from start to end, 1-based and inclusive.",
        mime_type=KIND,
    ),
    ResourceTemplate(
        uri_template=PASSAGE,
        name="passage",
        title="引用箇所 / A passage",
        description="回答が引用した箇所と前後の行（id は citations の passage_id）。A cited passage with the lines "
        "around it; its id is the passage_id of a citation.",
        mime_type=KIND,
    ),
)


class NotFound(Exception):
    """There is no such resource; its message says what there is."""


def resources_from(index: Index, start: int) -> tuple[list[Resource], int | None]:
    """The resources from one on, the list of documents first, and where the next ones begin.  Raises NotFound."""
    every = [LIST, *map(shown, index.documents.values())]
    if not 0 <= start < len(every):
        raise NotFound("There is no such page of resources now. List them from the beginning.")
    end = start + PAGE
    return every[start:end], end if end < len(every) else None


def shown(document: Document) -> Resource:
    """A document as a list shows it."""
    when = stated(document.fiscal_year, document.stage)
    return Resource(
        uri=document_uri(document.id),
        name=document.id,
        title=document.title,
        description=f"{document.publisher}（{document.region}）{when}、{len(document.lines)}行",
        mime_type=KIND,
        size=sum(len(line.encode()) + 1 for line in document.lines),
    )


def content_of(uri: str, index: Index) -> str:
    """A resource as JSON.  Raises NotFound."""
    address = address_of(uri)
    if address is None:
        raise NotFound(f"There is no such resource. There are {DOCUMENTS}, {DOCUMENT}, {LINES} and {PASSAGE}.")
    if address.passage is not None:
        return compact(passage_of(address.passage, index))
    return compact(listing(index) if address.document is None else document_of(address, index))


def listing(index: Index) -> dict[str, Any]:
    """Every document, without its lines."""
    held = catalogue(index)
    return {"documents": [held.document(one) | {"uri": document_uri(one.id)} for one in index.documents.values()]}


def document_of(address: Address, index: Index) -> dict[str, Any]:
    """A document with its lines, all of them or those named.  Raises NotFound."""
    document = index.documents.get(address.document or "")
    if document is None:
        raise NotFound(f"There is no such document now. Read {DOCUMENTS} for those there are.")
    count = len(document.lines)
    first, last = address.lines or (1, count)
    if not 1 <= first <= max(count, 1) or (address.lines and last < first):
        raise NotFound(f"There are no such lines. Name lines from 1 to {count}, the first one first.")
    wanted, last = min(last, count), min(last, count, first + MOST_LINES - 1)
    lines = [{"number": number, "text": text} for number, text in enumerate(document.lines[first - 1 : last], first)]
    told: dict[str, Any] = {"line_start": first, "line_end": last, "lines": lines}
    if last < wanted:
        told["next"] = lines_uri(document.id, last + 1, wanted)
    return catalogue(index).document(document) | told


def passage_of(name: str, index: Index) -> dict[str, Any]:
    """A passage with the lines around it.  Raises NotFound."""
    passage = index.passages.get(int(name))
    if passage is None or str(passage.id) != name:
        raise NotFound("There is no such passage now. Ask again: citations name passages.")
    return with_lines(passage, index, AROUND)
