"""How much of a program's name stands in a text, by pieces of two characters: a shortened or misspelled name is met."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from ..tokens import fold


class NamePieces:
    """The pieces of every name, each weighed by how few names hold it.  Nothing changes after it was made."""

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        own = [(owner, [_pieces(name) for name in names]) for owner, names in names.items() if names]
        holding = Counter(piece for _, pieces in own for piece in set().union(*pieces))
        weight = {piece: 1.0 / (1.0 + math.log(count)) for piece, count in holding.items()}
        every = [sorted(pieces) for _, several in own for pieces in several]  # the pieces of each name
        self._owners = [owner for owner, _ in own]
        self._starts = np.cumsum([0, *(len(several) for _, several in own)])[:-1]  # where each owner's names begin
        self._whole = np.asarray([sum(weight[piece] for piece in pieces) or 1.0 for pieces in every])
        self._weight = weight
        self._names_with: dict[str, list[int]] = {}
        for row, pieces in enumerate(every):
            for piece in pieces:
                self._names_with.setdefault(piece, []).append(row)

    def shares(self, text: str) -> dict[str, float]:
        """For each owner of a name that shares a piece with the text: the weighed share of the name that it holds."""
        if not self._owners:
            return {}
        best = np.maximum.reduceat(self._shares(text), self._starts)
        return {self._owners[place]: float(best[place]) for place in np.flatnonzero(best)}

    def _shares(self, text: str) -> npt.NDArray[np.float64]:
        """(names,) the weighed share of each name that the text holds."""
        said = sorted(piece for piece in _pieces(text) if piece in self._names_with)
        rows = [self._names_with[piece] for piece in said]
        weights = np.repeat([self._weight[piece] for piece in said], [len(one) for one in rows])
        places = np.asarray([row for one in rows for row in one], np.int64)
        held = np.bincount(places, weights, minlength=len(self._whole)).astype(np.float64)
        shares: npt.NDArray[np.float64] = held / self._whole
        return shares


def _pieces(text: str) -> frozenset[str]:
    plain = fold(text)
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1))
