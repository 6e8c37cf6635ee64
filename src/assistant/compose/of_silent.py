"""A question about a part that states nothing of what is asked, though another part of its program does."""

from __future__ import annotations

from dataclasses import replace

from ..index import Index
from ..records import FactKind, Query
from ..retrieve import WHOLE, Retrieval
from ..retrieve.bearing import is_spoken_of
from ..understand import wanted
from .context import said_of_parts
from .heard import hear
from .parts import sibling_that_states
from .select import UNSAID, parts_meant, state
from .silent import own_words

_NOT_OF_PARTS = WHOLE | {FactKind.LIMIT_ADDITION}  # by how much a limit rises is no limit
_OF_ONE = (None, "lesser", "product")  # what is reckoned of one program: others set programs side by side


def of_silent_part(query: Query, retrieval: Retrieval, index: Index) -> tuple[Query, Retrieval]:
    """The query as one that names the part which it describes, where neither that nor the whole states what is asked.

    Of the other programs found only those stay that speak of what it describes the part by.
    """
    kinds = wanted(query)
    if not kinds or query.subprograms or not retrieval.hits or query.operation not in _OF_ONE:
        return query, retrieval
    first, *others = retrieval.hits
    program = first.program
    heard = hear(query, (program.program, *program.aliases))
    facts = [fact for fact in index.facts_of(program.id) if not set(fact.flags) & UNSAID]
    parts = parts_meant(query, heard, program, index, facts, kinds)
    whole = [kind for kind in kinds if kind not in _NOT_OF_PARTS]
    if not parts or state(parts, facts, kinds) or state((None,), facts, whole or kinds):
        return query, retrieval
    if sibling_that_states(heard, parts, program, facts, kinds, index):
        return query, retrieval
    words = tuple(own_words(heard, parts, (), said_of_parts(program, index), ()))
    asked = replace(query, words=words, terms=())
    hits = (first, *(hit for hit in others if is_spoken_of(asked, hit.program, index)))
    return replace(query, subprograms=parts), replace(retrieval, hits=hits)
