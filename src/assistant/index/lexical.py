"""BM25 over our own tokens, kept by bm25s as plain arrays.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009; Lucene's form of the
inverse document frequency, which is never negative (Kamphuis et al., 2020).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np

from ..embed import Matrix
from .vectors import Numbers

K1, B = 1.5, 0.75
_IDS = "passage_ids.npy"


class LexicalIndex:
    """The scores of every word in every passage; searched without changing anything, so safe for many threads."""

    def __init__(self, folder: Path) -> None:
        self._scores = bm25s.BM25.load(folder, mmap=True, load_corpus=False, show_progress=False)
        self._ids = np.load(folder / _IDS, allow_pickle=False)

    def search(self, words: Sequence[str], k: int) -> list[tuple[int, float]]:
        """At most ``k`` passage ids with their scores above zero, best first; equal scores in the order of building."""
        ids, scores = self.nearest(words, k)
        return list(zip(ids.tolist(), scores.tolist(), strict=True))

    def nearest(self, words: Sequence[str], k: int) -> tuple[Numbers, Matrix]:
        """The same as arrays: (n,) ids and (n,) scores, best first."""
        known = self._scores.get_tokens_ids(list(words))
        if not known or k <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        scores = self._scores.get_scores_from_ids(known)
        best = np.argsort(-scores, kind="stable")[:k]
        best = best[scores[best] > 0]
        return self._ids[best], scores[best]

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        """Each word's inverse document frequency, ln(1 + (N - n + 0.5) / (n + 0.5)); an unknown word has n = 0."""
        total = len(self._ids)
        found: dict[str, float] = {}
        for word in dict.fromkeys(words):
            known = self._scores.get_tokens_ids([word])
            starts = self._scores.scores["indptr"]
            held = int(starts[known[0] + 1] - starts[known[0]]) if known else 0
            found[word] = math.log(1 + (total - held + 0.5) / (held + 0.5))
        return found


def write_lexical(folder: Path, ids: Sequence[int], texts: Sequence[Sequence[str]]) -> None:
    """Writes the arrays for ``texts`` (the words of each passage) and the ids they are answered with."""
    vocabulary = {word: place for place, word in enumerate(sorted({word for words in texts for word in words}))}
    if not vocabulary:  # bm25s cannot hold nothing at all: one word that no tokenizer ever gives
        vocabulary, texts = {"": 0}, [[""] for _ in texts]
    numbered = [[vocabulary[word] for word in words] for words in texts]
    scores = bm25s.BM25(k1=K1, b=B, method="lucene")
    scores.index((numbered, vocabulary), create_empty_token=False, show_progress=False)
    scores.save(folder, show_progress=False, allow_pickle=False)
    np.save(folder / _IDS, np.asarray(ids, dtype=np.int64), allow_pickle=False)
