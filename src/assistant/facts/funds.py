"""Columns that grants and loans share: 「補助率・利率」, 「上限額」 of a list in which some rows are loans."""

from __future__ import annotations

import re

from ..records import FactKind
from .classify import is_fund

_RATES = re.compile(r"利率|金利|利子")
_GIVEN = re.compile(r"補助|助成|奨励|支給|交付")


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
