"""Read the word vectors that the installed ``ja_ginza`` package carries (chiVe), without importing spaCy.

The package keeps three files: ``vectors`` (a numpy table), ``key2row`` (MessagePack: hash of a word → row)
and ``strings.json`` (the words).  The hash is MurmurHash64A with seed 1, as spaCy's string store uses it.
"""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
import srsly
from numpy.typing import NDArray

from ..errors import MissingExtra
from .base import Matrix

PACKAGE = "ja_ginza"
_SEED = 1
_MULTIPLIER = np.uint64(0xC6A4A7935BD1E995)  # Appleby's constants of MurmurHash2, 64 bits
_SHIFT = np.uint64(47)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A table of vectors and the row of each word; several words may share a row."""

    name: str
    vectors: Matrix  # (rows, dimension)
    rows: dict[str, int]


def read_vocabulary() -> Vocabulary:
    """The installed package's words and vectors.  Raises MissingExtra when it is not installed."""
    folder = _folder()
    table = np.load(folder / "vectors", allow_pickle=False).astype(np.float32)
    row_of: dict[int, int] = srsly.read_msgpack(folder / "key2row")
    words: list[str] = json.loads((folder / "strings.json").read_text("utf-8"))
    keys = murmur_hashes(words)
    rows = {word: row_of[key] for word, key in zip(words, keys.tolist(), strict=True) if key in row_of}
    return Vocabulary(f"{PACKAGE}-{version(PACKAGE)}", table, rows)


def murmur_hashes(words: list[str]) -> NDArray[np.uint64]:
    """(n,) MurmurHash64A of each word's UTF-8 bytes, many words at a time: those of one length together."""
    encoded = [word.encode("utf-8", "surrogatepass") for word in words]
    lengths = np.array([len(word) for word in encoded], dtype=np.int64)
    hashes = np.zeros(len(words), dtype=np.uint64)
    for length in np.unique(lengths).tolist():
        places = np.flatnonzero(lengths == length)
        joined = b"".join(encoded[place] for place in places.tolist())
        letters = np.frombuffer(joined, dtype=np.uint8).reshape(len(places), length)
        hashes[places] = _murmur_block(letters)
    return hashes


def _murmur_block(letters: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """MurmurHash64A of the rows of a (n, length) table of bytes (Appleby, 2008; in the public domain)."""
    count, length = letters.shape
    seed = (_SEED ^ (length * int(_MULTIPLIER))) & 0xFFFFFFFFFFFFFFFF
    state = np.full(count, seed, dtype=np.uint64)
    whole = length // 8 * 8
    words = np.ascontiguousarray(letters[:, :whole]).view("<u8")
    for column in range(words.shape[1]):
        mixed = words[:, column] * _MULTIPLIER
        mixed = (mixed ^ (mixed >> _SHIFT)) * _MULTIPLIER
        state = (state ^ mixed) * _MULTIPLIER
    if whole < length:
        tail = np.zeros((count, 8), dtype=np.uint8)
        tail[:, : length - whole] = letters[:, whole:]
        state = (state ^ tail.view("<u8")[:, 0]) * _MULTIPLIER
    state = (state ^ (state >> _SHIFT)) * _MULTIPLIER
    return state ^ (state >> _SHIFT)


def _folder() -> Path:
    """The package's vocabulary folder, found without importing the package (that would import spaCy)."""
    package = importlib.util.find_spec(PACKAGE)
    places = (package.submodule_search_locations or []) if package else []
    folders = sorted(folder for place in places for folder in Path(place).glob("*/vocab"))
    if not folders:
        raise MissingExtra(
            f"The package {PACKAGE} with the default word vectors is not installed.",
            hint="Run: pip install ja-ginza",
        )
    return folders[-1]
