"""The embedded default: a text's vector is the weighted mean of its words' vectors.

A long word counts together with the short words inside it, since :func:`assistant.tokens.tokens` gives both, so
a compound that the table does not hold still has the meaning of its parts.

Built once from the vocabulary that :mod:`.vocabulary` reads, kept in the index folder, memory-mapped and looked
up with numpy when serving.  What was fitted stands beside it as a folder that sentence-transformers opens
(:mod:`.static`), so a table trained elsewhere fits in: save it there.

==================  ==================================================================
``vectors.npy``     float16 (rows, dimension), rows of length one
``keys.npy``        uint64, sorted: an 8-byte BLAKE2b of each word
``rows.npy``        int32: the row of each key
``weight_keys.npy``  uint64, sorted: the words of the corpus
``weights.npy``     float32: their weights, rare words high
``words.json``      name, dimension, weight of a word that the corpus does not hold
``fitted/``         the words whose vectors were fitted (:mod:`.fitting`), in place of
                    the table's, and what a text's sum is multiplied with
==================  ==================================================================

``fitted/`` is not there when nothing was fitted.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import IndexDamaged
from ..tokens import search_form, tokens
from .base import Matrix, unit_rows
from .fitting import Fitted
from .static import Static, read_static, write_static
from .vocabulary import Vocabulary, read_vocabulary

Keys = NDArray[np.uint64]
_REMOVED_DIRECTIONS = 3
FITTED = "fitted"


class WordVectors:
    """Vectors of texts from a folder that :func:`build_words` wrote.  Safe for many threads: nothing is changed."""

    def __init__(self, folder: Path) -> None:
        """Opens the table; raises IndexDamaged when a file is missing or unreadable."""
        try:
            stated = json.loads((folder / "words.json").read_text("utf-8"))
            self.name = str(stated["name"])
            self.dimension = int(stated["dimension"])
            self.rare = float(stated["rare_weight"])
            self._vectors, self._keys, self._rows = (_open(folder, part) for part in ("vectors", "keys", "rows"))
            self.weight_keys, self.weights = (_open(folder, part) for part in ("weight_keys", "weights"))
            self._open_fitted(folder / FITTED)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(
                f"The word vectors in {folder} cannot be read.", hint="Run 「assistant build」 again."
            ) from error

    def _open_fitted(self, folder: Path) -> None:
        """The rows of the fitted words without their weights, and the map; nothing and the identity when none were."""
        self._fitted_keys: Keys = np.zeros(0, np.uint64)
        self._fitted: Matrix = np.zeros((0, self.dimension), np.float32)
        self._map: Matrix = np.eye(self.dimension, dtype=np.float32)
        if folder.is_dir():
            static = read_static(folder)
            self._fitted_keys, order = _sorted(static.words)
            words = [static.words[place] for place in order]
            self._fitted = static.rows[order] / self.weights_of(words)[:, None]
            self._map = np.ascontiguousarray(static.map)

    def encode_query(self, texts: Sequence[str]) -> Matrix:
        """(n, dimension) float32 rows of length one; questions and documents are encoded alike."""
        return self.encode_document(texts)

    def encode_document(self, texts: Sequence[str]) -> Matrix:
        """(n, dimension) float32 rows of length one; a text without any word is the zero row."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for place, text in enumerate(texts):
            rows[place] = self._mean(tokens(text))
        return unit_rows(rows @ self._map)

    def word_rows(self, words: list[str]) -> Matrix:
        """(n, dimension) float32 rows of length one, a word each: what two words have in common is their product."""
        return unit_rows(self.vectors_of(words) @ self._map)

    def _mean(self, words: list[str]) -> Matrix:
        """(dimension,) sum of the words' vectors times root of count and weight; map and scaling come later."""
        if not words:
            return np.zeros(self.dimension, dtype=np.float32)
        counted = Counter(words)
        shares = np.sqrt(np.fromiter(counted.values(), np.float32, len(counted))) * self.weights_of(list(counted))
        summed: Matrix = np.dot(shares, self.vectors_of(list(counted)))
        return summed

    def vectors_of(self, words: list[str]) -> Matrix:
        """(n, dimension) float32: the words' own vectors, before the map."""
        keys = word_keys(words)
        places, known = _find(self._keys, keys)
        rows = np.empty((len(words), self.dimension), dtype=np.float32)
        rows[known] = self._vectors[self._rows[places[known]]]
        fitted, learnt = _find(self._fitted_keys, keys)
        rows[learnt] = self._fitted[fitted[learnt]]
        for unknown in np.flatnonzero(~(known | learnt)).tolist():
            rows[unknown] = hashed_vector(words[unknown], self.dimension)
        return rows

    def weights_of(self, words: list[str]) -> Matrix:
        """(n,) float32: how much each word counts in a text."""
        keys = word_keys(words)
        places, known = _find(self.weight_keys, keys)
        weights = np.full(len(keys), self.rare, dtype=np.float32)
        weights[known] = self.weights[places[known]]
        return weights


