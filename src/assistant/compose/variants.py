"""Funds that share a name and differ in what stands in brackets behind it: which of them a question is about.

「経営安定資金」 may be the name of a row (its guarantee rate) beside 「経営安定資金（災害枠）」, a fund of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..index import Index
from ..records import Program, Query
from ..retrieve import Retrieval
from ..tokens import fold
from .choice import Candidate, meant, score
from .heard import hear

_BRACKET = re.compile(r"^(?P<name>[^（(]+)[（(](?P<what>[^（()）]+)[)）]$")
_HEAD = re.compile(r"[（(]")
#: What one is by a program's name and no more: 「…企業に認定されている」.
_STATUS = re.compile(
    r"(?:企業|事業者|店|工場|団体|者)(?:に|の|として)?(?P<what>認定|登録|指定|認証|表彰|選定)(?:さ|を?受|を?取|済|にな|企業)"
    r"|(?P<before>認定|登録|指定|認証|表彰|選定)(?:済みの?|された|を受けた|を取った)?(?:企業|事業者|店|工場|団体|会社)"
)


def of_its_variants(query: Query, retrieval: Retrieval, index: Index) -> Retrieval:
    """The hits with a fund in place of the row that bears the name of several, where the question speaks of one.

    Where it speaks of none and the row states nothing of what is asked, all of them are hits.
    """
    if not query.kinds or not retrieval.hits or not query.named:
        return retrieval
    base = retrieval.hits[0]
    if (other := _of_the_status(query, base.program, index)) is not None:
        hit = replace(base, program=other, passages=index.passages_of(other.id))
        return replace(retrieval, hits=(hit, *retrieval.hits[1:]), missing=None)
    variants = _variants(base.program, index)
    if len(variants) < 2 or any(hit.program.id in variants.values() for hit in retrieval.hits):
        return retrieval
    chosen = _spoken_of(query, base.program, variants, index)
    states = set(query.kinds) & index.kinds_of(base.program.id)
    if states or not (chosen or _one_states(query, list(variants.values()), index)):
        return retrieval
    ids = chosen or list(variants.values())
    hits = tuple(replace(base, program=index.programs[one]) for one in ids)
    return replace(retrieval, hits=(*hits, *retrieval.hits[1:]), missing=None)


def _variants(program: Program, index: Index) -> dict[str, str]:
    """What stands in brackets behind a program's name → the fund of that name, in the program's document."""
    found = {}
    for one in index.programs.values():
        match = _BRACKET.match(one.program) if one.document == program.document and one.role == "program" else None
        if match and fold(match["name"]) == fold(program.program):
            found[match["what"]] = one.id
    return found


def _of_the_status(query: Query, named: Program, index: Index) -> Program | None:
    """「…企業に認定されたら、率は?」: the one sibling with a figure for those who are; the name says who they are."""
    status = _STATUS.search(fold(query.question))
    if status is None or len(query.named) != 1 or set(query.kinds) & index.kinds_of(named.id):
        return None
    head, what = _HEAD.split(fold(named.program))[0], status["what"] or status["before"]
    beside = [one for one in index.programs.values() if one.document == named.document and one.id != named.id]
    found = [
        one
        for one in beside
        if _HEAD.split(fold(one.program))[0] == head
        and any(fact.kind in query.kinds and what in (fact.condition or "") for fact in index.facts_of(one.id))
    ]
    return found[0] if len(found) == 1 else None


def _spoken_of(query: Query, base: Program, variants: dict[str, str], index: Index) -> list[str]:
    heard = hear(query, (base.program, *base.aliases))
    said = {what: "\n".join(one.text for one in index.passages_of(id_)) for what, id_ in variants.items()}
    scored = score(heard, [Candidate(what, what, said[what]) for what in variants], index)
    return [variants[str(what)] for what in meant(scored)]


def _one_states(query: Query, ids: list[str], index: Index) -> bool:
    return any(set(query.kinds) & index.kinds_of(one) for one in ids)
