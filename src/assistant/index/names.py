"""How much of a program's name stands in a text, by pieces of two characters: a shortened or misspelled name is met."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from ..tokens import fold


class NamePieces:
    """The pieces of every name, each weighed by how few names hold it.  Nothing changes after it was made."""

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        pieces = {owner: [_pieces(name) for name in own] for owner, own in names.items()}
        holding = Counter(piece for own in pieces.values() for piece in set().union(*own))
        weight = {piece: 1.0 / (1.0 + math.log(count)) for piece, count in holding.items()}
        self._names = {owner: [{piece: weight[piece] for piece in one} for one in own] for owner, own in pieces.items()}

    def shares(self, text: str) -> dict[str, float]:
        """For each owner of a name that shares a piece with the text: the weighed share of the name that it holds."""
        said = _pieces(text)
        found: dict[str, float] = {}
        for owner, names in self._names.items():
            best = max((_share(name, said) for name in names), default=0.0)
            if best:
                found[owner] = best
        return found


def _share(name: dict[str, float], said: frozenset[str]) -> float:
    total = sum(name.values())
    return sum(weight for piece, weight in name.items() if piece in said) / total if total else 0.0


def _pieces(text: str) -> frozenset[str]:
    plain = fold(text)
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1))
