"""What speaks for each program, in numbers between 0 and about 1: words, vectors, names, terms, kinds.

Every signal is computed for all candidates of a question; :mod:`.rank` weighs them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
import numpy.typing as npt

from ..index import Index, Spoken
from ..records import FactKind, Query
from ..tokens import tokens
from ..understand.asked import asked_groups
from ..understand.denied import without_denied
from ..understand.purpose import purpose_of
from ..understand.thesaurus import needs
from .parted import kinds_meant, topic_of
from .terms import term_scores

DEEP = 2_000  # records looked at per source
MOST = 400  # programs that are looked at closely
KEPT = 64  # texts whose evidence is kept: the readings of one question search for the same words again and again
BEST_ASKED = 3  # asked-as questions that a program is judged by
PURPOSE = 0.3  # of each signal comes from the clauses that say what is wanted
OFFICIAL = 0.05  # … and from the question with the official terms for its everyday words
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

Row = npt.NDArray[np.float64]  # (programs,) of an index, by their places
Found = dict[str, Row]  # signal → how much it speaks for each program


@dataclass(frozen=True, slots=True)
class Candidate:
    """A program with its signals, and the passages that the question's words lead to, best first."""

    program_id: str
    row: Row  # (signals,), in the order of ``SIGNALS``
    passages: tuple[int, ...] = ()

    @property
    def signals(self) -> dict[str, float]:
        """The signals by name."""
        return dict(zip(SIGNALS, self.row.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a text says of the programs of some documents, whatever is asked of them."""

    names: tuple[str, ...]  # those that most speaks for, at most ``MOST``
    rows: npt.NDArray[np.float64]  # (names, signals), zero for what depends on the question
    passages: Mapping[str, tuple[int, ...]]


def candidates(query: Query, index: Index, documents: set[str]) -> list[Candidate]:
    """The programs of these documents that anything speaks for, each with all signals.

    Of a story its purpose speaks once more by itself, :data:`PURPOSE` of the whole; what is told in everyday words
    speaks once more with the official terms for them, :data:`OFFICIAL`.
    """
    text = without_denied(query.search or query.placeless or query.question)
    read = index.keep(candidates, lambda: lru_cache(maxsize=KEPT)(partial(_evidence, index)))
    found: Evidence = read(text, frozenset(documents))
    rows = found.rows.copy()
    rows[:, SIGNALS.index("kind")] = _kinds_held(query, found.names, index)
    rows[:, SIGNALS.index("near")] = [
        float(index.documents[index.programs[name].document].region in query.near) for name in found.names
    ]
    return [Candidate(name, row, found.passages.get(name, ())) for name, row in zip(found.names, rows, strict=True)]


def _evidence(index: Index, text: str, documents: frozenset[str]) -> Evidence:
    words = tokens(text)
    found, spoken = _by_text(text, words, index)
    homes = index.keep(_evidence, lambda: np.asarray([one.document for one in index.programs.values()]))
    held = np.isin(homes, sorted(documents))
    close = _closest(np.flatnonzero(spoken & held), found)
    every = tuple(index.programs)
    names = tuple(every[place] for place in close)
    _look_closely(found, text, words, names, index)
    purpose = purpose_of(text)
    if purpose != text:
        found = _blended(found, _searched(purpose, names, index), PURPOSE, but=("title",))
    if terms := [term for group in needs(text) for term in group]:
        official = _searched(" ".join((text, *terms)), names, index)
        found = _blended(found, official, OFFICIAL, but=("title", "terms"))
    nothing = np.zeros(len(every))
    rows = np.stack([found.get(signal, nothing)[close] for signal in SIGNALS], axis=1)
    return Evidence(names, rows, _passages(words, names, index))


def _searched(text: str, names: Sequence[str], index: Index) -> Found:
    """The signals of another text for the same programs."""
    words = tokens(text)
    found, _ = _by_text(text, words, index)
    _look_closely(found, text, words, names, index)
    return found


def _by_text(text: str, words: list[str], index: Index) -> tuple[Found, npt.NDArray[np.bool_]]:
    """The signals that a search of all programs gives, and which of them it speaks of at all."""
    number = len(index.programs)
    spoken = np.zeros(number, bool)
    vector = index.embedder.encode_query([text])[0]
    said = index.said_by(words, DEEP) | index.spoken_by(vector, DEEP)
    for places, _ in said.values():
        spoken[places] = True
    title = np.zeros(number)
    for name, share in index.names.shares(text).items():
        title[index.place_of[name]] = share
    best = {signal: _best(one, number) for signal, one in said.items()}
    found = _of_words(best.pop("words"), words, index) | best | {"title": title}
    found["asked_words"] = best["asked_words"] / (best["asked_words"].max(initial=0.0) or 1.0)
    found["asked_mean"] = _mean_of_best(said["asked"], number)
    return found, spoken | (title > 0)


def _look_closely(found: Found, text: str, words: list[str], names: Sequence[str], index: Index) -> None:
    """Adds the signals that are computed for some programs only."""
    found["late"] = index.late(words).astype(float)
    terms = np.zeros(len(index.programs))
    for name, score in term_scores(text, index, names).items():
        terms[index.place_of[name]] = score
    found["terms"] = terms
    _fill(found, index)


def _blended(whole: Found, again: Found, share: float, *, but: Sequence[str]) -> Found:
    """The signals of both, those of ``but`` of the whole alone: a name counts wherever in the story it is said."""
    both = {signal: (1 - share) * scores + share * again[signal] for signal, scores in whole.items()}
    return both | {signal: whole[signal] for signal in but}


def _asked(query: Query) -> list[frozenset[FactKind]]:
    """The kinds that each thing asked for may mean; none for 「いくら」 alone, which nearly every program answers."""
    groups = [frozenset(kinds) for kinds in asked_groups(query.question)] if query.kinds else []
    return groups or ([frozenset(query.kinds)] if query.kinds else [])


def _kinds_held(query: Query, names: Sequence[str], index: Index) -> list[float]:
    """Of each program, the share of the things asked for that it states, of the part that is spoken of."""
    asked = _asked(query)
    if not asked:
        return [0.0] * len(names)
    topic = topic_of(query)
    stated = (kinds_meant(name, topic, index) for name in names)
    return [sum(bool(kinds & held) for kinds in asked) / len(asked) for held in stated]


def _of_words(best: Row, words: list[str], index: Index) -> Found:
    """BM25 of each program's best passage, by what the words could give and by the best program's."""
    possible = sum(index.rarity(words).values()) or 1.0
    most = float(best.max(initial=0.0)) or 1.0
    earnest = min(1.0, most / possible / MET)  # a stray word in common leads nowhere
    return {"words": best / possible, "lead": earnest * best / most}


def _best(spoken: Spoken, number: int) -> Row:
    """(programs,) the best score of each, at least 0."""
    found = np.zeros(number)
    np.maximum.at(found, spoken[0], spoken[1].astype(float))
    return found


def _mean_of_best(spoken: Spoken, number: int) -> Row:
    """(programs,) the mean of each one's ``BEST_ASKED`` best scores, those below 0 and those missing as 0."""
    places, scores = spoken
    order = np.argsort(places, kind="stable")
    begins = np.searchsorted(places[order], np.arange(number))
    among_own = np.arange(len(order)) - begins[places[order]]
    first = order[among_own < BEST_ASKED]
    sums = np.bincount(places[first], np.maximum(scores[first].astype(float), 0.0), minlength=number)
    return sums / BEST_ASKED


def _closest(places: npt.NDArray[np.int64], found: Found) -> npt.NDArray[np.int64]:
    """At most ``MOST`` of these programs, those that most speaks for; in a fixed order."""
    first = ("lead", "body", "passage", "asked", "asked_words", "title")
    total = sum((found[signal] for signal in first), np.zeros_like(found["lead"]))
    return places[np.argsort(-total[places], kind="stable")][:MOST]


def _fill(found: Found, index: Index) -> None:
    """A program that nobody wrote questions for is judged, in their place, by what its document says of it."""
    unasked = index.keep(_fill, lambda: np.asarray([name not in index.asked_of for name in index.programs], bool))
    body, passage = found["body"], found["passage"]
    found["asked"] = np.where(unasked, np.maximum(body, passage), found["asked"])
    found["asked_mean"] = np.where(unasked, (body + passage) / 2, found["asked_mean"])
    found["asked_words"] = np.where(unasked, found["lead"], found["asked_words"])


def _passages(words: list[str], names: Sequence[str], index: Index) -> dict[str, tuple[int, ...]]:
    """The pages of these programs that the words find, best first."""
    found: dict[str, list[int]] = defaultdict(list)
    owners = index.keep(_passages, lambda: {page.id: page.program_id for page in index.passages.values()})
    wanted = frozenset(names)
    for place, _ in index.bm25(words, DEEP):
        if (owner := owners[place]) in wanted:
            found[owner].append(place)
    return {name: tuple(places) for name, places in found.items()}
