"""What speaks for each program, in numbers between 0 and about 1: words, vectors, names, terms, kinds.

Every signal is computed for all candidates of a question; :mod:`.rank` weighs them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..index import Index
from ..records import FactKind, Query
from ..tokens import tokens
from ..understand.asked import asked_groups
from ..understand.denied import without_denied
from ..understand.purpose import purpose_of
from .terms import term_scores

DEEP = 2_000  # records looked at per source
MOST = 400  # programs that are looked at closely
BEST_ASKED = 3  # asked-as questions that a program is judged by
PURPOSE = 0.3  # of each signal comes from the clauses that say what is wanted
MET = 0.15  # share of what the words could give that the best program reaches where they lead to it in earnest
#: The signals, in the order in which they are explained.
SIGNALS = (
    "words",  # BM25 of the best passage, as a share of what the question's words could give
    "lead",  # the same, as a share of the best program's; less where even that one meets few of the words
    "name",  # cosine of the question and the program's names
    "body",  # … and all that is said of it
    "passage",  # … and its best passage
    "asked",  # … and the nearest of its asked-as questions
    "asked_mean",  # … and its nearest few of them
    "asked_words",  # BM25 of its asked-as questions, as a share of the best program's
    "late",  # how well each word of the question is met by some word of the program
    "title",  # share of the program's name that the question holds, by pieces
    "terms",  # official terms for the question's everyday words that the program holds
    "kind",  # share of the things asked for that it states
    "near",  # it is of the place that the asker speaks of
)


Found = dict[str, dict[str, float]]  # signal → program → how much it speaks for it


@dataclass
class Candidate:
    """A program with its signals, and the passages that the question's words lead to, best first."""

    program_id: str
    signals: dict[str, float] = field(default_factory=dict)
    passages: tuple[int, ...] = ()


def candidates(query: Query, index: Index, documents: set[str]) -> list[Candidate]:
    """The programs of these documents that anything speaks for, each with all signals.

    Of a story its purpose speaks once more by itself, :data:`PURPOSE` of the whole.
    """
    text = without_denied(query.search or query.placeless or query.question)
    words = tokens(text)
    found = _by_text(text, words, index)
    every = {name for scores in found.values() for name in scores if index.programs[name].document in documents}
    close = _closest(every, found)
    _look_closely(found, text, words, close, index)
    purpose = purpose_of(text)
    if purpose != text:
        wanted = tokens(purpose)
        again = _by_text(purpose, wanted, index)
        _look_closely(again, purpose, wanted, close, index)
        found = _blended(found, again, close)
    passages = _passages(words, index)
    asked = _asked(query)
    return [Candidate(name, _of_one(name, found, query, asked, index), tuple(passages.get(name, ()))) for name in close]


def _by_text(text: str, words: list[str], index: Index) -> Found:
    alike = {"asked_words": _of_best(index.bm25_asked(words, DEEP)), "title": dict(index.names.shares(text))}
    return _by_words(words, index) | _by_vectors(text, index) | alike


def _look_closely(found: Found, text: str, words: list[str], names: list[str], index: Index) -> None:
    """Adds the signals that are computed for some programs only."""
    found["late"] = dict(zip(names, index.late(words, names), strict=True))
    found["terms"] = term_scores(text, index, names)
    _fill(found, names, index)


def _blended(whole: Found, purpose: Found, names: list[str]) -> Found:
    """The signals of these programs; a name counts wherever in the story it is said."""
    blended = {
        signal: {n: (1 - PURPOSE) * scores.get(n, 0.0) + PURPOSE * purpose[signal].get(n, 0.0) for n in names}
        for signal, scores in whole.items()
    }
    return blended | {"title": whole["title"]}


def _asked(query: Query) -> list[frozenset[FactKind]]:
    """The kinds that each thing asked for may mean; none for 「いくら」 alone, which nearly every program answers."""
    groups = [frozenset(kinds) for kinds in asked_groups(query.question)] if query.kinds else []
    return groups or ([frozenset(query.kinds)] if query.kinds else [])


def _of_one(
    name: str,
    found: Mapping[str, Mapping[str, float]],
    query: Query,
    asked: Sequence[frozenset[FactKind]],
    index: Index,
) -> dict[str, float]:
    signals = {signal: float(found.get(signal, {}).get(name, 0.0)) for signal in SIGNALS}
    region = index.documents[index.programs[name].document].region
    stated = index.kinds_of(name)
    signals["kind"] = sum(bool(kinds & stated) for kinds in asked) / max(len(asked), 1)
    signals["near"] = float(region in query.near)
    return signals


def _by_words(words: list[str], index: Index) -> Found:
    best: dict[str, float] = defaultdict(float)
    for place, score in index.bm25(words, DEEP):
        name = index.passages[place].program_id
        best[name] = max(best[name], score)
    possible = sum(index.rarity(words).values()) or 1.0
    most = max(best.values(), default=0.0) or 1.0
    earnest = min(1.0, most / possible / MET)  # a stray word in common leads nowhere
    return {
        "words": {name: score / possible for name, score in best.items()},
        "lead": {name: earnest * score / most for name, score in best.items()},
    }


def _of_best(scores: Iterable[tuple[str, float]]) -> dict[str, float]:
    found = dict(scores)
    most = max(found.values(), default=0.0) or 1.0
    return {name: score / most for name, score in found.items()}


def _by_vectors(text: str, index: Index) -> Found:
    vector = index.embedder.encode_query([text])[0]
    asked: dict[str, list[float]] = defaultdict(list)
    for name, score in index.dense_asked(vector, DEEP):
        asked[name].append(max(0.0, score))
    passage: dict[str, float] = defaultdict(float)
    for place, score in index.dense_passages(vector, DEEP):
        name = index.passages[place].program_id
        passage[name] = max(passage[name], score)
    return {
        "name": {name: max(0.0, score) for name, score in index.dense_programs(vector, DEEP)},
        "body": {name: max(0.0, score) for name, score in index.dense_bodies(vector, DEEP)},
        "passage": dict(passage),
        "asked": {name: scores[0] for name, scores in asked.items()},
        "asked_mean": {name: sum(scores[:BEST_ASKED]) / BEST_ASKED for name, scores in asked.items()},
    }


def _closest(names: set[str], found: Mapping[str, Mapping[str, float]]) -> list[str]:
    """At most ``MOST`` of these programs, those that most speaks for; in a fixed order."""
    first = ("lead", "body", "passage", "asked", "asked_words", "title")
    total = {name: sum(found[signal].get(name, 0.0) for signal in first) for name in names}
    return sorted(sorted(names), key=lambda name: -total[name])[:MOST]


def _fill(found: Found, names: list[str], index: Index) -> None:
    """A program that nobody wrote questions for is judged, in their place, by what its document says of it."""
    for name in names:
        if name not in index.asked_of:
            body, passage = found["body"].get(name, 0.0), found["passage"].get(name, 0.0)
            found["asked"][name] = max(body, passage)
            found["asked_mean"][name] = (body + passage) / 2
            found["asked_words"][name] = found["lead"].get(name, 0.0)


def _passages(words: list[str], index: Index) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, _ in index.bm25(words, DEEP):
        found[index.passages[place].program_id].append(place)
    return found
