"""Programs and facts: found by what is looked for, or listed by filters."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from assistant.chain import Asked, Assistant
from assistant.figures import year_meant
from assistant.index import Index
from assistant.lexicon import table
from assistant.public import fact_json, program_json
from assistant.records import Hit, Passage, Program
from assistant.tokens import fold
from assistant.understand.places import places_of, regions_in

from ..browsing import catalogue, facts_like, page, programs_like
from ..schemas.narrowing import FactQuery, ProgramQuery
from ..standing import Standing
from .addresses import lines_uri, passage_uri
from .asking import TURNSTILE
from .taking import FindTaken, LookupTaken
from .wording import facts_text, programs_text
from .work import Told

MOST_PASSAGES = 3
MOST_REASONS = 3
LEAST = 0.005  # of a score: what adds less is no reason
NAMED = "質問が名前で指している"
#: What a signal of the retrieval says, in words.
REASONS = {
    "words": "質問の語が本文にある",
    "lead": "質問の語が本文にある",
    "name": "名称の意味が近い",
    "body": "内容の意味が近い",
    "passage": "本文の一節の意味が近い",
    "asked": "利用者の尋ね方に近い",
    "asked_mean": "利用者の尋ね方に近い",
    "asked_words": "利用者の尋ね方に近い",
    "late": "語の意味が近い",
    "title": "名称に質問の語がある",
    "terms": "言い換えた公的な語がある",
    "kind": "尋ねている種類の数値がある",
    "near": "尋ねる人の地域のもの",
}


def programs_found(desk: Standing, taken: FindTaken, gone: threading.Event) -> Iterator[Told]:
    """Programs that fit, best first.  Raises QuestionError for a query that cannot be read."""
    assistant = desk.assistant
    index = assistant.index
    region = None if taken.region is None else known_region(taken.region, index)
    if taken.query is None:
        query = ProgramQuery(document=said(taken.document), region=said(region), limit=taken.limit)
        rows = programs_like(query, catalogue(index))
        total = len(rows)
        found = [told_of(row.record, index.passages_of(row.record.id), None, index) for row in page(rows, query)]
    else:
        with TURNSTILE.enter():
            if gone.is_set():
                return
            hits = hits_of(assistant, taken.query, region, taken.document)
        total = len(hits)
        found = [told_of(hit.program, hit.passages, why(hit), index) for hit in hits[: taken.limit]]
    note = None if total else note_of(index, taken.document, region)
    yield Told({"programs": found, "total": total, "note": note}, programs_text(found, total, note))


def hits_of(assistant: Assistant, query: str, region: str | None, document: str | None) -> list[Hit]:
    """What the retrieval finds within the filters: what an answer would rest on, then what came near."""
    retrieval = assistant.retrieve(assistant.understand(Asked(query, region=region))).retrieval
    homes = assistant.index.documents
    found: dict[str, Hit] = {}
    for hit in (*retrieval.hits, *retrieval.ranked):
        home = homes[hit.program.document]
        fits = document in (None, home.id) and (region is None or fold(home.region) == fold(region))
        if fits and hit.program.role == "program":
            found.setdefault(hit.program.id, hit)
    return list(found.values())


def why(hit: Hit) -> str:
    """What speaks most for a program, in words."""
    weights = table("weights")["signals"]
    adds = {name: value * weights[name] for name, value in hit.parts if name in REASONS}
    best = sorted((name for name in adds if adds[name] >= LEAST), key=lambda name: -adds[name])
    reasons = islice(dict.fromkeys(REASONS[name] for name in best), MOST_REASONS)
    return "、".join(reasons) or NAMED


def told_of(program: Program, passages: Sequence[Passage], reason: str | None, index: Index) -> dict[str, Any]:
    """A program in the public form, with why it was found and where it stands."""
    home = index.documents[program.document]
    where = {
        "title": home.title,
        "publisher": home.publisher,
        "region": home.region,
        "url": home.url,
        "lines": lines_uri(home.id, program.line_start, program.line_end),
        "passages": [passage_uri(passage.id) for passage in passages[:MOST_PASSAGES]],
    }
    return {**program_json(program), "why": reason, "where": where}


def facts_found(desk: Standing, taken: LookupTaken, gone: threading.Event) -> Iterator[Told]:
    """Facts that fit every filter, in the documents' order."""
    index = desk.index
    region = None if taken.region is None else known_region(taken.region, index)
    year = taken.fiscal_year and (year_meant(taken.fiscal_year) or taken.fiscal_year)
    query = FactQuery(
        program=said(taken.program),
        kind=[] if taken.kind is None else [taken.kind],
        document=said(taken.document),
        region=said(region),
        fiscal_year=said(year),
        limit=taken.limit,
        offset=taken.offset,
    )
    rows = facts_like(query, catalogue(index))
    shown = [row.record for row in page(rows, query)]
    after = taken.offset + len(shown)
    note = None if rows else note_of(index, taken.document, region, year)
    value = {
        "facts": [fact_json(fact) for fact in shown],
        "total": len(rows),
        "next_offset": after if shown and after < len(rows) else None,
        "note": note,
    }
    if not gone.is_set():
        yield Told(value, facts_text(shown, len(rows), note))


def known_region(name: str, index: Index) -> str:
    """The region that a name says: 秋田 is 秋田県; as it stands where no place is known by it."""
    found, _ = regions_in(name, places_of(index.documents.values()))
    return found[0] if len(found) == 1 else name


def note_of(index: Index, document: str | None, region: str | None, year: str | None = None) -> str:
    """Which filter names what no document has, with what there is; else that they do not fit together."""
    homes = index.documents.values()
    if document is not None and document not in index.documents:
        return f"その id の資料はありません。ある資料: {among(index.documents)}"
    if region is not None and fold(region) not in {fold(home.region) for home in homes}:
        return f"その地域の資料はありません。ある地域: {among(home.region for home in homes)}"
    if year is not None and fold(year) not in {fold(home.fiscal_year) for home in homes}:
        return f"その年度の資料はありません。ある年度: {among(home.fiscal_year for home in homes)}"
    return "条件をゆるめるか、言葉を変えてください。"


def among(names: Iterable[str], most: int = 50) -> str:
    """The names, each once, at most so many."""
    every = list(dict.fromkeys(names))
    return "、".join(every[:most]) + (" …" if len(every) > most else "")


def said(word: str | None) -> list[str]:
    """A filter's values."""
    return [] if word is None else [word]
