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
from .refusals import abstain, ask_back, ask_one_by_one, not_held, small_talk, strange_part, unknown_case
from .select import VARIED, spoken_of
from .words import describe, describe_target, describe_where

__all__ = ["compose"]

ALIKE = 0.85  # of the best score: as good an answer, from another document
DEPTH = 5  # described programs tried for a figure
MOST = 4  # programs of one name that are told side by side


def compose(query: Query, retrieval: Retrieval, index: Index) -> Draft:
    """A draft for what was found; abstentions and questions back are drafts too."""
    if query.intent in ("thanks", "greeting") and not query.named:
        return small_talk(query)
    if not retrieval.hits:
        return ask_back(query) if retrieval.missing == "topic" else abstain(query, retrieval, index)
    if query.intent == "aggregate":
        return ask_one_by_one()
    if query.intent == "check":
        draft = _check(query, retrieval, index)
        if draft is not None:
            return draft
    if wanted(query):
        return _figures(query, retrieval, index)
    if query.unknown_kind:
        return abstain(query, retrieval, index)
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
    for hits in _candidates(query, retrieval, index):
        sentences = [
            sentence for hit in hits for sentence in figure_sentences(query, hit.program, index, retrieval.last_year)
        ]
        if any(sentence.facts for sentence in sentences) and not strange_part(query, hits, index):
            sentences += [*unknown_case(query, sentences), *not_held(query, index)]
            return Draft("answered", None, tuple(sentences), _suggestions(hits[0], query, index))
    if retrieval.last_year:
        return abstain(query, replace(retrieval, hits=(), missing="year"), index)
    if FactKind.PHONE in query.kinds:
        return _words(replace(query, intent="where"), retrieval, index)
    return abstain(query, retrieval, index)


def _candidates(query: Query, retrieval: Retrieval, index: Index) -> list[tuple[Hit, ...]]:
    """All programs of a name together; of described ones, one after the other until one states it."""
    if query.named:
        return [_told(query, retrieval)]
    hits = retrieval.hits[:DEPTH]
    if set(wanted(query)) <= VARIED:  # the program whose figures the question's words speak of most
        hits = tuple(sorted(hits, key=lambda hit: -spoken_of(query, index.facts_of(hit.program.id))))
    alike = _alike_elsewhere(hits) if not query.regions else ()
    return [*([alike] if len(alike) > 1 else []), *((hit,) for hit in hits)]


def _alike_elsewhere(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The best program and those of other documents that fit the question as well: no region is chosen silently."""
    alike: dict[str, Hit] = {}
    for hit in hits:
        if hit.score >= ALIKE * hits[0].score:
            alike.setdefault(hit.program.document, hit)
    return tuple(alike.values())


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
