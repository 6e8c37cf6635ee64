"""Query + programs → :class:`~assistant.records.Draft`, with no language model: sentences built from facts."""

from __future__ import annotations

from dataclasses import replace

from ..index import Index
from ..records import Draft, FactKind, Hit, Query
from ..retrieve import Retrieval
from ..understand import wanted
from .figures import figure_sentences
from .labels import kind_label
from .listing import list_programs
from .premise import premise_sentences
from .refusals import abstain, ask_back, not_held, small_talk
from .words import describe, describe_target, describe_where

__all__ = ["compose"]

MOST = 4  # programs of one name that are told side by side


def compose(query: Query, retrieval: Retrieval, index: Index) -> Draft:
    """A draft for what was found; abstentions and questions back are drafts too."""
    if query.intent in ("thanks", "greeting") and not query.named:
        return small_talk(query)
    if not retrieval.hits:
        return ask_back(query) if retrieval.missing == "topic" else abstain(query, retrieval, index)
    if query.intent == "check":
        draft = _check(query, retrieval, index)
        if draft is not None:
            return draft
    if wanted(query):
        return _figures(query, retrieval, index)
    if query.intent == "list" and not query.named:
        return _list(query, retrieval, index)
    return _words(query, retrieval, index)


def _told(query: Query, retrieval: Retrieval) -> tuple[Hit, ...]:
    """All programs of a name that was said; of described ones the best."""
    return retrieval.hits[:MOST] if query.named else retrieval.hits[:1]


def _check(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    sentences = [
        sentence
        for hit in _told(query, retrieval)
        for sentence in premise_sentences(query, hit.program, index, retrieval.last_year)
    ]
    return Draft("answered", None, tuple(sentences)) if sentences else None


def _figures(query: Query, retrieval: Retrieval, index: Index) -> Draft:
    sentences = [
        sentence
        for hit in _told(query, retrieval)
        for sentence in figure_sentences(query, hit.program, index, retrieval.last_year)
    ]
    if not any(sentence.facts for sentence in sentences):
        if FactKind.PHONE in query.kinds:
            return _words(replace(query, intent="where"), retrieval, index)
        return abstain(query, retrieval, index)
    sentences += not_held(query, index)
    return Draft("answered", None, tuple(sentences), _suggestions(retrieval.hits[0], query, index))


def _list(query: Query, retrieval: Retrieval, index: Index) -> Draft:
    sentences = list_programs(query, retrieval.hits, index)
    if not sentences:
        return abstain(query, replace(retrieval, hits=(), missing="program"), index)
    return Draft("answered", None, tuple(sentences), _suggestions(retrieval.hits[0], query, index))


def _words(query: Query, retrieval: Retrieval, index: Index) -> Draft:
    tell = {"where": describe_where, "who": describe_target}.get(query.intent, describe)
    sentences = [sentence for hit in _told(query, retrieval) for sentence in tell(hit, index)]
    if not sentences:
        return abstain(query, retrieval, index)
    sentences += not_held(query, index)
    return Draft("answered", None, tuple(sentences), _suggestions(retrieval.hits[0], query, index))


def _suggestions(hit: Hit, query: Query, index: Index) -> tuple[str, ...]:
    """Questions about the same program that its facts answer."""
    asked = set(wanted(query))
    kinds = dict.fromkeys(fact.kind for fact in index.facts_of(hit.program.id))
    questions = [kind_label(kind, "question") for kind in kinds if kind not in asked]
    return tuple(f"{hit.program.program}の{question}" for question in dict.fromkeys(questions) if question)[:3]
