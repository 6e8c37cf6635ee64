"""What a question asks beside what a draft tells: a figure of no kind that is known."""

from __future__ import annotations

from dataclasses import replace

from ..index import Index
from ..records import Draft, Fact, Hit, Query
from ..retrieve import Retrieval
from ..understand.asked import asked_kinds
from .figures import NOT_STATED
from .focus import asks
from .offices import offices
from .parts import own_parts
from .quoting import quoted_sentences
from .sought import sought
from .words import without_name


def with_more(query: Query, draft: Draft, retrieval: Retrieval, index: Index) -> Draft:
    """A draft with what the question asks for besides; one that says only what is not stated may become an answer."""
    if (
        query.unknown_part
        or query.unknown_kind
        or not retrieval.hits
        or (draft.status != "answered" and draft.reason != "not_stated")
    ):
        return draft
    hit = _told_of(draft, retrieval)
    question = without_name(query.question, hit.program)
    return _with_office(query, question, _with_sought(query, question, draft, hit, index), hit, index)


def _with_office(query: Query, question: str, draft: Draft, hit: Hit, index: Index) -> Draft:
    """「誰が使えて、どこの担当?」: an answer in words with the office that is asked for besides."""
    if query.kinds or query.open_amount or draft.status != "answered" or not asks(question, "beside"):
        return draft
    told = [one for one in offices(hit, index) if one not in draft.sentences]
    known = any("担当" in one.text or "問い合わせ" in one.text for one in draft.sentences)
    return draft if known else replace(draft, sentences=(*draft.sentences, *told))


def _told_of(draft: Draft, retrieval: Retrieval) -> Hit:
    """The program that a draft tells of first."""
    first = next((fact.program_id for fact in _facts(draft)), None)
    return next((hit for hit in retrieval.hits if hit.program.id == first), retrieval.hits[0])


def _facts(draft: Draft) -> list[Fact]:
    return [fact for sentence in draft.sentences for fact in sentence.facts]


def _with_sought(query: Query, question: str, draft: Draft, hit: Hit, index: Index) -> Draft:
    named = bool(asked_kinds(query.question).kinds)
    facts = sought(question, hit.program, _facts(draft), index, loose=named, year=query.figure_year)
    parts = own_parts(query, hit.program)  # no figure of its sibling
    facts = [fact for fact in facts if not parts or not fact.subprogram or fact.subprogram in parts]
    if not facts:
        return draft
    instead = draft.status == "abstained" or (query.intent == "figure" and not named)
    quoted = quoted_sentences(hit.program, facts, index, first=instead)
    known = {quote for sentence in draft.sentences for _, quote in sentence.quotes}
    quoted = [one for one in quoted if not any(words in other for _, words in one.quotes for other in known)]
    if not quoted:
        return draft
    missing = [one for one in draft.sentences if one.text.endswith(NOT_STATED)]
    over = missing if len(missing) == 1 else []  # it is this that was asked for, by the name of another kind
    kept = () if instead else [one for one in draft.sentences if one not in over]
    return replace(draft, status="answered", reason=None, sentences=(*kept, *quoted))
