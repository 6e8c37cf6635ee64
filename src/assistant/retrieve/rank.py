"""Described programs, ranked: words, thesaurus terms and vectors; each score a small pure function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..index import Index
from ..programs.names import match_form
from ..records import Hit, Passage, Program, Query
from ..tokens import tokens
from ..understand import wanted

DEEP = 400  # passages and programs looked at per source
ENOUGH = 0.6  # share of the question's meaning that a program must hold to be answered from
NEAR = 0.6  # a program that answers the kind asked for may stand this far behind the best
SUM = 0.5  # an office or a total is meant only when no program is
WEAK = 0.3  # what is done counts less than what it is done to
TERM = 0.8  # a thesaurus term counts a little less than the asker's own word
WEIGHTS = {"words": 0.55, "held": 0.3, "name": 0.25, "passage": 0.15}


@dataclass
class _Found:
    """What the sources say of one program."""

    lexical: dict[int, float] = field(default_factory=lambda: defaultdict(float))  # by passage
    held: dict[str, float] = field(default_factory=dict)  # share of each word or term
    name: float = 0.0
    passage: float = 0.0


def rank(query: Query, index: Index, documents: set[str]) -> tuple[Hit, ...]:
    """Programs of these documents that hold enough of what the query says, best first; () when none does."""
    found: dict[str, _Found] = defaultdict(_Found)
    weights = _collect_words(query, index, documents, found)
    _collect_vectors(query, index, documents, found)
    best = max((lexical(one.lexical) for one in found.values()), default=0.0) or 1.0
    scored = []
    for program_id, one in found.items():
        program = index.programs[program_id]
        held = share_held(one.held, weights)
        if held < ENOUGH or not _bears_name(query, program, index):
            continue
        parts = {"words": lexical(one.lexical) / best, "held": held, "name": one.name, "passage": one.passage}
        passages = sorted(one.lexical, key=lambda place: -one.lexical[place])
        share = 1.0 if program.role == "program" else SUM
        scored.append(Hit(program, _passages(index, passages, program_id), share * fuse(parts), tuple(parts.items())))
    scored.sort(key=lambda hit: (-hit.score, hit.program.id))
    return tuple(_with_kinds(query, index, scored))


def _bears_name(query: Query, program: Program, index: Index) -> bool:
    """A question that names a program unknown here is only about one whose pages print that name."""
    if not query.unknown_name:
        return True
    name = match_form(query.unknown_name)
    if any(name in match_form(passage.text) for passage in index.passages_of(program.id)):
        return True
    own = set(tokens(" ".join((program.program, *program.aliases, *program.subprograms))))
    return set(tokens(query.unknown_name)) <= own


def fuse(parts: Mapping[str, float]) -> float:
    """Weighted sum of scores that lie between 0 and 1 each."""
    return sum(WEIGHTS[name] * score for name, score in parts.items())


def lexical(by_passage: Mapping[int, float]) -> float:
    """A program's BM25 score: its best passage, and a tenth of the others (a page says more than a row)."""
    scores = sorted(by_passage.values(), reverse=True)
    return scores[0] + 0.1 * sum(scores[1:4]) if scores else 0.0


def share_held(held: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Share of the question's words that a program holds, each weighed by its rarity."""
    total = sum(weights.values())
    return sum(weights[word] * held.get(word, 0.0) for word in weights) / total if total else 0.0


def _collect_words(query: Query, index: Index, documents: set[str], found: dict[str, _Found]) -> dict[str, float]:
    """BM25 word by word (it is a sum over words), so that each word's share is known too."""
    words = query.words or (() if query.terms else query.weak)
    weights = index.rarity(list(words))
    for word in (*words, *query.weak):
        strength = 1.0 if word in words else WEAK
        for place, score in index.bm25([word], DEEP):
            _credit(index, documents, found, place, strength * score, word, 1.0)
    terms = [term for term in query.terms if term not in query.words]
    reached: dict[str, float] = {}
    for term in terms:
        pieces = tokens(term)
        needed = index.rarity(pieces)
        best = max(needed.values(), default=0.0)
        for place, score in index.bm25(pieces, DEEP):
            passage = index.passages[place]
            if passage.document in documents and term in passage.text + passage.program:
                _credit(index, documents, found, place, TERM * score, f"={term}", TERM)
                reached[passage.program_id] = max(reached.get(passage.program_id, 0.0), best)
    return _with_terms(query, weights, found, reached)


def _with_terms(
    query: Query, weights: dict[str, float], found: dict[str, _Found], reached: Mapping[str, float]
) -> dict[str, float]:
    """A program that holds an official term holds the everyday word that the term stands for."""
    if not query.terms:
        return weights
    weights = weights or {"=": 1.0}
    for program_id in reached:
        for word in weights:
            found[program_id].held[word] = max(found[program_id].held.get(word, 0.0), TERM)
    return weights


def _credit(
    index: Index, documents: set[str], found: dict[str, _Found], place: int, score: float, word: str, share: float
) -> None:
    passage = index.passages[place]
    if passage.document in documents:
        one = found[passage.program_id]
        one.lexical[place] += score
        one.held[word] = max(one.held.get(word, 0.0), share)


def _collect_vectors(query: Query, index: Index, documents: set[str], found: dict[str, _Found]) -> None:
    vector = index.embedder.encode_query([" ".join((*query.words, *query.weak, *query.terms))])[0]
    for program_id, score in index.dense_programs(vector, DEEP):
        if index.programs[program_id].document in documents:
            found[program_id].name = max(0.0, score)
    for place, score in index.dense_passages(vector, DEEP):
        passage = index.passages[place]
        if passage.document in documents:
            one = found[passage.program_id]
            one.passage = max(one.passage, score)


def _passages(index: Index, places: list[int], program_id: str) -> tuple[Passage, ...]:
    first = [index.passages[place] for place in places]
    rest = [passage for passage in index.passages_of(program_id) if passage.id not in places]
    return tuple(first + rest)


def _with_kinds(query: Query, index: Index, hits: list[Hit]) -> list[Hit]:
    """Among programs about as good, those that state the kind asked for come first."""
    kinds = set(wanted(query))
    if not kinds or not hits:
        return hits
    stating = [hit for hit in hits if kinds & {fact.kind for fact in index.facts_of(hit.program.id)}]
    near = [hit for hit in stating if hit.score >= NEAR * hits[0].score]
    return near + [hit for hit in hits if hit not in near]
