"""What a column holds, by the words of its header (``lexicon/columns.toml``)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ..lexicon import table


def header_text(text: str) -> str:
    """A header without spaces and with one width of letters and brackets."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@cache
def _roles() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (entry["name"], tuple(sorted((header_text(word) for word in entry["words"]), key=len, reverse=True)))
        for entry in table("columns")["role"]
    )


@cache
def header_role(text: str) -> str | None:
    """The role of a column with this header, or None when no word of it is known."""
    plain = header_text(text)
    if len(plain) > 40:
        return None
    bare = re.sub(r"\([^()]*\)", "", plain)  # a note in brackets does not say what the column holds
    for words_of in (bare, plain):
        for role, words in _roles():
            if any(word in words_of for word in words):
                return role
    return None
