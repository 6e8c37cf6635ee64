"""A set of programs as a question delimits it, and what is asked of the set."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from ..index import Index
from ..lexicon import says_any, table
from ..records import Fact, FactKind, Figure, Program
from ..tokens import tokens

Holds = Callable[[Program], bool]


@dataclass(frozen=True, slots=True)
class Delimited:
    """One way in which a question delimits a set: which programs it holds, its words, and how it is called."""

    holds: Holds
    said: tuple[str, ...]
    told: str = ""
    sure: bool = False  # of a topic: names hold it
    loose: bool = False  # beside it the question may say for what somebody asks
    figures: tuple[Figure, ...] = ()  # the figure that every program states, and as which kinds
    kinds: tuple[FactKind, ...] = ()
    states: Callable[[Program], Fact | None] | None = None  # the figure by which a program belongs to the set


@lru_cache(256)  # each stage asks again
def asked_of(question: str) -> frozenset[str]:
    """What a question asks of a set of programs; empty when nothing."""
    asks = table("scopes")["asks"]
    found = frozenset(name for name, patterns in asks.items() if says_any(question, patterns))
    ends = re.findall(table("scopes")["rank"]["end"], question)
    return found - {"most"} if {"most", "least"} <= found and len(ends) == 1 else found  # 「一番予算が少ない」


def in_brackets(words: str) -> str:
    """「…」; letters that are Roman numerals too (DX) cannot stand in an answer's own words."""
    return "お尋ねの語" if re.search(r"(?<![A-Za-z])[IVXLCDMivxlcdm]+(?![A-Za-z])", words) else f"「{words.strip()}」"


@cache
def filler() -> frozenset[str]:
    """Words of such a question that describe no program."""
    return frozenset(token for word in table("scopes")["filler"]["words"] for token in (word, *tokens(word)))


def title_of(index: Index, document: str) -> str:
    """What a whole document is called: its title, who published it, and the headings that stand over all of it."""
    paths = [set(one.section) for one in index.programs.values() if one.document == document and one.role == "program"]
    over = set.intersection(*paths) if paths else set()
    return " ".join((index.documents[document].title, index.documents[document].publisher, *sorted(over)))
