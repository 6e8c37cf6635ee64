"""The printed ceiling of what is borrowed or granted together: it is told in place of a sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..index import Index
from ..records import Draft, Fact, FactKind, Program, Query
from ..retrieve import Retrieval
from .cases import steps_spoken_of
from .figures import sentences_of
from .heard import hear

_TOGETHER = re.compile(r"合わせ|併せ|あわせ|併用|合計|両方|どっちも|トータル|同時に|一緒に|全部で|重な|重ね|ダブル")
_CEILING = re.compile(r"併用|合計|合算|通算|合わせ|重複")
_ADDED = re.compile(r"加算|上乗せ|乗せ|上積み|積み増|かさ上げ|嵩上げ|割増|増額|足し|足さ|プラス|ボーナス")
_EACH = re.compile(r"あたり|当たり|ずつ|につき|それぞれ|1(?:軒|社|者|人|店|団体)|一(?:軒|社|者|人|店|団体)|ひとり")
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
    if not _ADDED.search(query.question):
        found = [fact for fact in found if fact.kind is not FactKind.LIMIT_ADDITION]
    if query.subprograms:
        found = [fact for fact in found if fact.subprogram in query.subprograms]
    if found and _tells_a_case(query, program, own, found, index):
        return None
    if not found or len({fact.subprogram for fact in found}) > 1:
        return None
    if _EACH.search(query.question):
        found = [fact for fact in own if fact in found or _is_of_each(fact, found)]
    kinds = tuple(dict.fromkeys(fact.kind for fact in found))
    return Draft("answered", None, tuple(sentences_of(replace(query, kinds=kinds), program, index, found)))


def _is_of_each(fact: Fact, ceilings: Sequence[Fact]) -> bool:
    """Whether a limit is that of one of those whose ceiling is told: 「共同申請」 beside 「共同申請、合計」."""
    case = fact.condition or ""
    return any(
        fact.subprogram == one.subprogram and bool(case) and (one.condition or "").startswith(case) for one in ceilings
    )


def _tells_a_case(query: Query, program: Program, own: Sequence[Fact], ceilings: Sequence[Fact], index: Index) -> bool:
    """「空き店舗を使うと合計いくらまで?」: with what is added in the case that is told, not the ceiling of all."""
    steps = [fact for fact in own if fact.kind is FactKind.LIMIT_ADDITION and fact.condition and fact not in ceilings]
    limits = [fact for fact in own if fact.kind is not FactKind.LIMIT_ADDITION and fact not in ceilings]
    heard = hear(query, (program.program, *program.aliases))
    spoken = steps_spoken_of(heard, steps, limits, index)
    return bool(spoken) and not any(fact.kind is FactKind.LIMIT_ADDITION for fact in ceilings)