def build_words(folder: Path, texts: Iterable[list[str]], vocabulary: Vocabulary | None = None) -> WordVectors:
    """Writes a table into ``folder`` and opens it.

    ``texts`` are the tokens of every passage: a word's weight is its inverse document frequency in them,
    log(1 + n / df), and a word that they do not hold weighs like one that a single passage holds
    (Spärck Jones, 1972; weighted means of word vectors: Arora et al., 2017).
    """
    source = vocabulary or read_vocabulary()
    keys, rows = _key_rows(source.rows)
    weight_keys, weights, rare = _weights(list(texts))
    dimension = int(source.vectors.shape[1])
    folder.mkdir(parents=True, exist_ok=True)
    _save(
        folder,
        vectors=sharpen(source.vectors).astype(np.float16),
        keys=keys,
        rows=rows,
        weight_keys=weight_keys,
        weights=weights,
    )
    _state(folder, f"words:{source.name}", dimension, rare)
    return WordVectors(folder)


def refit_words(folder: Path, fitted: Fitted) -> WordVectors:
    """Puts what was learnt beside the table of ``folder`` and opens it anew."""
    before = WordVectors(folder)
    keys, order = _sorted(fitted.words)
    old = ~np.isin(before.weight_keys, keys)
    weight_keys = np.concatenate([before.weight_keys[old], keys])
    weights = np.concatenate([before.weights[old], fitted.weights[order]]).astype(np.float32)
    order_of_weights = np.argsort(weight_keys, kind="stable")
    _save(
        folder,
        weight_keys=weight_keys[order_of_weights],
        weights=weights[order_of_weights],
    )
    write_static(folder / FITTED, Static(fitted.words, fitted.vectors * fitted.weights[:, None], fitted.map))
    _state(folder, f"{before.name}+fitted", before.dimension, before.rare)
    return WordVectors(folder)


def _save(folder: Path, **parts: NDArray[Any]) -> None:
    for part, table in parts.items():
        (folder / f"{part}.npy").unlink(missing_ok=True)  # a table that is open keeps its own file
        np.save(folder / f"{part}.npy", table, allow_pickle=False)


def _state(folder: Path, name: str, dimension: int, rare: float) -> None:
    stated = {"name": name, "dimension": dimension, "rare_weight": rare}
    (folder / "words.json").write_text(json.dumps(stated), "utf-8")


def sharpen(vectors: Matrix) -> Matrix:
    """``vectors`` without what all words share: less their mean and their leading directions; rows of length one.

    Mu and Viswanath, "All-but-the-top", 2018: those parts tell how frequent a word is, not what it means.
    """
    centred = vectors - vectors.mean(axis=0)
    removed = min(_REMOVED_DIRECTIONS, vectors.shape[1] - 1, len(vectors) - 2)
    if removed > 0:
        _, directions = np.linalg.eigh(centred.T @ centred)
        leading = directions[:, -removed:]
        centred -= centred @ leading @ leading.T
    return unit_rows(centred)


def hashed_vector(word: str, dimension: int) -> Matrix:
    """(dimension,) of length one, drawn from the word's own hash.

    Two different words are nearly at right angles, so a word that the table does not hold still counts where
    it occurs in both texts.  The same on every machine and under every version of numpy.
    """
    noise = hashlib.shake_256(word.encode()).digest(-(-dimension // 8))
    bits = np.unpackbits(np.frombuffer(noise, dtype=np.uint8))[:dimension]
    signs: Matrix = (bits.astype(np.float32) * 2 - 1) / np.float32(math.sqrt(dimension))
    return signs


def word_keys(words: Iterable[str]) -> Keys:
    """(n,) uint64: an 8-byte BLAKE2b of each word."""
    digests = b"".join(hashlib.blake2b(word.encode(), digest_size=8).digest() for word in words)
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


def _key_rows(rows: dict[str, int]) -> tuple[Keys, NDArray[np.int32]]:
    """Sorted keys and their rows; a word is found in its search form unless that is a word of its own."""
    known = {word: row for word, row in rows.items() if word.isprintable()}
    forms = {search_form(word): row for word, row in known.items()}
    every = forms | known
    keys, order = _sorted(every)
    return keys, np.fromiter(every.values(), np.int32)[order]


def _weights(texts: list[list[str]]) -> tuple[Keys, Matrix, float]:
    holding = Counter(word for words in texts for word in set(words))
    keys, order = _sorted(holding)
    counts = np.fromiter(holding.values(), np.float32)[order]
    return keys, np.log1p(len(texts) / counts), math.log1p(max(len(texts), 1))


def _sorted(words: Iterable[str]) -> tuple[Keys, NDArray[np.intp]]:
    """The words' keys in rising order, and the order itself."""
    keys = word_keys(words)
    order = np.argsort(keys, kind="stable")
    return keys[order], order


def _find(table: Keys, keys: Keys) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where each key would stand in the sorted table (always a valid place), and whether it does."""
    if not len(table):
        return np.zeros(len(keys), np.intp), np.zeros(len(keys), np.bool_)
    places = np.minimum(np.searchsorted(table, keys), len(table) - 1)
    return places, table[places] == keys


def _open(folder: Path, part: str) -> NDArray[Any]:
    """Read where it lies, as a plain array: ``memmap`` itself costs more than most of what is done here."""
    return np.asarray(np.load(folder / f"{part}.npy", mmap_mode="r", allow_pickle=False))
