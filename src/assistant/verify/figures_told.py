"""Where a sentence tells which fact: every slot, and every figure that says a slot's value again.

Each has the writer's words that speak of it: its ``head`` before it, back to the figure before, and its ``tail``
behind it, as far as the next clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..figures import same_value
from ..records import Fact, Figure, FigureKind
from ..values import as_figure
from .reading import SLOT, Piece, Reading

# where the words behind a figure end and those before the next one begin
_CLAUSE = re.compile(
    r"[、，,。；;\n！？!?|]|(?<!ま)で(?![すはなあきも])|[（(](?=(?:補助|助成|融資)?(?:上限|限度))|^[）)]*(?:と|や|及び|および|並びに|又は|または|・)(?!の)"
)
_SENTENCE = re.compile(r"[。\n！？!?]")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure in its sentence: the facts that it may be, its place, the words and the pieces that speak of it.

    ``tail`` ends with the clause and ``clause`` with the sentence; ``printed`` is false for a figure said again.
    """

    facts: tuple[Fact, ...]
    start: int
    end: int
    head: str
    tail: str
    clause: str
    before: tuple[Piece, ...]
    behind: tuple[Piece, ...]
    printed: bool
    last: bool  # no figure follows


def figures_told(reading: Reading) -> list[Told]:
    """Every slot and repeated figure of a sentence, in order."""
    places = list(_places(reading))
    told = []
    start = 0  # of the head
    for number, (begin, end, facts, printed) in enumerate(places):
        following = places[number + 1][0] if number + 1 < len(places) else len(reading.own)
        behind = reading.own[end:following]
        cut = _CLAUSE.search(behind)
        last = number + 1 == len(places)
        stop = end + cut.start() if cut else following
        over = _SENTENCE.search(behind)
        told.append(
            Told(
                facts, begin, end, reading.own[start:begin], reading.own[end:stop],
                reading.own[end : end + over.start()] if over else behind,
                _within(reading, start, begin), _within(reading, end, following if last else stop), printed, last,
            )
        )  # fmt: skip
        start = stop if cut else end
    return told


def rest_of(reading: Reading, told: list[Told]) -> str:
    """The writer's words behind the clause of the last figure."""
    return reading.own[told[-1].end + len(told[-1].tail) :]


def repeats(figure: Figure, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts whose value a figure says again."""
    if figure.kind is FigureKind.YEAR:
        return ()
    return tuple(fact for fact in facts if same_value(as_figure(fact), figure))


def _places(reading: Reading) -> Iterator[tuple[int, int, tuple[Fact, ...], bool]]:
    facts = reading.sentence.facts
    slots = [(one.start, one.end, (facts[one.slot],), True) for one in reading.of(SLOT)]
    again = [(one.start, one.end, same, False) for one in reading.figures if (same := repeats(one, facts))]
    yield from sorted([*slots, *again], key=lambda one: one[:2])


def _within(reading: Reading, start: int, end: int) -> tuple[Piece, ...]:
    return tuple(piece for piece in reading.pieces if start <= piece.start and piece.end <= end)
