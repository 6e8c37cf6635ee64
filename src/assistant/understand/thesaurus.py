"""Official terms for the everyday words of a question (``lexicon/thesaurus.toml``)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..lexicon import table
from ..tokens import fold

GAP = "…"  # in a word of the list: other words may stand here
_BETWEEN = "[^。!?\\n]{0,16}?"  # … of the same sentence


@lru_cache(maxsize=2_000)
def everyday(text: str) -> tuple[tuple[str, ...], ...]:
    """The official terms for each everyday word of a text; words that mean the same count once."""
    plain = fold(text)
    found: dict[tuple[str, ...], None] = {}
    for _, word, terms in sorted(_said(plain)):
        if not word.isascii() or _alone(word, plain):
            found[terms] = None
    for said, terms in _told():
        if terms not in found and said.search(plain):
            found[terms] = None
    return tuple(found)


def needs(text: str) -> tuple[tuple[str, ...], ...]:
    """:func:`everyday` without the terms for who asks (店主); all of it where nothing else is told."""
    every = everyday(text)
    asking = _actors()
    said = _said(fold(text))
    of_actors = {terms for _, word, terms in said if word in asking}
    of_actors -= {terms for _, word, terms in said if word not in asking}
    return tuple(terms for terms in every if terms not in of_actors) or every


@cache
def _actors() -> frozenset[str]:
    return frozenset(map(fold, table("scopes")["bearing"]["actors"]))


@lru_cache(maxsize=2_000)
def _said(plain: str) -> frozenset[tuple[int, str, tuple[str, ...]]]:
    """The entries whose word a text holds, each with its place in the list: its stretches are looked up, not the list.

    The list has many thousand words, a question a few hundred stretches as long as some word of it.
    """
    entries = _entries()
    stretches = {plain[at : at + length] for length in _lengths() for at in range(len(plain) - length + 1)}
    return frozenset(one for word in stretches & entries.keys() for one in entries[word])


def everyday_words() -> tuple[str, ...]:
    """All everyday words that stand in one piece, as the list has them."""
    return tuple(word for entry in table("thesaurus")["entry"] for word in entry["words"] if GAP not in word)


def _alone(word: str, plain: str) -> bool:
    """A word in Latin letters stands alone: IT is not in 「capital」."""
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", plain) is not None


@cache
def _lengths() -> frozenset[int]:
    return frozenset(map(len, _entries()))


@cache
def _entries() -> dict[str, list[tuple[int, str, tuple[str, ...]]]]:
    """By each word that stands in one piece: its places in the list with the terms there."""
    found: dict[str, list[tuple[int, str, tuple[str, ...]]]] = {}
    every = [(fold(word), entry["terms"]) for entry in table("thesaurus")["entry"] for word in entry["words"]]
    for place, (word, terms) in enumerate(every):
        if GAP not in word:
            found.setdefault(word, []).append((place, word, tuple(terms)))
    return found


@cache
def _told() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """For the words that others may stand between, 「売上…落ち」: one pattern for all of an entry."""
    found = []
    for entry in table("thesaurus")["entry"]:
        words = [word.split(GAP) for word in entry["words"] if GAP in word]
        if words:
            said = "|".join(_BETWEEN.join(re.escape(fold(piece)) for piece in pieces) for pieces in words)
            found.append((re.compile(said), tuple(entry["terms"])))
    return tuple(found)
