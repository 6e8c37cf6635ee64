"""Worked examples: each figure is of the kind of the rule that it repeats, and none is an entitlement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..records import Fact, FactKind

_RULES = (
    FactKind.SUBSIDY_LIMIT, FactKind.LIMIT_ADDITION, FactKind.SUBSIDY_RATE, FactKind.LOAN_LIMIT, FactKind.LOAN_RATE,
    FactKind.GUARANTEE_RATE,
)  # fmt: skip
_BORROWED = ("融資額", "貸付額")
_TIMES = re.compile(r"[\s　]*[×xX*][\s　]*[0-9０-９]{1,3}(?![/／0-9０-９分])[^=＝\n]{0,6}(?P<equals>[=＝][\s　]*)?")


def likened(facts: Sequence[Fact]) -> list[Fact]:
    """The facts of a part, its examples' figures being of the kind of the rule with the same value.

    What is multiplied (「200万円×2 = 400万円」) and its product are of the kind of an addition; an amount alone on its
    line is of the kind of the only limit.
    """
    by_value: dict[tuple[object, ...], FactKind] = {}
    limits: dict[str | None, set[tuple[FactKind, int | None]]] = {}
    for fact in facts:
        if "example" not in fact.flags and fact.kind in _RULES:
            by_value.setdefault((*_value(fact), fact.subprogram), fact.kind)
            by_value.setdefault(_value(fact), fact.kind)
            limits.setdefault(fact.subprogram, set()).add((fact.kind, fact.yen))
    found: list[Fact] = []
    for fact in facts:
        if "example" in fact.flags and fact.kind is FactKind.OTHER and _value(fact) != (None, None):
            same = by_value.get((*_value(fact), fact.subprogram)) or by_value.get(_value(fact))
            kind = same or _by_form(fact, found, limits.get(fact.subprogram, set()))
            fact = replace(fact, kind=kind or fact.kind)
        if "example" in fact.flags and fact.kind is FactKind.LOAN_LIMIT and fact.item in _BORROWED:
            fact = replace(fact, kind=FactKind.OTHER)  # what is borrowed in an example is no limit
        found.append(fact)
    return found


def _value(fact: Fact) -> tuple[int | None, float | None]:
    return fact.yen, fact.number


def _by_form(fact: Fact, before: Sequence[Fact], rules: set[tuple[FactKind, int | None]]) -> FactKind | None:
    """What the line's form says of an amount: multiplied, a product, or alone."""
    if fact.yen is None:
        return None
    kinds = [kind for kind, _ in rules]
    left, _, right = fact.quote.partition(fact.text)
    product = before and before[-1].line_start == fact.line_start and before[-1].kind is FactKind.LIMIT_ADDITION
    times = _TIMES.match(fact.quote.partition(before[-1].text)[2] if product else right)
    if times and FactKind.LIMIT_ADDITION in kinds and (not product or times["equals"]):
        return FactKind.LIMIT_ADDITION
    alone = not left.strip(" 　+＋") and not right.strip()
    return FactKind.SUBSIDY_LIMIT if alone and kinds.count(FactKind.SUBSIDY_LIMIT) == 1 else None
