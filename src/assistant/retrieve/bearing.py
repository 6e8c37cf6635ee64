"""Whether a question has anything to do with what is here at all: words of support, of trade, or of a program."""

from __future__ import annotations

import re
from functools import cache

from ..index import Index
from ..lexicon import table
from ..records import FactKind, Program, Query
from ..tokens import fold, search_form, tokens
from .terms import in_name

_TERMS = (FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT, FactKind.LOAN_RATE, FactKind.LOAN_LIMIT, FactKind.BUDGET)


def is_spoken_of(query: Query, program: Program, index: Index) -> bool:
    """Whether a program, its asked-as questions or the terms for an everyday word hold any noun of the question.

    What has only the words of asking in common with it (補助率), or a noun of any program (整備), is another one's.
    """
    held, said = index.keep((is_spoken_of, program.id), lambda: _said_of(program, index))
    telling = {word for word in query.words if len(word) > 1 and word not in general_nouns()}
    terms = [term for term in query.terms if term not in general_nouns()]
    met = said & (telling or set(query.words)) or any(fold(word) in held for word in telling)
    return bool(met) or any(fold(term) in held or in_name(program.id, fold(term), index) for term in terms)


def _said_of(program: Program, index: Index) -> tuple[str, frozenset[str]]:
    """What a program's pages and its asked-as questions say: as one folded text, and as words."""
    texts = (index.said_of(program.id), *map(fold, index.asked_of.get(program.id, ())))
    return "".join(texts), frozenset(word for text in texts for word in tokens(text))


def is_of_life(query: Query) -> bool:
    """「夕飯は何にしよう?」: nothing that is said is of support, of trade, of a place or of a figure."""
    if query.named or query.carried or query.regions or query.near or query.kinds or query.premises:
        return False
    if (
        query.intent in ("thanks", "greeting")
        or query.partly
        or query.unknown_name
        or query.subprograms
        or not query.words
    ):
        return False
    return not _of_trade().search(search_form(query.question))


def asks_of_learning(query: Query) -> bool:
    """「値札の書き方を習いたい、補助は何割?」: a skill is to be learnt, or a figure of support is asked of a region."""
    if query.regions and any(kind in _TERMS for kind in query.kinds):
        return True
    return bool(re.search(table("scopes")["bearing"]["learning"], search_form(query.question)))


@cache
def general_nouns() -> frozenset[str]:
    """Nouns that any program may have: they tell none from another."""
    return frozenset(table("scopes")["bearing"]["general"])


@cache
def actor_words() -> frozenset[str]:
    """Nouns that say who asks, and nothing of what is needed: 店主, 会社."""
    return frozenset(word for actor in table("scopes")["bearing"]["actors"] for word in tokens(actor))


@cache
def _of_trade() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(search_form(word)) for word in table("scopes")["bearing"]["trade"]))
