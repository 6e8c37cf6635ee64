"""The clauses of a question that say what is wanted, apart from the story around them.

「去年の大雨でひどい目に遭ったけど、若い人を雇いたい」 is about hiring: the words of a reason or of a state lead to
programs against disasters.  Which clause wants something is told by its verb, so any trade and any need fits.
"""

from __future__ import annotations

import re
from functools import cache

from ..lexicon import table

SHORTEST = 6  # characters of a purpose that can be searched by


def purpose_of(text: str) -> str:
    """The clauses that want something, joined; the whole text where all do, or too little would be left."""
    clauses = [clause.strip(" 　、") for clause in _ends().split(text)]
    clauses = [clause for clause in clauses if clause]
    wanting = [clause for clause in clauses if _wishes().search(clause)]
    if len(wanting) == len(clauses) or sum(map(len, wanting)) < SHORTEST:
        return text
    return "。".join(wanting)


@cache
def _ends() -> re.Pattern[str]:
    return re.compile("|".join(table("purpose")["ends"]["patterns"]))


@cache
def _wishes() -> re.Pattern[str]:
    return re.compile("|".join(table("purpose")["wishes"]["patterns"]))
