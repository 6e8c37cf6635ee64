"""What comes back for a case: an answer, how long it took and, where the surface tells it, the programs found."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, TypeVar

import httpx

from assistant.chain import Asked, Assistant
from assistant.errors import AssistantError
from assistant.records import Answer, AnswerFigure, Citation, Turn

from .case import Case

#: The day that 今年度 and 昨年度 of the cases are reckoned from.
TODAY = dt.date(2026, 11, 21)
SECONDS = 60.0  # for one reply over HTTP
FAILED = Answer("", "failed", None, "")

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a case.

    ``seconds`` is the time of the last question alone; ``ranked`` are (document, program), best first, or None when
    the surface does not tell them; ``error`` is one line when there was no answer.
    """

    answer: Answer
    seconds: float
    ranked: tuple[tuple[str, str], ...] | None = None
    error: str | None = None


Asker = Callable[[Case], Reply]


class UrlProblem(Exception):
    """A URL at which no assistant answers; the message is one line."""


def in_process(assistant: Assistant) -> Asker:
    """Asks an assistant of this process; its history is the asker's own turns."""

    def ask(case: Case) -> Reply:
        history = tuple(Turn("user", said) for said in case.history)
        start = time.perf_counter()
        try:
            answer = assistant.ask(case.question, history=history)
        except AssistantError as error:
            return Reply(FAILED, time.perf_counter() - start, None, str(error))
        seconds = time.perf_counter() - start
        hits = assistant.retrieve(assistant.understand(Asked(case.question, history))).retrieval.hits
        return Reply(answer, seconds, tuple((hit.program.document, hit.program.program) for hit in hits))

    return ask


def over_http(url: str, client: httpx.Client) -> Asker:
    """Asks ``POST /v1/chat`` below a URL, every turn of a case in one conversation."""

    def ask(case: Case) -> Reply:
        conversation: str | None = None
        start, said = time.perf_counter(), {}
        try:
            for question in (*case.history, case.question):
                start = time.perf_counter()
                said = _post(client, url, question, conversation)
                conversation = said.get("conversation_id")
            return Reply(answer_of(said), time.perf_counter() - start)
        except (httpx.HTTPError, ValueError, TypeError) as error:
            return Reply(FAILED, time.perf_counter() - start, None, f"{type(error).__name__}: {error}".split("\n")[0])

    return ask


def _post(client: httpx.Client, url: str, question: str, conversation: str | None) -> dict[str, Any]:
    body = {"question": question} | ({"conversation_id": conversation} if conversation else {})
    reply = client.post(f"{url.rstrip('/')}/v1/chat", json=body, timeout=SECONDS)
    reply.raise_for_status()
    said = reply.json()
    if not isinstance(said, dict):
        raise ValueError("the reply is no object")
    return said


def reached(url: str, client: httpx.Client) -> None:
    """Raises UrlProblem when nothing answers ``GET /healthz`` below a URL."""
    try:
        client.get(f"{url.rstrip('/')}/healthz", timeout=SECONDS).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise UrlProblem(f"no assistant answers at {url} ({type(error).__name__}): start it with make run") from error


def answer_of(said: Mapping[str, Any]) -> Answer:
    """The answer that a reply states.  Raises TypeError or ValueError for one that is no answer."""
    citations = tuple(_record(Citation, one) for one in said.get("citations") or ())
    figures = tuple(_record(AnswerFigure, one) for one in said.get("figures") or ())
    return _record(Answer, {**said, "citations": citations, "figures": figures})


def _record(kind: type[Record], stated: Mapping[str, Any]) -> Record:
    """A record from the fields that it knows; what is newer than this suite is left out."""
    known = fields(kind)  # type: ignore[arg-type]
    if lacking := [one.name for one in known if one.default is MISSING and one.name not in stated]:
        raise ValueError(f"a {kind.__name__} without {', '.join(lacking)}")
    return kind(**{one.name: stated[one.name] for one in known if one.name in stated})
