"""Facts as they are compared: what a mutation may not touch, and what it must change."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.ingest import Reading
from assistant.records import Fact, FigureKind
from assistant.values import as_figure

from .amounts import plain

DIGITS = 4  # of a number that is not whole

Values = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact without its marks (flags, note), its identifiers and the line it quotes."""

    line: int
    program: str
    subprogram: str | None
    kind: str
    item: str | None
    condition: str | None
    text: str
    values: Values
    unit: str | None
    bound: str | None
    per: str | None
    fiscal_year: str
    stage: str

    @property
    def told(self) -> str:
        """For a person: kind, figure and value."""
        value = "～".join(
            f"{value:,.6g}" if value < 1e6 else f"{value:,.0f}" for value in self.values if value is not None
        )
        return f"{self.kind} {self.text} = {value} ({self.program})"


@dataclass(frozen=True, slots=True)
class Place:
    """A fact and the characters of its line that print it."""

    fact: Stated
    start: int
    shape: FigureKind

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.start + len(self.fact.text)


def stated(fact: Fact) -> Stated:
    """What a fact says."""
    values = tuple(
        None if value is None else round(value, DIGITS)
        for value in (fact.yen, fact.yen_min, fact.yen_max, fact.number, fact.number_min, fact.number_max)
    )
    return Stated(
        fact.line_start, fact.program, fact.subprogram, fact.kind.value, fact.item, fact.condition, fact.text, values,
        fact.unit, fact.bound, fact.per, fact.fiscal_year, fact.stage,
    )  # fmt: skip


def places(reading: Reading) -> list[Place]:
    """The facts whose print is found on their line, at the column that their identifier names."""
    found = []
    for fact in reading.facts:
        start = int(fact.fact_id.rsplit(":", 1)[1])
        if reading.document.lines[fact.line_start - 1].startswith(fact.text, start):
            found.append(Place(stated(fact), start, as_figure(fact).kind))
    return found


def printing(fact: Stated, text: str, factor: float = 1) -> Stated | None:
    """The fact as it must be when ``text`` is printed in its place; None when that cannot be said.

    ``factor`` is what a new unit of its table is worth in the old one.
    """
    before, after = plain(fact.text), plain(text)
    if before is None or after is None or (before == 0 != after):
        return None
    values = tuple(None if value is None else _scaled(value, before, after * factor) for value in fact.values)
    return replace(fact, text=text, values=values)


def _scaled(value: float, before: float, after: float) -> float:
    """What ``after`` is worth where ``before`` is worth ``value``; a fact keeps 0.6667 of 2/3, so scales are round."""
    return round(after * round(value / before, 3), DIGITS) if before else value
