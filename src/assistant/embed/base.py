"""What every embedder is: one name, one dimension, two methods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


class Embedder(Protocol):
    """Text → vectors of one space.

    Rows are float32 and of length one, so that an inner product is a cosine; a text without a word
    that the model knows is the zero row.  Questions and documents may be encoded differently.
    """

    @property
    def name(self) -> str:
        """The model's id, kept in the index manifest: vectors of two models must not be compared."""

    @property
    def dimension(self) -> int:
        """Numbers in a row."""

    def encode_query(self, texts: Sequence[str]) -> Matrix:
        """(n, dimension) vectors of n questions."""

    def encode_document(self, texts: Sequence[str]) -> Matrix:
        """(n, dimension) vectors of n texts to be found."""


def unit_rows(rows: Matrix) -> Matrix:
    """``rows`` scaled to length one; a zero row (or one that is not finite) is zero."""
    finite = np.nan_to_num(rows, nan=0.0, posinf=0.0, neginf=0.0).astype(np.float32)
    lengths = np.linalg.norm(finite, axis=1, keepdims=True)
    scaled: Matrix = np.divide(finite, lengths, out=np.zeros_like(finite), where=lengths > 0)
    return scaled
