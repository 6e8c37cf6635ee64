"""Figures with which a condition is worded: 「創業後１年以上５年未満」 at the head of a table's row.

An answer that names the condition prints them, so that each must have a fact of its own, from where it is printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..figures import find_figures
from ..figures.folding import fold
from ..layout import Line
from ..records import Fact, FactKind, Figure, FigureKind
from .make import quote_around

_REACH = 40  # lines above a figure in which its condition may be printed


def with_worded(lines: tuple[Line, ...], facts: Sequence[Fact]) -> list[Fact]:
    """The facts, and one of no kind for each figure of a condition that none of them is."""
    told: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        told[fact.program_id].add(fold(fact.text))
    taken = {fact.fact_id for fact in facts}
    added: list[Fact] = []
    for fact in facts:
        for figure in _worded(fact):
            if fold(figure.text) in told[fact.program_id]:
                continue
            told[fact.program_id].add(fold(figure.text))
            printed = _printed(lines, fact, figure)
            if printed is not None and printed.fact_id not in taken:
                taken.add(printed.fact_id)
                added.append(printed)
    return [*facts, *added]


def _worded(fact: Fact) -> Iterator[Figure]:
    for text in (fact.condition, fact.subprogram):
        for figure in find_figures(text) if text else ():
            if figure.kind is not FigureKind.YEAR:
                yield figure


def _printed(lines: tuple[Line, ...], fact: Fact, wanted: Figure) -> Fact | None:
    for number in range(fact.line_start, max(0, fact.line_start - _REACH), -1):
        raw = lines[number - 1].raw
        if wanted.text not in raw:
            continue
        for figure in find_figures(raw):
            if figure.text == wanted.text:
                return _fact(fact, figure, number, raw)
    return None


def _fact(fact: Fact, figure: Figure, number: int, raw: str) -> Fact:
    return replace(
        fact,
        fact_id=f"{fact.document}:{number}:{figure.start}",
        subprogram=None,
        kind=FactKind.OTHER,
        item=None,
        condition=None,
        text=figure.text,
        yen=figure.yen,
        yen_min=figure.yen_min,
        yen_max=figure.yen_max,
        number=figure.number,
        number_min=figure.number_min,
        number_max=figure.number_max,
        unit=figure.unit,
        bound=figure.bound,
        per=figure.per,
        flags=(),
        line_start=number,
        line_end=number,
        quote=quote_around(raw, figure.start, figure.end),
        note=None,
    )
