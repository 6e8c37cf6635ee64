"""A language model that fails in every way: each question still gets its composed, cited answer, in time."""

from __future__ import annotations

import itertools
import logging
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any

from assistant.chain import Assistant
from assistant.errors import ModelFault
from assistant.generate.breaker import Breaker
from assistant.generate.leash import Calls, Leash, Limits
from assistant.generate.messages import Message, Model, Piece
from assistant.generate.model import make_model
from assistant.index import Index
from assistant.records import FactKind
from assistant.settings import Settings
from eval.texts import render

from .server import HANG, Reply, Replying, event, failure, served

SECONDS = 15.0  # within which a question is answered, whatever the model does
CALLS = 2  # that it may cost
EACH = 50  # questions a fault
DOWN_CALLS = 30  # that ten minutes without a model may cost
_WORDS = ("この制度の", "補助率", "は、", "{{F1}}", "です[1]")  # no whole sentence
_LATER = 30  # seconds that nobody waits
_AT_ONCE = 16  # questions that wait for a hanging model together; more would wait for the processor, not for the model
_ASKED_FOR = {
    FactKind.SUBSIDY_RATE: "補助率",
    FactKind.LOAN_LIMIT: "融資限度額",
    FactKind.SUBSIDY_LIMIT: "補助上限額",
    FactKind.BUDGET: "予算額",
}


def _busy(number: int) -> Reply:
    """429 with Retry-After: soon, too late, and as a date."""
    after = ("1", str(_LATER), formatdate(time.time() + _LATER, usegmt=True))[number % 3]
    return failure(429, "Rate limit reached.", "rate_limit_exceeded", {"Retry-After": after})


def _hang_within(number: int) -> Reply:
    """It stops in a sentence, or after one."""
    pieces = _WORDS if number % 2 else (*_WORDS, "。\n")
    sent = b"".join(event({"content": piece}) for piece in pieces)
    return Reply(raw=(sent, b""), between=HANG)


def _cut(number: int) -> Reply:
    """The connection ends within a letter: its three bytes are cut in two."""
    sent = b"".join(event({"content": piece}) for piece in _WORDS)
    last = sent.rindex("で".encode())
    return Reply(raw=sent, cut=last + 1 + number % 2)


def _bad_json(number: int) -> Reply:
    bodies = (b'data: {"choices": [{"delta": {"content": "\n\n', b"<html>Bad gateway</html>", b'data: [1, 2]\n\n{"a"')
    return Reply(raw=bodies[number % 3])


def _empty(number: int) -> Reply:
    return (Reply(), Reply(pieces=(" ", "\n")), Reply(raw=b""))[number % 3]


def _ten_megabytes(number: int) -> Reply:
    """As sentences, as one line without an end, and as an error."""
    if number % 3 == 0:
        return Reply(pieces=itertools.repeat("この制度は資料にあるとおりです。" * 20, 10_000))
    block = b"x" * 65_536
    if number % 3 == 1:
        return Reply(raw=itertools.chain((b"data: ",), itertools.repeat(block, 160)))
    return Reply(status=400, raw=itertools.repeat(block, 160))


