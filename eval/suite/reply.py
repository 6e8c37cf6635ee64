"""What comes back for a case: an answer, how long it took and, where the surface tells it, the programs found."""

from __future__ import annotations

import datetime as dt
import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import TypeAdapter, ValidationError

from assistant.chain import Asked, Assistant
from assistant.errors import AssistantError
from assistant.records import Answer, Turn

from .case import Case

#: The day that 今年度 and 昨年度 of the cases are reckoned from.
TODAY = dt.date(2026, 11, 21)
SECONDS = 60.0  # for one reply over HTTP, from the question to its last byte
HEALTH_SECONDS = 10.0
BYTES = 8_000_000  # of one reply
FAILURES = 5  # in a row, after which a server is taken for dead
STATUSES = ("answered", "clarify", "abstained")
FAILED = Answer("", "failed", None, "")
_ANSWER = TypeAdapter(Answer)


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
    """Asks an assistant of this process; its history is the asker's own turns.  Whatever it raises is a failure."""

    def ask(case: Case) -> Reply:
        history = tuple(Turn("user", said) for said in case.history)
        start = time.perf_counter()
        try:
            answer = assistant.ask(case.question, history=history)
            seconds = time.perf_counter() - start
            hits = assistant.retrieve(assistant.understand(Asked(case.question, history))).retrieval.nearest
        except AssistantError as error:
            return _failed(start, str(error))
        except Exception as error:  # one crash is one failed case, and the others are still asked
            return _failed(start, f"{type(error).__name__}: {error}")
        return Reply(answer, seconds, tuple((hit.program.document, hit.program.program) for hit in hits))

    return ask


def _failed(start: float, error: str) -> Reply:
    return Reply(FAILED, time.perf_counter() - start, None, " ".join(error.split())[:300])


def over_http(url: str, client: httpx.Client) -> Asker:
    """Asks ``POST /v1/chat`` below a URL, every turn of a case in one conversation.

    A reply that is no answer is a failed one; asking raises UrlProblem when too many in a row are.
    """
    failures = 0

    def ask(case: Case) -> Reply:
        nonlocal failures
        reply = _asked(case, url, client)
        failures = failures + 1 if reply.error else 0
        if failures == FAILURES:
            raise UrlProblem(f"{url} failed {FAILURES} times in a row ({reply.error}): look into the log of the server")
        return reply

    return ask


def _asked(case: Case, url: str, client: httpx.Client) -> Reply:
    conversation: str | None = None
    body, start = b"", time.perf_counter()
    try:
        for question in (*case.history, case.question):
            start = time.perf_counter()
            stated = {"question": question} | ({"conversation_id": conversation} if conversation else {})
            body = _read(client, SECONDS, "POST", f"{url.rstrip('/')}/v1/chat", json=stated)
            conversation = _conversation(body)
        seconds = time.perf_counter() - start
        return Reply(answer_of(body), seconds)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        return _failed(start, f"no answer: {'.'.join(map(str, first['loc']))}: {first['msg']}")
    except (httpx.HTTPError, httpx.StreamError, ValueError, RecursionError, TimeoutError) as error:
        return _failed(start, f"{type(error).__name__}: {error}")


def _read(client: httpx.Client, limit: float, method: str, url: str, **stated: Any) -> bytes:
    """A whole reply.  Raises httpx.HTTPError, TimeoutError after ``limit`` seconds, ValueError for one too large.

    The timeout of httpx is for each read: a server that sends a byte now and then would never meet it.
    """
    end, body = time.monotonic() + limit, bytearray()
    with client.stream(method, url, timeout=limit, **stated) as reply:
        reply.raise_for_status()
        for part in reply.iter_bytes():
            body += part
            if time.monotonic() > end:
                raise TimeoutError(f"the reply was not whole after {limit:.0f} s")
            if len(body) > BYTES:
                raise ValueError(f"the reply is larger than {BYTES} bytes")
    return bytes(body)


def _conversation(body: bytes) -> str | None:
    said = json.loads(body)
    if not isinstance(said, dict):
        raise ValueError("the reply is no object")
    named = said.get("conversation_id")
    return named if isinstance(named, str) else None


def reached(url: str, client: httpx.Client) -> None:
    """Raises UrlProblem unless ``GET /healthz`` below a URL says that an assistant is well."""
    try:
        said = json.loads(_read(client, HEALTH_SECONDS, "GET", f"{url.rstrip('/')}/healthz"))
        if not isinstance(said, dict) or said.get("status") != "ok":
            raise ValueError("not the health of an assistant")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError, TimeoutError) as error:
        raise UrlProblem(f"no assistant answers at {url} ({type(error).__name__}): start it with make run") from error


def answer_of(body: bytes) -> Answer:
    """The answer that a reply states, every field of its type; what is newer than this suite is left out.

    Raises ValueError (of which pydantic's ValidationError is one) for a reply that is no answer.
    """
    answer = _ANSWER.validate_json(body, strict=True)
    if answer.status not in STATUSES:
        raise ValueError(f"the status is none of {', '.join(STATUSES)}")
    if not all(math.isfinite(one.number) for one in answer.figures if one.number is not None):
        raise ValueError("a figure is no number")
    return answer
