"""A desk that says what a test wrote for it, on a real index: streams that wait, take back, fail or are cut."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.check import Finding
from assistant.index import Index
from assistant.records import Answer, Event, Sentence, Stage, Turn

LONGEST_WAIT = 30  # seconds: a test that forgets to let a stream go on fails, it does not hang


@dataclass(frozen=True)
class Script:
    """What is told to one question.

    ``taken_back`` are sentences told first and then withdrawn; ``fault`` is raised after ``answer``'s sentences in the
    answer's place, or at once when there is no answer; ``halves`` waits for :attr:`ScriptedDesk.gate` in the middle.
    """

    answer: Answer | None = None
    taken_back: tuple[str, ...] = ()
    fault: Exception | None = None
    halves: bool = False

    @property
    def sentences(self) -> list[str]:
        """The answer's text as it is told, line by line."""
        return self.answer.text.splitlines(keepends=True) if self.answer else []


@dataclass
class ScriptedDesk:
    """Tells ``scripts[question]``, abstains on other questions, and keeps what it was asked."""

    index: Index
    scripts: dict[str, Script] = field(default_factory=dict)
    asked: list[tuple[str, tuple[Turn, ...]]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)  # questions whose answer was told whole
    gate: threading.Event = field(default_factory=threading.Event)

    def say(self, question: str, answer: Answer | None = None, **rest: object) -> str:
        """Write a script; gives the question back."""
        self.scripts[question] = Script(answer, **rest)  # type: ignore[arg-type]
        return question

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        region: str | None = None,
        fiscal_year: str | None = None,
        conversation: str | None = None,
        **rest: object,
    ) -> Iterator[Event]:
        """The events of the question's script."""
        self.asked.append((question, tuple(history)))
        script = self.scripts.get(question) or Script(unknown(question))
        if script.answer is None and script.fault is not None:
            raise script.fault
        return self._events(script)

    def check(self, text: str, *, program: str | None = None) -> list[Finding]:
        """No figure is looked for."""
        return []

    def _events(self, script: Script) -> Iterator[Event]:
        yield Stage("understand")
        yield Stage("search")
        if script.taken_back:
            yield Stage("write")
            yield from map(Sentence, script.taken_back)
            self._wait(script)
        yield Stage("compose")
        yield from self._told(script)
        if script.fault is not None:
            raise script.fault
        assert script.answer is not None
        self.told.append(script.answer.question)
        yield script.answer

    def _told(self, script: Script) -> Iterator[Event]:
        for number, sentence in enumerate(script.sentences):
            if number and number == len(script.sentences) // 2 and not script.taken_back:
                self._wait(script)
            yield Sentence(sentence)

    def _wait(self, script: Script) -> None:
        if script.halves:
            self.gate.wait(LONGEST_WAIT)


def unknown(question: str) -> Answer:
    """What is said to a question without a script."""
    return Answer(question, "abstained", "not_in_corpus", "資料に見当たりません。")
