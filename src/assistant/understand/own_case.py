"""What the asker tells of themselves in a turn: a case of what was spoken of, no other program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..lexicon import table
from ..records import Query
from ..tokens import nouns, search_form
from .carrying import joined
from .ground import Ground


def as_case(alone: Query, asked: Query, told: Sequence[str], ground: Ground) -> Query:
    """「…推進企業に認定されているなら?」: a name that only tells what the asker is names no program.

    ``asked`` is the turn with the kinds that it takes over, ``told`` are the programs spoken of.
    """
    if not alone.named or alone.kinds or alone.named[0] in told or not (asked.kinds or asked.open_amount):
        return alone
    here, there = told[0], alone.named[0]
    if ground.states(there, asked) or not ground.states(here, asked):
        return alone
    words = joined(alone.words, tuple(sorted(nouns(ground.name(there)))))
    return replace(alone, named=(), subprograms=(), words=words)


def with_kinds_of_case(query: Query, program: str, words: Sequence[str], ground: Ground) -> Query:
    """「認定はもう持ってる」: with the kinds whose figures depend on it, where those asked before do not."""
    depend = ground.kinds_of_case(program, words)
    if not depend or set(depend) & set(query.kinds):
        return query
    return replace(query, kinds=(*query.kinds, *depend), open_amount=False, intent="figure")


def with_noun_asked(query: Query, earlier: str) -> Query:
    """「創業2年だったら?」 after 「自己負担はいくら?」: with the quantity that the turn before asked for by name."""
    rules = table("questions")["strange"]
    words = {*rules["words"], *(name for names in rules["alike"] for name in names)}
    found = [word for word in words if word in search_form(earlier)]
    if not found:
        return query
    return replace(query, question=f"{query.question.rstrip('?？。')}、{max(found, key=len)}は?")
