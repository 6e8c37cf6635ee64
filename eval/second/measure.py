"""Each case answered without an opinion and, where one would be asked for, with it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.chain import Asked, Assistant, Drafted, Found
from assistant.chain.widening import Look, Stages
from assistant.generate.leash import Calls
from assistant.generate.second import Opinion, read_opinion, second_opinion
from assistant.records import Answer, Turn

from ..suite.case import Case, Placed
from ..suite.judge import RIGHT, SILENT, Verdict, judge
from ..suite.names import Names
from ..suite.reply import Reply
from .lies import LIES, Ground
from .recorded import Recorded

SEED = 6
_SOUND = (RIGHT, *SILENT)


@dataclass(frozen=True, slots=True)
class Measured:
    """A case with its outcome without an opinion and with one; ``asked``: an opinion was asked for."""

    case: Case
    split: str
    off: str
    on: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Lied:
    """A case that an opinion is asked for; by the name of each lie how many were told, were taken for an opinion, and
    made another answer of one that was right or silent.
    """

    split: str
    told: Mapping[str, int]
    heard: Mapping[str, int]
    harmed: Mapping[str, int]


class Measure:
    """Asks one assistant; ``sources`` are the lines of the documents, by which answers are judged."""

    def __init__(self, assistant: Assistant, names: Names, sources: Mapping[str, Sequence[str]]) -> None:
        self._assistant = assistant
        self._names = names
        self._sources = {name: tuple(lines) for name, lines in sources.items()}
        self._stages = Stages(assistant.index, assistant.understand, assistant.retrieve, assistant.compose)

    def measured(self, placed: Placed, recorded: Recorded) -> Measured:
        """A case without and with the opinion that was recorded for it."""
        asked, found, drafted = self._own(placed.case)
        off, look = self._outcome(placed, drafted), Look(asked, found, drafted, self._stages)
        if not look.is_wanted():
            return Measured(placed.case, placed.split, off, off, False)
        opinion = second_opinion(asked.question, asked.history, recorded, Calls())
        on = self._after(placed, look, opinion) or off
        return Measured(placed.case, placed.split, off, on, True)

    def lied(self, placed: Placed) -> Lied | None:
        """A case with every lie in place of an opinion; None where none is asked for."""
        asked, found, drafted = self._own(placed.case)
        look = Look(asked, found, drafted, self._stages)
        if not look.is_wanted():
            return None
        off = self._outcome(placed, drafted)
        ground = Ground(asked, found, self._assistant.index, random.Random(f"{SEED} {placed.case.id}"))
        told: dict[str, int] = {}
        heard: dict[str, int] = {}
        harmed: dict[str, int] = {}
        for name, lies in LIES.items():
            opinions = self._read(asked, lies, ground)
            outcomes = [self._after(placed, look, one) for one in opinions]
            told[name], heard[name] = len(opinions), sum(one is not None for one in opinions)
            harmed[name] = sum(off in _SOUND and one is not None and one not in _SOUND for one in outcomes)
        return Lied(placed.split, told, heard, harmed)

    def _read(self, asked: Asked, lies: Callable[[Ground], Iterator[str]], ground: Ground) -> list[Opinion | None]:
        said = (*(turn.content for turn in asked.history), asked.question)
        return [read_opinion(text, said) for text in lies(ground)]

    def _own(self, case: Case) -> tuple[Asked, Found, Drafted]:
        asked = Asked(case.question, tuple(Turn("user", said) for said in case.history))
        found = self._assistant.retrieve(self._assistant.understand(asked))
        return asked, found, self._assistant.compose(found)

    def _after(self, placed: Placed, look: Look, opinion: Opinion | None) -> str | None:
        """The outcome that an opinion leads to; None where it changes nothing."""
        again = look.led_to(opinion) if opinion else None
        return self._outcome(placed, again[1]) if again else None

    def _outcome(self, placed: Placed, drafted: Drafted) -> str:
        return self._verdict(placed, self._assistant.verify(drafted)).outcome

    def _verdict(self, placed: Placed, answer: Answer) -> Verdict:
        reply = self._names.reply(Reply(answer, 0.0))
        return judge(self._names.case(placed.case), placed.split, reply, self._sources)
