"""The printed ceiling of what is borrowed or granted together: it is told in place of a sum."""

from __future__ import annotations

import re
from dataclasses import replace

from ..index import Index
from ..records import Draft, FactKind, Query
from ..retrieve import Retrieval
from .figures import sentences_of

_TOGETHER = re.compile(r"合わせ|併せ|あわせ|併用|合計|両方|どっちも|トータル|同時に|一緒に|全部で|重な|重ね|ダブル")
_CEILING = re.compile(r"併用|合計|合算|通算|合わせ|重複")
_LIMITS = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.LIMIT_ADDITION)


def printed_ceiling(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    """「運転と設備を両方だと合計いくらまで?」 of a fund that prints a limit for both; None where it prints none."""
    if len(query.named) > 1 or not set(query.kinds) & set(_LIMITS) or not retrieval.hits:
        return None
    if query.intent not in ("figure", "aggregate") or not _TOGETHER.search(query.question):
        return None
    program = retrieval.hits[0].program
    own = [fact for fact in index.facts_of(program.id) if fact.kind in _LIMITS and "example" not in fact.flags]
    found = [fact for fact in own if _CEILING.search(fact.condition or "")]
    if query.subprograms:
        found = [fact for fact in found if fact.subprogram in query.subprograms]
    if not found or len({fact.subprogram for fact in found}) > 1:
        return None
    kinds = tuple(dict.fromkeys(fact.kind for fact in found))
    return Draft("answered", None, tuple(sentences_of(replace(query, kinds=kinds), program, index, found)))
