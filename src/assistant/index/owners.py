"""Which program a record is of: what a search of records says of the programs, as arrays."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..embed import Matrix
from .vectors import Numbers

#: (n,) places of programs and (n,) scores, best first; a program may come again.
Spoken = tuple[Numbers, Matrix]


class Owners:
    """The programs' places by the ids of their records.  Nothing changes after it was made."""

    def __init__(self, place_of: Mapping[int, int]) -> None:
        """``place_of`` is the place of the program that each record's id belongs to."""
        ids = np.asarray(list(place_of), np.int64)
        order = np.argsort(ids)
        self._ids = ids[order]
        self._places = np.asarray(list(place_of.values()), np.int64)[order]

    def of(self, found: tuple[Numbers, Matrix]) -> Spoken:
        """The places of the programs whose records were found, with their scores."""
        ids, scores = found
        return self._places[np.searchsorted(self._ids, ids)], scores