#: What the server does with the request of that number; no entry for ``refused``: nothing listens there.
FAULTS: Mapping[str, Callable[[int], Reply] | None] = {
    "refused": None,
    "401": lambda number: failure(401, "Incorrect API key provided.", "invalid_api_key"),
    "429 with Retry-After": _busy,
    "500": lambda number: failure(500, "The server had an error."),
    "hang before headers": lambda number: Reply(before=HANG),
    "hang mid-stream": _hang_within,
    "cut mid-token": _cut,
    "bad JSON": _bad_json,
    "empty": _empty,
    "10 MB": _ten_megabytes,
    "wrong model": lambda number: failure(404, "The model does not exist.", "model_not_found"),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One question while the model fails."""

    fault: str
    question: str
    status: str
    mode: str
    citations: int
    seconds: float
    calls: int
    sorts: tuple[str, ...]  # of the faults, as the leash names them

    @property
    def right(self) -> bool:
        """Whether it was asked, and answered from the documents in time."""
        answered = self.status == "answered" and self.mode == "extractive" and self.citations > 0
        return answered and self.seconds <= SECONDS and 1 <= self.calls <= CALLS


class _Watched(Leash):
    """A leash that counts the calls it makes and keeps how they ended."""

    def __init__(self, model: Model, limits: Limits) -> None:
        super().__init__(self._counted_model(model), limits)
        self.made = 0
        self.sorts: list[str] = []

    def _counted_model(self, model: Model) -> Model:
        def counted(messages: Sequence[Message]) -> Iterator[Piece]:
            self.made += 1
            return model(messages)

        return counted

    def reply(self, messages: Sequence[Message], calls: Calls, *, conversation: str | None = None) -> Iterator[str]:
        try:
            yield from super().reply(messages, calls, conversation=conversation)
        except ModelFault as error:
            self.sorts.append(error.sort)
            raise


@contextmanager
def quiet() -> Iterator[None]:
    """Without a line in the log for each fault that is made on purpose."""
    log = logging.getLogger("assistant.generate")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


def run_faults(
    index: Index, *, each: int = EACH, limits: Limits | None = None, only: Sequence[str] = ()
) -> list[Trial]:
    """``each`` questions for every fault, through the whole assistant; every question has a leash of its own."""
    with quiet():
        asked = questions(index, each)
        return [
            trial
            for name, reply in FAULTS.items()
            if not only or name in only
            for trial in _tried(name, reply, asked, index, limits or Limits())
        ]


def _tried(
    name: str, reply: Callable[[int], Reply] | None, asked: Sequence[str], index: Index, limits: Limits
) -> list[Trial]:
    with _address(reply) as url, ThreadPoolExecutor(_AT_ONCE if name.startswith("hang") else 1) as pool:
        model = model_at(url, limits)
        return list(pool.map(lambda question: _trial(name, question, model, index, limits), asked))


def _trial(name: str, question: str, model: Model, index: Index, limits: Limits) -> Trial:
    watched = _Watched(model, limits)
    began = time.monotonic()
    answer = Assistant(index, leash=watched).ask(question)
    seconds = time.monotonic() - began
    told = (question, answer.status, answer.mode, len(answer.citations))
    return Trial(name, *told, seconds, watched.made, tuple(watched.sorts))


def model_at(url: str, limits: Limits) -> Model:
    """The model of a server on loopback."""
    model = make_model(
        Settings(
            llm="openai:stand-in",
            llm_base_url=url,
            llm_first_token=limits.first_token,
            llm_timeout=limits.whole,
        )
    )
    assert model is not None
    return model


@contextmanager
def _address(reply: Callable[[int], Reply] | None) -> Iterator[str]:
    if reply is None:
        with socket.socket() as taken:  # bound and not listening: whoever connects is refused
            taken.bind(("127.0.0.1", 0))
            yield f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        return
    with served(_by_number(reply)) as server:
        yield server.url


def _by_number(reply: Callable[[int], Reply]) -> Replying:
    def replying(body: dict[str, Any], number: int) -> Reply:
        return reply(number)

    return replying


def questions(index: Index, count: int) -> list[str]:
    """Questions that a model is asked about, of as many programs as it takes, repeated when there are too few."""
    found = list(itertools.islice(filter(lambda one: _asks(one, index), _questions(index)), count))
    return list(itertools.islice(itertools.cycle(found), count)) if found else []


def _questions(index: Index) -> Iterator[str]:
    """A question for every figure that a program states, kind by kind."""
    for kind, words in _ASKED_FOR.items():
        for program in index.programs.values():
            if kind in index.kinds_of(program.id):
                yield f"{program.program}の{words}は？"


def _asks(question: str, index: Index) -> bool:
    def silent(messages: Sequence[Message]) -> Iterator[Piece]:
        return iter(())

    watched = _Watched(silent, Limits())
    return Assistant(index, leash=watched).ask(question).status == "answered" and watched.made > 0


def holds(trials: Sequence[Trial]) -> bool:
    """Whether every question was asked, and answered as it should be."""
    return bool(trials) and all(trial.right for trial in trials)


def table(trials: Sequence[Trial]) -> str:
    """A line a fault: questions, how many were answered as they should be, the slowest, the calls, how it was seen."""
    rows = []
    for name, group in itertools.groupby(trials, key=lambda trial: trial.fault):
        of = list(group)
        sorts = sorted({sort for trial in of for sort in trial.sorts})
        right = f"{sum(trial.right for trial in of) / len(of):.0%}"
        slowest, calls = max(trial.seconds for trial in of), max(trial.calls for trial in of)
        rows.append((name, str(len(of)), right, f"{slowest:.1f} s", str(calls), ", ".join(sorts)))
    return render(("fault", "questions", "answered", "slowest", "most calls", "seen as"), rows)


def down(seconds: float = 600.0, per_second: float = 5.0, sort: str = "refused") -> int:
    """Calls that a model costs that is down all the time, on a clock that only this function turns."""
    now = 0.0
    calls = 0

    def failing(messages: Sequence[Message]) -> Iterator[Piece]:
        nonlocal calls
        calls += 1
        raise ModelFault(sort)

    leash = Leash(failing, breaker=Breaker(lambda: now), clock=lambda: now, sleep=lambda pause: None)
    with quiet():
        for number in range(int(seconds * per_second)):
            now = number / per_second
            with suppress(ModelFault):
                list(leash.reply([Message("user", "質問")], Calls()))
    return calls
