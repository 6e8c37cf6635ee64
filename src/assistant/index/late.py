"""How well each word of a question is met by some word of a program: MaxSim over word vectors.

Khattab and Zaharia, "ColBERT", 2020: for each word of the question the best cosine to any word of the text, here
averaged by the weight of the question's words.  Word vectors do not depend on their context, so a word is kept once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..embed import Matrix, WordVectors


class LateIndex:
    """The distinct words of each program as rows of one table.  Safe for many threads: nothing is changed."""

    def __init__(self, folder: Path) -> None:
        self._rows: Matrix = np.load(folder / "rows.npy", allow_pickle=False)
        self._words = np.load(folder / "words.npy", allow_pickle=False)
        self._starts = np.load(folder / "starts.npy", allow_pickle=False)

        self._held = np.flatnonzero(np.diff(self._starts))  # programs that have words
        self._best = lru_cache(maxsize=4_000)(self._best_of)  # questions share most of their words

    def scores(self, words: list[str], embedder: WordVectors) -> Matrix:
        """(programs,) weighted mean of the best cosines; 0 for a program without words."""
        found = np.zeros(len(self._starts) - 1, dtype=np.float32)
        if not words or not len(self._held):
            return found
        weights = embedder.weights_of(words)
        found[self._held] = weights @ np.stack([self._best(word, embedder) for word in words])
        return found / float(weights.sum() or 1.0)

    def _best_of(self, word: str, embedder: WordVectors) -> Matrix:
        """(programs that have words,) the best cosine of a word to any of theirs."""
        near = np.maximum(self._rows @ embedder.word_rows([word])[0], 0.0)
        best: Matrix = np.maximum.reduceat(near[self._words], self._starts[self._held])
        return best


def write_late(folder: Path, texts: Sequence[Sequence[str]], embedder: WordVectors) -> None:
    """Writes the words of each program and the vectors of all distinct words."""
    every = sorted({word for words in texts for word in words})
    place = {word: row for row, word in enumerate(every)}
    own = [sorted({place[word] for word in words}) for words in texts]
    folder.mkdir(parents=True, exist_ok=True)
    rows = embedder.word_rows(every) if every else np.zeros((0, embedder.dimension), np.float32)
    np.save(folder / "rows.npy", rows, allow_pickle=False)
    np.save(folder / "words.npy", np.asarray([word for words in own for word in words], np.int32), allow_pickle=False)
    starts = np.cumsum([0, *(len(words) for words in own)]).astype(np.int64)
    np.save(folder / "starts.npy", starts, allow_pickle=False)
