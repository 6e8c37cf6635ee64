"""Every class of lies, in groups, and the replies that are made of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..attack.ground import Ground
from ..attack.reals import Real
from .borrowed import BORROWED
from .figures import CUT, DRESSED, REFERRED
from .line import Line, Maker, named, of_sentence
from .spliced import SPLICED
from .swapped import SWAPPED
from .words import WORDS

GROUPS: dict[str, Mapping[str, Maker]] = {
    **BORROWED,
    "a wrong figure cut by the stream": CUT,
    "a wrong figure in markup": DRESSED,
    "behind forged references and markers": REFERRED,
    "a shown figure in other words": SWAPPED,
    "words without a figure": WORDS,
    "a passage's own words, put otherwise": SPLICED,
}
CLASSES: dict[str, Maker] = {name: make for group in GROUPS.values() for name, make in group.items()}
MOST = 10  # lies of one reply
_TRIES = 3  # with one real answer, before the next class has its turn


@dataclass(frozen=True, slots=True)
class Plan:
    """What one reply will say, to which question: lies and true sentences, in order."""

    number: int
    question: str
    history: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def lies(self) -> tuple[Line, ...]:
        """Those lines that are false."""
        return tuple(line for line in self.lines if not line.true)


def planned(number: int, real: Real, ground: Ground, seed: int) -> Plan | None:
    """The reply of a number, about a real answer; None when no lie can be told of it."""
    chance = random.Random(f"{seed} lies {number}")
    most = chance.choice((1, 3, 6, 8, MOST))
    lies: list[Line] = []
    for line in _drawn(number * MOST, real, ground, chance):
        if not lies or (line.question is None and lies[0].question is None):
            lies.append(line)
        if len(lies) >= most or line.question is not None:
            break
    if not lies:
        return None
    own = lies[0].question if len(lies) == 1 else None
    return Plan(number, own or real.question, real.history, tuple(_in_order(lies, real, chance)))


def _drawn(start: int, real: Real, ground: Ground, chance: random.Random) -> Iterator[Line]:
    """Lies of class after class, from a place in their order that moves with each reply."""
    names = list(CLASSES)
    for step in range(len(names)):
        name = names[(start + step) % len(names)]
        made = (CLASSES[name](real, ground, chance) for _ in range(_TRIES))
        line = next((one for one in made if one is not None), None)
        if line is not None:
            yield named(line, name)


def _in_order(lies: list[Line], real: Real, chance: random.Random) -> list[Line]:
    """Lies among true sentences of the draft, the one that nothing can follow at the end."""
    lines = [line for line in lies if not line.last]
    if chance.random() < 0.5:
        told = [one for one in real.draft.sentences if one.facts and not one.computed and not one.allowed]
        for sentence in told[:2]:
            true = of_sentence("", sentence, chance)
            lines.insert(
                chance.randrange(len(lines) + 1), Line("", true.text, true.facts, quotes=true.quotes, true=True)
            )
    ends = [line for line in lies if line.last]
    return [*lines, *ends[:1]]
