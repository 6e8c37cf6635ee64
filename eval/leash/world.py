"""Two assistants on one index, one without a model and one whose model lies over HTTP, and the questions they get."""

from __future__ import annotations

import datetime as dt
import logging
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assistant.chain import Asked, Assistant
from assistant.generate.breaker import Breaker
from assistant.generate.leash import Leash
from assistant.generate.making import limits_of
from assistant.generate.model import make_model
from assistant.generate.references import references
from assistant.index import Index
from assistant.records import Turn
from assistant.settings import Settings

from ..attack.ground import Ground
from ..attack.reals import CaseProblem, _cases, _of_two_kinds
from ..bench.questions import naming
from .line import Scene
from .mouth import Mouth
from .request import Known
from .seen import Seen, Surfaces, by_process, printed, surfaces
from .server import served

TODAY = dt.date(2026, 11, 21)
Question = tuple[str, tuple[str, ...]]


class Remembered(Ground):
    """What is true, and which programs bear alike names worked out once: so many lies ask for it."""

    def __init__(self, index: Index) -> None:
        super().__init__(index)
        self._names = {program: super(Remembered, self).names(program) for program in index.programs}
        self._kin: dict[str, frozenset[str]] = {}

    def names(self, program: str) -> frozenset[str]:
        """The name and the aliases of a program, for comparing."""
        return self._names[program]

    def kin(self, program: str) -> frozenset[str]:
        """The program and every other one of which it could be said by its name."""
        if program not in self._kin:
            self._kin[program] = super().kin(program)
        return self._kin[program]


class NeverOpen(Breaker):
    """No breaker: every lie reaches the assistant, however the calls before it ended."""

    def enter(self) -> int:
        """Lets every call through."""
        return 0

    def told(self, entered: int, outcome: str) -> None:
        """Learns nothing."""


@dataclass(slots=True)
class World:
    """What the questions are put to; ``composed`` answers without a model."""

    composed: Assistant
    led: Assistant
    mouth: Mouth
    out: Surfaces
    ground: Ground
    questions: list[Question] = field(default_factory=list)
    url: str = ""
    index: Path = Path()
    data: Path = Path()

    def drawn(self, chance: random.Random) -> Scene | None:
        """Any question with its composed draft and what a request for it shows; None for one that states no figure."""
        question, history = chance.choice(self.questions)
        return self.scene(question, history)

    def scene(self, question: str, history: tuple[str, ...]) -> Scene | None:
        """One question with its composed draft and what a request for it shows."""
        assistant = self.composed
        found = assistant.retrieve(assistant.understand(Asked(question, turns_of(history))))
        draft = assistant.compose(found).draft
        if draft.status != "answered" or not any(one.facts for one in draft.sentences):
            return None
        shown = references(found.query, found.retrieval, draft, assistant.index)
        return Scene(question, draft, history, Known(shown.facts, shown.passages, shown.computed)) if shown else None

    def by_process(self, question: str) -> Iterator[Seen]:
        """What real ``assistant ask`` processes print, for a person and with ``--json``."""
        told = {f"ASSISTANT_{name.upper()}": str(value) for name, value in settings_of(self.url, self.data).items()}
        environment = {**told, "ASSISTANT_TODAY": TODAY.isoformat()}
        yield from (by_process(question, self.index, environment, as_json=as_json) for as_json in (False, True))

    def plain(self, question: str, history: tuple[str, ...]) -> Seen:
        """The composed answer as the command line prints it."""
        return printed(self.composed.ask(question, history=turns_of(history)))


def turns_of(history: Sequence[str]) -> tuple[Turn, ...]:
    """Earlier turns of the asker."""
    return tuple(Turn("user", turn) for turn in history)


@contextmanager
def world(index: Path, cases: Path | None) -> Iterator[World]:
    """The assistants on a published index, the model's server and the application's, until the block ends."""
    logging.getLogger("assistant.generate").setLevel(logging.CRITICAL)  # a lying model's faults are no news here
    with ExitStack() as stack:
        composed = Assistant.open(index, today=lambda: TODAY)
        stack.callback(composed.index.close)
        mouth = Mouth()
        server = stack.enter_context(served(mouth.reply))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="assistant-leash-"))
        led = Assistant(composed.index, today=lambda: TODAY, leash=leash_to(server.url, Path(folder)))
        out = stack.enter_context(surfaces(led))
        ground = Remembered(composed.index)
        yield World(composed, led, mouth, out, ground, questions_of(ground, cases), server.url, index, Path(folder))


def leash_to(url: str, folder: Path) -> Leash:
    """The real leash on a model at a URL, without a breaker and without a budget."""
    settings = Settings(**settings_of(url, folder))  # type: ignore[arg-type]
    model = make_model(settings)
    assert model is not None
    return Leash(model, limits_of(settings), breaker=NeverOpen())


def settings_of(url: str, folder: Path) -> dict[str, object]:
    """The settings of a model at a URL."""
    return {"llm": "openai:stand-in", "llm_base_url": url, "llm_api_key": "any", "data": folder}


def questions_of(ground: Ground, cases: Path | None) -> list[Question]:
    """Questions made from the fact table, and those of the suite that may be looked at."""
    asked = (*naming(ground.index), *_of_two_kinds(ground))
    return [*((question, ()) for question in asked), *(_cases(cases) if cases else ())]


__all__ = [
    "CaseProblem",
    "NeverOpen",
    "Question",
    "World",
    "leash_to",
    "questions_of",
    "settings_of",
    "turns_of",
    "world",
]
