"""How fast so many streams at once are answered, and whether the bounds hold."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from .asked import ask, job_for
from .client import Round

#: Streams at once → seconds within which the first byte must have come to 95 of 100.
FIRST_BOUNDS = {10: 0.3, 50: 1.0, 200: 3.0}
RATE_STREAMS, RATE_BOUND = 50, 60.0  # answers a second that so many streams must get
REPEATED = 12  # questions that are asked again and again: a page's examples, and what is in the news
ROUNDS = 8  # questions that each stream asks, on average, where there are enough of them
FEWEST = 200


@dataclass(frozen=True, slots=True)
class Speed:
    """What so many streams at once have met; times are in seconds."""

    who: str
    streams: int
    asked: int
    again: int  # of these, how many were asked before in the same way
    first: tuple[float, float]  # median, 95th percentile
    whole: tuple[float, float]
    rate: float  # answers a second
    broken: int
    reckoned: float = 0.0  # seconds of processor time that the server used for one answer

    @classmethod
    def of(cls, who: str, streams: int, again: int, found: Round, reckoned: float = 0.0) -> Speed:
        """A round in numbers; times are those of whole streams, ``reckoned`` is the server's for all of them."""
        good = [one for one in found.met if not one.wrong]
        first, whole = [one.first for one in good], [one.whole for one in good]
        return cls(
            who, streams, len(found.met), again,
            (at(first, 0.5), at(first, 0.95)), (at(whole, 0.5), at(whole, 0.95)),
            len(good) / found.seconds, len(found.met) - len(good), reckoned / max(len(good), 1),
        )  # fmt: skip

    @property
    def is_repeated(self) -> bool:
        """Whether most of its questions had been asked before."""
        return self.again > self.asked // 2

    def faults(self) -> Iterator[str]:
        """The bounds that do not hold, a line each."""
        bound = FIRST_BOUNDS[self.streams]
        if not self.first[1] <= bound:
            yield f"{self.who}, {self.streams} streams: the first byte took {self.first[1]:.2f} s (≤ {bound:g} s)"
        if self.broken:
            yield f"{self.who}, {self.streams} streams: {self.broken} broken streams (0)"
        if self.is_repeated and self.streams == RATE_STREAMS and self.rate < RATE_BOUND:
            yield f"{self.who}, {self.streams} streams: {self.rate:.0f} answers a second (≥ {RATE_BOUND:g})"


def at(values: Sequence[float], share: float) -> float:
    """The value that such a share of ``values`` does not exceed; not a number when there are none."""
    ordered = sorted(values)
    return ordered[min(math.ceil(len(ordered) * share), len(ordered)) - 1] if ordered else math.nan


def bodies(questions: Sequence[str]) -> list[str]:
    """Requests that ask each of them."""
    return [json.dumps({"question": question}, ensure_ascii=False) for question in questions]


def speeds(
    who: str, url: str, questions: Sequence[str], *, repeated: bool, reckoned: Callable[[], float] = float
) -> Iterator[Speed]:
    """Each number of streams in turn.  Questions that are not repeated are asked once each, over all numbers.

    ``reckoned`` tells how many seconds of processor time the server has used.
    """
    fresh = iter(questions)
    for streams, share in zip(FIRST_BOUNDS, shares(len(questions)), strict=True):
        count = max(FEWEST, streams * ROUNDS) if repeated else share
        few = list(questions[:REPEATED])
        asked = list(islice(cycle(few), count)) if repeated else list(islice(fresh, count))
        before = reckoned()
        found = ask(job_for(url, bodies(asked), streams))
        yield Speed.of(who, streams, count if repeated else 0, found, reckoned() - before)


def shares(count: int) -> list[int]:
    """How many of ``count`` questions each number of streams gets: more streams, more questions."""
    weights = [math.sqrt(streams) for streams in FIRST_BOUNDS]
    return [int(count * weight / sum(weights)) for weight in weights]
