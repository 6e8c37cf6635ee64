"""Official terms for the everyday words of a question (``lexicon/thesaurus.toml``)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..lexicon import table
from ..tokens import fold


@lru_cache(maxsize=2_000)
def everyday(text: str) -> tuple[tuple[str, ...], ...]:
    """The official terms for each everyday word of a text; words that mean the same count once."""
    plain = fold(text)
    found: dict[tuple[str, ...], None] = {}
    for word, terms in _entries():
        if word in plain and (not word.isascii() or _alone(word, plain)):
            found[terms] = None
    return tuple(found)


def everyday_words() -> tuple[str, ...]:
    """All everyday words, as the list has them."""
    return tuple(word for entry in table("thesaurus")["entry"] for word in entry["words"])


def _alone(word: str, plain: str) -> bool:
    """A word in Latin letters stands alone: IT is not in 「capital」."""
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", plain) is not None


@cache
def _entries() -> tuple[tuple[str, tuple[str, ...]], ...]:
    entries = table("thesaurus")["entry"]
    return tuple((fold(word), tuple(entry["terms"])) for entry in entries for word in entry["words"])
