"""Columns that grants and loans share: 「補助率・利率」, 「上限額」 of a list in which some rows are loans."""

from __future__ import annotations

import re
from dataclasses import replace

from ..records import FactKind, Figure
from .classify import is_fund
from .make import Say

_RATES = re.compile(r"利率|金利|利子")
_POOL = re.compile(
    r"(?P<name>[^\s　、。・「」（）()はがをにでと0-9０-９]{2,20}(?:資金|融資|貸付金?|制度))[」]?の"
    r"(?:新規|総)?(?:融資|貸付)枠"
)
_GIVEN = re.compile(r"補助|助成|奨励|支給|交付")


def with_pools(text: str, said: list[tuple[Figure, Say]], program: str) -> list[tuple[Figure, Say]]:
    """「中小企業制度融資の新規融資枠を390億円に」: the pool is that of the fund whose name stands before it."""
    found = [(each.start(), each["name"]) for each in _POOL.finditer(text)]
    result = list(said)
    for place, (figure, say) in enumerate(said):
        name = next((name for start, name in reversed(found) if start < figure.start), None)
        plain = say.kind is FactKind.LOAN_POOL and say.subprogram is None and name is not None
        if plain and name is not None and name not in program and program not in name:
            result[place] = (figure, replace(say, subprogram=name))
    return result


def kind_of_fund(kind: FactKind, header: str, program: str, text: str) -> FactKind:
    """What a column is for the row of ``program``: a loan has a rate of interest and a limit of what is lent."""
    if not is_fund(program):
        return kind
    shared = _RATES.search(header) and re.search(r"[%％]", text) and not re.search(r"補給|補助", text)
    if kind is FactKind.SUBSIDY_RATE and shared:
        return FactKind.LOAN_RATE
    if kind is FactKind.SUBSIDY_LIMIT and not _GIVEN.search(header):
        return FactKind.LOAN_LIMIT
    return kind
