"""「商工会の指導に出す分は?」: a portion that no breakdown states, because a program of its own is what it is."""

from __future__ import annotations

import re
from dataclasses import replace

from ..index import Index
from ..records import FactKind, Query
from ..retrieve import Retrieval
from ..tokens import nouns, search_form, tokens

K = FactKind
_PORTION = re.compile(
    r"(?P<what>[^。?!、,\n]{2,40}?)(?:の|[るたうすくぐつぬぶむ])(?:分|部分)(?:は|が|を|って|として|だけ|も|、|[?]|$)"
)
_OF_MORE = re.compile(r"内訳|うち|中で|なかで|[0-9]つ")


def of_itself(query: Query, retrieval: Retrieval, index: Index) -> Query:
    """The query with the budget in place of a breakdown, where the portion asked for is the whole program.

    A described program is one when it states no breakdown at all; a named one when its name says the portion.
    """
    if query.kinds != (K.BREAKDOWN,) or not retrieval.hits or _OF_MORE.search(query.question):
        return query
    program = retrieval.hits[0].program
    kinds = index.kinds_of(program.id)
    if K.BREAKDOWN in kinds or K.BUDGET not in kinds or query.carried:
        return query
    portion = _PORTION.search(search_form(query.question))
    if portion is None:
        return query
    said = {word for word in tokens(portion["what"]) if word in nouns(portion["what"])}
    region = index.documents[program.document].region
    left = said - set(tokens(" ".join((program.program, *program.aliases, *program.departments, region))))
    return replace(query, kinds=(K.BUDGET,)) if not query.named or not left else query
