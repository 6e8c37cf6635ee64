"""A plain number of a document's prose, asked for by what is said beside it: 「後継者が決まっていない割合は何%?」."""

from __future__ import annotations

from ..index import Index
from ..records import Draft, FactKind, Query
from ..retrieve import Retrieval
from .quoting import quoted_sentences
from .sought import sought_among

K = FactKind
_PLAIN = frozenset({K.COUNT, K.TARGET, K.OTHER, K.PERIOD, K.LOAN_TERM})
_NEAREST = 5  # described programs that may state it
_PROSE = ("total", "subtotal")  # roles of what a document says of no program


def told_in_prose(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    """The sentence of one region's documents that states the figure a question describes; None when none does surely.

    For questions that no program is surely found for, and that ask for no amount that a program grants.
    """
    if query.named or query.carried or not set(query.kinds) <= _PLAIN or query.open_amount:
        return None
    own = {one.id for one in index.documents.values() if one.region in query.regions}
    own = own or {hit.program.document for hit in retrieval.ranked[:1]}
    near = [hit.program for hit in retrieval.ranked[:_NEAREST] if hit.program.document in own]
    prose = [one for one in index.programs.values() if one.document in own and one.role in _PROSE and one not in near]
    question = query.question
    for region in query.regions:
        question = question.replace(region, "、")
    found = sought_among(question, [*near, *prose], index)
    if found is None:
        return None
    told = quoted_sentences(found[0], found[1], index, first=True)
    return Draft("answered", None, tuple(told)) if told else None
