"""``python -m eval.load.client``: asks a server many questions at once, from a process of its own.

A job comes as JSON on standard input, what was met goes as JSON to standard output.  Each question is a visitor of its
own: a new connection, one request, its events to the end.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

ANSWERED = b"event: answer\n"
LAST_CHUNK = b"0\r\n\r\n"
LONGEST = 60.0  # seconds of one stream


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked of whom.

    ``streams`` questions are open at once until every one of ``bodies`` (JSON texts) was asked.  A client leaves after
    a number of seconds drawn evenly from 0 to ``cut``; None: after the last byte.
    """

    host: str
    port: int
    bodies: list[str]
    streams: int
    cut: float | None = None
    path: str = "/v1/chat"
    seed: int = 1


@dataclass(slots=True)
class Met:
    """One stream: seconds to the first byte of its body and to its end, and what was wrong with it ('' for nothing)."""

    first: float = 0.0
    whole: float = 0.0
    wrong: str = ""


@dataclass(slots=True)
class Round:
    """All streams of a job, and how long they took together."""

    seconds: float = 0.0
    met: list[Met] = field(default_factory=list)


class Visitor(asyncio.Protocol):
    """One connection with one question."""

    def __init__(self, request: bytes) -> None:
        self.met = Met()
        self.done = asyncio.get_running_loop().create_future()
        self._request = request
        self._got = bytearray()
        self._head = 0  # bytes of the reply's head, once it is whole
        self._began = time.perf_counter()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """A part of the reply."""
        self._got += data
        if not self._head and (end := self._got.find(b"\r\n\r\n")) >= 0:
            self._head = end + 4
        if self._head and not self.met.first and len(self._got) > self._head:
            self.met.first = time.perf_counter() - self._began
        if self._got.endswith(LAST_CHUNK):
            self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        """The server has ended it."""
        self._end()

    def leave(self) -> None:
        """Go away in the middle, without a word."""
        if self._transport is not None:
            self._transport.abort()
        self._end()

    def _end(self) -> None:
        if self.done.done():
            return
        self.met.whole = time.perf_counter() - self._began
        self.met.wrong = wrong(bytes(self._got), self._head)
        if self._transport is not None:
            self._transport.close()
        self.done.set_result(None)


def wrong(got: bytes, head: int) -> str:
    """What is wrong with a whole reply, '' when it is as it should be."""
    status = got.split(b" ", 2)[1].decode("ascii", "replace") if got.count(b" ") > 1 else "none"
    if status != "200":
        return f"status {status}"
    if not got.endswith(LAST_CHUNK):
        return "broken off"
    return "" if ANSWERED in got[head:] else "no answer"


def request_of(job: Job, body: str) -> bytes:
    """The bytes that ask."""
    content = body.encode()
    head = (
        f"POST {job.path} HTTP/1.1\r\nHost: {job.host}:{job.port}\r\nContent-Type: application/json\r\n"
        f"Accept: text/event-stream\r\nConnection: close\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


async def visit(job: Job, body: str, stays: float | None) -> Met:
    """One question from its connection to its end."""
    loop = asyncio.get_running_loop()
    visitor = Visitor(request_of(job, body))
    try:
        async with asyncio.timeout(LONGEST if stays is None else stays):
            await loop.create_connection(lambda: visitor, job.host, job.port)
            await asyncio.shield(visitor.done)
    except TimeoutError:
        visitor.leave()
    except OSError as error:
        visitor.met.wrong = f"no connection: {error.strerror}"
    return visitor.met


async def ask(job: Job) -> Round:
    """The whole job."""
    found = Round()
    draw = random.Random(job.seed)
    waiting = iter([(body, None if job.cut is None else draw.uniform(0, job.cut)) for body in job.bodies])

    async def stream(bodies: Iterator[tuple[str, float | None]]) -> None:
        for body, stays in bodies:
            found.met.append(await visit(job, body, stays))

    began = time.perf_counter()
    await asyncio.gather(*(stream(waiting) for _ in range(job.streams)))
    found.seconds = time.perf_counter() - began
    return found


def main() -> None:
    """One job."""
    given: dict[str, Any] = json.load(sys.stdin)
    json.dump(asdict(asyncio.run(ask(Job(**given)))), sys.stdout)


if __name__ == "__main__":
    main()
