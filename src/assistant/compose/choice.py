"""One of several parts or cases, by what a question says of each; none when no one stands clear of the others.

A candidate is scored by the question's words that it holds, each by how few of its siblings hold it too, by word
vectors where no word is shared (MaxSim, Khattab and Zaharia 2020), by shared kanji (育てる, 育成), and by the figures
of its case (20人を超える).  What the question sets aside, denies or puts out of its bounds is not chosen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from ..embed import WordVectors
from ..index import Index
from ..tokens import fold
from .bounds import holds
from .heard import Heard, content, is_of_what_is_not, letters

NAMED = 3.0  # for a name that the question says in full
FLOOR = 0.9  # a score that says something
CLEAR = 0.65  # by how much the best stands above the next
OWN = 0.45  # of a word that no sibling shares: each candidate near the best that has one is meant
_NEAR = 0.25  # cosine from which two words are taken for near; sharpened vectors of unlike words are at right angles
_SLOPE = 2.0
_SOFT = 0.8  # of an exact match, at most
_FEW = 2  # words that are near without being the same
_MEANING = 6.0  # of a cosine between the question and all that is said of a candidate
_TELLING = 8  # words of a text that has a meaning of its own
_BODY = 0.5  # what stands beside a name counts less than the name
_LETTER = 0.5
_TERM = 0.7  # of an official term that everyday words stand for
_PIECES = re.compile(r"[\s、・/／（）()「」]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """``head`` is what names it (a part's name, a condition), ``body`` what the document says around it.

    ``bonus`` is what else speaks for it: its year, for what it is (年間, 1人あたり).
    """

    key: object
    head: str
    body: str = ""
    bonus: float = 0.0


@dataclass(frozen=True, slots=True)
class Scored:
    """``own``: by words of its head that no sibling has; ``out``: set aside, denied, or its bounds do not hold."""

    candidate: Candidate
    score: float
    own: float
    out: bool


def meant(
    scored: Sequence[Scored], *, floor: float = FLOOR, clear: float = CLEAR, several: bool = False
) -> list[object]:
    """Keys of the candidates that a question means: those it names, or the one that stands clear; [] when none does.

    With ``several`` all that have words of their own are meant, however much more is said of one.
    """
    left = [one for one in scored if not one.out]
    top = max((one.score for one in left), default=0.0)
    named = [one for one in left if one.own >= NAMED or (one.own >= OWN and (several or one.score >= top - CLEAR))]
    if named:
        return [one.candidate.key for one in named]
    near = [one for one in left if one.score > top - clear]
    return [near[0].candidate.key] if len(near) == 1 and top >= floor else []


def score(
    heard: Heard, candidates: Sequence[Candidate], index: Index, *, naming: bool = False, but: Collection[str] = ()
) -> list[Scored]:
    """Each candidate with its score, in their order.  Words of ``but`` choose none.

    With ``naming``, words of the program's own name count too: they say which program is meant, and only where
    nothing else tells, which of its parts.
    """
    heads = [content(one.head) for one in candidates]
    bodies = [content(one.body) - head for one, head in zip(candidates, heads, strict=True)]
    shapes = [letters("".join(head)) for head in heads]
    heard = (heard.openly or heard) if naming else heard
    asked = [word for word in _asked(heard, heads, naming=naming) if word not in but]
    terms = heard.naming_terms if naming else heard.terms
    rarity = _rarity([*asked, *terms], index)
    meaning = _meaning(heard, candidates, index)
    meets = _meets(asked, heads, bodies, rarity, index)
    said = [_pieces_said(heard, one.head) for one in candidates]
    said_words = frozenset((*heard.every, *terms))
    found = []
    for place, one in enumerate(candidates):
        head = heads[place]
        own = sum(rarity[word] for word in asked if word in head and _rare(word, heads) == 1)
        named = any(_rare(piece, said) == 1 for piece in said[place])
        total = meets[place] + NAMED * sum(_rare(piece, said) for piece in said[place]) + own * 0.3 + meaning[place]
        total += _TERM * sum(rarity[word] * _rare(word, heads) for word in terms if word in head)
        total += _LETTER * sum(_rare(letter, shapes) for letter in letters("".join(asked)) & shapes[place])
        bounded = holds(one.head, heard.figures, heard.meant, head & said_words)
        total += 2.0 * (bounded is True) + one.bonus
        out = bounded is False or _is_out(heard, one.head, head, heads)
        own += NAMED * named + 2.0 * (bounded is True) + one.bonus
        found.append(Scored(one, total, own, out))
    return found


def _asked(heard: Heard, heads: Sequence[frozenset[str]], *, naming: bool) -> list[str]:
    """The question's words that may choose: telling ones, and any that a name of nothing but common words holds."""
    held = frozenset().union(*heads)
    words = [word for word in heard.every if word in heard.words or word in held]
    return [word for word in words if word not in heard.denied and (naming or word not in heard.naming)]


def _meaning(heard: Heard, candidates: Sequence[Candidate], index: Index) -> list[float]:
    """How near in meaning the question is to each candidate, above the farthest of them; 0 without any text."""
    texts = [f"{one.head} {one.body}" for one in candidates]
    pairs = zip(candidates, texts, strict=True)
    telling = all(one.body.strip() and len(content(text)) >= _TELLING for one, text in pairs)
    if len(texts) < 2 or not telling or len(heard.words) < _FEW:
        return [0.0] * len(texts)
    embedder = index.embedder
    cosine = (embedder.encode_query([heard.meant]) @ embedder.encode_document(texts).T)[0]
    return [_MEANING * float(one - cosine.min()) for one in cosine]


def _pieces_said(heard: Heard, head: str) -> frozenset[str]:
    """A name that the question says in full, or the pieces of a compound one: 区分③ of 「基準料率、区分③」."""
    pieces = {fold(piece) for piece in (head, *_PIECES.split(head))}
    return frozenset(piece for piece in pieces if len(piece) > 1 and piece in heard.affirmed)


def _is_out(heard: Heard, name: str, head: frozenset[str], heads: list[frozenset[str]]) -> bool:
    """Whether what sets a candidate apart from others is set aside or denied."""
    apart = {word for word in head if _rare(word, heads) > 0}
    if fold(name) in heard.affirmed or is_of_what_is_not(name):
        return False
    return bool(apart & (heard.aside | heard.denied) - frozenset(_kept_in(heard.affirmed)))


def _kept_in(text: str) -> frozenset[str]:
    return content(text) if text.strip("、") else frozenset()


def _rare(sign: str, sets: Sequence[frozenset[str]]) -> float:
    """1 for what one set alone holds, 0 for what all hold."""
    holding = sum(sign in one for one in sets)
    return 1.0 if len(sets) < 2 else 1.0 - max(holding - 1, 0) / (len(sets) - 1)


def _rarity(words: list[str], index: Index) -> dict[str, float]:
    """How telling each word is, 0.5 to 1, by its inverse document frequency; 1 for one that no passage holds."""
    known = index.rarity(words)
    return {word: min(1.0, max(0.5, known.get(word, 5.0) / 3.0)) for word in words}


def _meets(
    asked: list[str],
    heads: list[frozenset[str]],
    bodies: list[frozenset[str]],
    rarity: dict[str, float],
    index: Index,
) -> list[float]:
    """For each candidate the sum over the question's words of how well one of its words meets them."""
    every = sorted({word for words in (*heads, *bodies) for word in words})
    near = _near(asked, every, index)
    place = {word: row for row, word in enumerate(every)}
    table = np.zeros((len(asked), len(heads)))
    for column, (head, body) in enumerate(zip(heads, bodies, strict=True)):
        for row in range(len(asked)):
            best = max((near[row, place[word]] for word in head), default=0.0)
            beside = max((near[row, place[word]] for word in body), default=0.0)
            table[row, column] = max(best, _BODY * beside)
    if table.size and len(heads) > 1:
        table = table - np.sort(table, axis=1)[:, :1]  # what all of them meet tells none of them
    table *= np.asarray([rarity[word] for word in asked]).reshape(-1, 1)
    exact = np.asarray(
        [[word in head or word in body for head, body in zip(heads, bodies, strict=True)] for word in asked]
    )
    exact = exact.reshape(table.shape)
    near_only = np.sort(np.where(exact, 0.0, table), axis=0)[-_FEW:]  # many words that are a little near say nothing
    return [float(one) for one in np.where(exact, table, 0.0).sum(axis=0) + near_only.sum(axis=0)]


def _near(asked: list[str], every: list[str], index: Index) -> np.ndarray:
    """(asked, every): 1 for the same word, less for one that is near it in meaning, else 0."""
    near = np.asarray([[float(one == other) for other in every] for one in asked]).reshape(len(asked), len(every))
    embedder = index.embedder
    if near.size and isinstance(embedder, WordVectors):
        cosine = embedder.word_rows(asked) @ embedder.word_rows(every).T
        near = np.maximum(near, np.clip((cosine - _NEAR) * _SLOPE, 0.0, _SOFT))
    return near
