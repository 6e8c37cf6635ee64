"""Which programs hold the official terms for a question's everyday words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..index import Index
from ..tokens import fold
from ..understand.thesaurus import everyday

_IN_NAME = 0.5  # a term in the program's own name counts this much more


def term_scores(text: str, index: Index, programs: Sequence[str]) -> dict[str, float]:
    """For each program, over the everyday words of the text, the rarest official terms that it holds.

    As a share of what the best program gets for each: a word whose terms nearly all hold counts little, one whose terms
    none holds not at all.
    """
    groups = [tuple(map(fold, terms)) for terms in everyday(text)]
    if not groups:
        return {}
    terms = {term for group in groups for term in group}
    holding = {term: [name for name in programs if term in index.said_of(name)] for term in terms}
    worth = {term: math.log1p(len(programs) / (len(names) + 0.5)) for term, names in holding.items()}
    found: dict[str, float] = {}
    most = 0.0
    for group in groups:
        best: dict[str, float] = {}
        for term in group:
            for name in holding[term]:
                own = worth[term] * (1.0 + _IN_NAME * (term in fold(index.programs[name].program)))
                best[name] = max(best.get(name, 0.0), own)
        most += max(best.values(), default=0.0)
        for name, score in best.items():
            found[name] = found.get(name, 0.0) + score
    return {name: score / most for name, score in found.items()}
