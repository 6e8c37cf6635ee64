"""Which programs hold the official terms for a question's everyday words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from ..index import Index
from ..lexicon import table
from ..records import FactKind
from ..tokens import fold, tokens
from ..understand.thesaurus import needs

_OWN = 0.5  # a term in the program's own name, or in the words of a figure of its own, counts this much more

_LOAN = frozenset({FactKind.LOAN_LIMIT, FactKind.LOAN_RATE, FactKind.LOAN_TERM, FactKind.LOAN_POOL})


def term_scores(text: str, index: Index, programs: Sequence[str]) -> dict[str, float]:
    """For each program, over the everyday words of the text, the rarest official terms that it holds.

    As a share of what the best program gets for each: a word whose terms nearly all hold counts little, one whose terms
    none holds not at all.
    """
    groups = [tuple(map(fold, terms)) for terms in needs(text)]
    places = [index.place_of[name] for name in programs]
    found = np.zeros(len(places))
    most = 0.0
    for group in groups:
        best = np.zeros(len(places))
        for term in group:
            holding = _holding(term, index)[places]
            worth = math.log1p(len(places) / (np.count_nonzero(holding) + 0.5))
            np.maximum(best, worth * holding, out=best)
        most += best.max(initial=0.0)
        found += best
    return {programs[place]: float(found[place]) / most for place in np.flatnonzero(found).tolist()}


def _holding(term: str, index: Index) -> npt.NDArray[np.float64]:
    """(programs,) 1 for those whose pages hold a term, more where it is their own, 0 for the others."""

    def read() -> npt.NDArray[np.float64]:
        own = [1.0 + _OWN * _is_own(name, term, index) for name in index.programs]
        return np.asarray(own) * [_holds(name, term, index) for name in index.programs]

    return index.keep((term_scores, term), read)


def _holds(name: str, term: str, index: Index) -> bool:
    """Whether a program's pages have a term; a word for lending is met by any program that lends, and by no other."""
    if term in _lending():
        return bool(_LOAN & index.kinds_of(name))
    return term in index.said_of(name) or in_name(name, term, index)


def _is_own(name: str, term: str, index: Index) -> bool:
    return term in index.own_words_of(name) or in_name(name, term, index)


def in_name(name: str, term: str, index: Index) -> bool:
    """Whether a name has all words of a term, others between them: 「省エネお助け診断」 has 省エネ診断."""
    words = _words(term)
    return len(words) > 1 and words <= index.name_words_of(name)


@cache
def _words(term: str) -> frozenset[str]:
    return frozenset(tokens(term))


@cache
def _lending() -> frozenset[str]:
    return frozenset(map(fold, table("scopes")["bearing"]["lending"]))
