"""A few routes behind the gate, on a real server; and raw requests, as no client library would send them."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import logging
import re
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

import httpx
from fastapi import FastAPI, Response
from fastapi.sse import EventSourceResponse
from hosting import hosted, wait_for
from pydantic import BaseModel

from api.gate import Gate, add_gate
from api.problems import add_handlers
from api.routes.operations import add_operations
from api.web import Web
from assistant.cli.logs import formatter
from assistant.conversations import StoreUnavailable
from assistant.errors import QuestionError

STATUS = re.compile(rb"HTTP/1\.[01] (\d{3}) ")
CANARY = "wz7q09012345678"
RATES = {"rate_per_client": "5/minute", "rate_total": "1000/minute", "rate_exempt": ()}


class Asked(BaseModel):
    question: str


@dataclass
class Behind:
    """A running server, its gate, and what it has logged."""

    url: str
    gate: Gate
    client: httpx.Client
    log: io.StringIO
    hold: threading.Event = field(default_factory=threading.Event)

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def chat(self, question: str = "q", **headers: str) -> httpx.Response:
        return self.client.post("/v1/chat", json={"question": question}, headers=headers)

    def records(self, logger: str = "api.access") -> list[dict]:
        lines = [json.loads(line) for line in self.log.getvalue().splitlines()]
        return [record for record in lines if record["logger"] == logger]

    def told(self, count: int) -> list[dict]:
        """The lines of that many requests; a line is written after its reply has gone out."""
        wait_for(lambda: len(self.records()) >= count)
        return self.records()

    def figure(self, name: str) -> float:
        """A sample of the figures, by its name and labels as printed; 0 where there is none."""
        for line in self.gate.metrics.page().decode().splitlines():
            if line.startswith(f"{name} "):
                return float(line.rpartition(" ")[2])
        return 0.0


def routes(hold: threading.Event) -> FastAPI:
    """An application with one route of each sort."""
    app = FastAPI(docs_url=None, redoc_url=None, redirect_slashes=False)
    add_handlers(app)

    @app.post("/v1/chat")
    def chat(asked: Asked) -> dict[str, str]:
        match asked.question.partition(" ")[0]:
            case "break":
                raise ZeroDivisionError(asked.question)
            case "unreadable":
                raise QuestionError("The question cannot be read.", hint="Write it as text.")
            case "keep":
                raise StoreUnavailable("The conversations cannot be reached.", hint="Try again.")
        logging.getLogger("assistant.elsewhere").warning("seen in a thread")
        return {"said": asked.question}

    @app.post("/v1/stream")
    async def stream(asked: Asked) -> Response:
        async def events() -> AsyncIterator[bytes]:
            yield b'event: stage\ndata: {"stage":"search"}\n\n'
            while asked.question == "hold" and not hold.is_set():
                yield b": ping\n\n"
                await asyncio.sleep(0.02)
            if asked.question == "die":
                raise ZeroDivisionError(CANARY)
            yield b"event: error\ndata: {}\n\n" if asked.question == "fail" else b"event: answer\ndata: {}\n\n"

        return EventSourceResponse(events())

    @app.get("/v1/facts")
    async def facts(program: str = "") -> dict[str, str]:
        return {"program": program}

    @app.get("/v1/conversations/{conversation_id}")
    async def conversation(conversation_id: str) -> dict[str, str]:
        return {"conversation_id": conversation_id}

    @app.delete("/v1/conversations/{conversation_id}", status_code=204)
    async def forget(conversation_id: str) -> None:
        return None

    @app.get("/")
    async def page() -> Response:
        return Response("<!DOCTYPE html><title>page</title>", media_type="text/html")

    return app


@contextlib.contextmanager
def logged() -> Iterator[io.StringIO]:
    """What is logged until the block ends, as JSON."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter("json"))
    access = logging.getLogger("api.access")
    before = access.level
    logging.getLogger().addHandler(handler)
    access.setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        access.setLevel(before)
        logging.getLogger().removeHandler(handler)


@contextlib.contextmanager
def behind(*, body_seconds: float = 20.0, **changes: object) -> Iterator[Behind]:
    """Serve until the block ends; ``changes`` go to :class:`api.web.Web`."""
    hold = threading.Event()
    app = routes(hold)
    gate = add_gate(app, Web(**changes), body_seconds=body_seconds)  # type: ignore[arg-type]
    add_operations(app, "9.9", None, gate=gate)
    with (
        logged() as log,
        hosted(app) as url,
        httpx.Client(base_url=url, timeout=20, trust_env=False) as client,
    ):
        try:
            yield Behind(url, gate, client, log, hold)
        finally:
            hold.set()


def raw(port: int, request: bytes, *, wait: float = 5) -> bytes:
    """Send bytes; what comes back until the server closes, or nothing more comes for ``wait`` seconds."""
    came = b""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as connection:
        connection.sendall(request)
        with contextlib.suppress(TimeoutError, ConnectionResetError):
            while piece := connection.recv(65536):
                came += piece
    return came


def asking(method: str, target: str, *lines: str, body: bytes = b"", version: str = "1.1") -> bytes:
    """A request's bytes; the connection is closed after it."""
    head = [f"{method} {target} HTTP/{version}", "Host: 127.0.0.1", "Connection: close", *lines]
    if body:
        head += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body


def statuses(reply: bytes) -> list[int]:
    """The statuses of the replies in what came back."""
    return [int(status) for status in STATUS.findall(reply)]
