"""A figure of one name that several programs each print: 「AとBの保証料補助を足すと」, 「プレミアム率が高いのは」."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..index import Index
from ..programs.names import match_form
from ..records import Fact, FactKind, Program, Query
from ..values.reckoning import worth
from .figures import once

K = FactKind
_KINDS = (K.BREAKDOWN, K.OTHER, K.COUNT, K.TARGET)
_PAID = frozenset({K.SUBSIDY_LIMIT, K.LIMIT_ADDITION})
_MAY_MEAN = frozenset({K.BUDGET, K.SUBSIDY_RATE, *_KINDS, *_PAID})
_LEAST = 3  # letters of a name that say it
_SUFFIX = re.compile(r"(?:率|額|数|費|等)$")
#: What holds for several years together: 「3年間の総額」, and the words that ask for it.
_TOGETHER = re.compile(r"総額|年間の(?:合計|総額|上限)|通算|期間(?:全体|の総額)")
_ASKS_TOGETHER = re.compile(r"総額|[2-9２-９二三四五]年間|通算|合計|全部で|期間全体|トータル")


def shared_facts(query: Query, programs: Sequence[Program], index: Index) -> list[Fact]:
    """The one figure of each program that bears the name which the question says and all of them print; else []."""
    apart = len({one.id for one in programs}) == len(programs) > 1
    if not apart or set(query.kinds) - _MAY_MEAN:
        return []
    in_full = bool(set(query.kinds) & _PAID)  # 「交付額」 is no limit
    rated = K.SUBSIDY_RATE in query.kinds and query.operation not in ("sum", "ratio", "share")
    if rated and any(K.SUBSIDY_RATE in index.kinds_of(one.id) for one in programs):
        return []
    said = match_form(query.question)
    for program in programs:
        for name in (program.program, *program.aliases):
            said = said.replace(match_form(name), "〓")
    held = [_named(program, index) for program in programs]
    shared = [name for name in held[0] if all(name in own for own in held[1:]) and _is_said(name, said)]
    for name in sorted(shared, key=len, reverse=True):
        facts = [own[name] for own in held]
        alike = len({(fact.kind, fact.unit, fact.fiscal_year) for fact in facts}) == 1
        if alike and (name in said or not in_full):
            return facts
    return []


def _named(program: Program, index: Index) -> dict[str, Fact]:
    """The figures of this year that bear a name of their own, by that name."""
    found: dict[str, list[Fact]] = {}
    for fact in index.facts_of(program.id):
        name = match_form(fact.item or fact.subprogram or "")
        plain = fact.kind in _KINDS and worth(fact) is not None and "example" not in fact.flags
        if plain and name:
            found.setdefault(name, []).append(fact)
    now = {name: [fact for fact in facts if fact.fiscal_year == program.fiscal_year] for name, facts in found.items()}
    return {name: kept[0] for name, facts in found.items() if len(kept := once(now[name] or facts)) == 1}


def _is_said(name: str, said: str) -> bool:
    short = _SUFFIX.sub("", name)
    return len(name) >= _LEAST and (name in said or (len(short) >= _LEAST + 1 and short in said))


def of_one_year(query: Query, facts: Sequence[Fact], program: Program, index: Index) -> list[Fact]:
    """A limit for several years together gives way to that of one year, unless it is asked for; [] when none does."""
    if _ASKS_TOGETHER.search(query.question):
        return []
    held = index.facts_of(program.id)
    told: list[Fact] = []
    for fact in facts:
        case = fact.condition or ""
        together = fact.kind is K.SUBSIDY_LIMIT and _TOGETHER.search(case)
        single = (
            [
                one
                for one in held
                if one.kind is fact.kind
                and one.subprogram == fact.subprogram
                and "example" not in one.flags
                and not _TOGETHER.search(one.condition or "")
                and (one.condition or "") in case
            ]
            if together
            else []
        )
        told += single or [fact]
    kept = list(dict.fromkeys(told))
    return once(kept) if kept != list(facts) else []
