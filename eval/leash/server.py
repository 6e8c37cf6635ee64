"""A stand-in for a language model: an OpenAI-compatible chat-completions server on loopback, byte by byte as told.

::

    def reply(body: dict[str, Any], number: int) -> Reply:      # number counts the requests from 0
        return Reply(pieces=("補助率は{{F1}}", "です[1]。"), usage=(812, 9))

    with served(reply) as server:
        ASSISTANT_LLM="openai:stand-in", ASSISTANT_LLM_BASE_URL=server.url, ASSISTANT_LLM_API_KEY="any"
        ...
        server.requests        # the bodies, as they came in
        user_message(body)     # the last message's text of one

Each piece of text is one SSE event and one write to the socket; a body that does not ask for ``stream`` gets them
joined in one JSON object.  ``Reply(raw=(b"data: {...", b"...}\\n\\n"))`` sends any bytes in any cut instead, ``cut``
drops the connection after so many bytes of the body, ``before`` and ``between`` are seconds of silence (``HANG``:
until the client leaves or the block ends).
"""

from __future__ import annotations

import json
import math
import select
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HANG = math.inf
_LOOK = 0.05  # seconds between two looks whether a hanging client has left
_STREAM = "text/event-stream; charset=utf-8"
_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server does with one request."""

    pieces: Iterable[str] = ()  # the text, one SSE event a piece
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    before: float = 0.0  # seconds before the status line
    between: float = 0.0  # seconds before each piece but the first
    usage: tuple[int, int] | None = None  # tokens of the request and of the reply; None: it tells none
    finish: str | None = "stop"  # the finish reason; None: the stream ends without one
    done: bool = True  # whether ``data: [DONE]`` ends the stream
    model: str = "stand-in"
    raw: bytes | Iterable[bytes] | None = None  # the body's bytes, one write each, in place of all of the above
    kind: str = ""  # the content type; empty: the one that belongs to the body
    cut: int | None = None  # bytes of the body after which the connection is dropped


#: What answers: the request's body and its number, from 0 → what to do.
Replying = Callable[[dict[str, Any], int], Reply]


@dataclass(slots=True)
class Served:
    """A server that answers: where, and what it was asked."""

    url: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)  # of the same requests, names in lower case
    times: list[float] = field(default_factory=list)  # when they came, ``time.monotonic()``
    open: int = 0  # connections that stand


def failure(status: int, message: str, code: str = "", headers: Mapping[str, str] | None = None) -> Reply:
    """An error as OpenAI's servers word it."""
    error = {"message": message, "type": "error", "param": None, "code": code or None}
    return Reply(status=status, headers=headers or {}, raw=json.dumps({"error": error}).encode(), kind=_JSON)


def user_message(body: Mapping[str, Any]) -> str:
    """The text of a request's last message."""
    content = body["messages"][-1]["content"]
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def system_message(body: Mapping[str, Any]) -> str:
    """The text of a request's first message."""
    return str(body["messages"][0]["content"])


@contextmanager
def served(reply: Replying) -> Iterator[Served]:
    """Serve until the block ends; every hanging connection ends with it."""
    server = _Server(reply)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="stand-in", daemon=True)
    thread.start()
    try:
        yield server.told
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(10)


def event(
    delta: Mapping[str, Any] | None = None,
    *,
    finish: str | None = None,
    usage: tuple[int, int] | None = None,
    model: str = "stand-in",
) -> bytes:
    """One SSE event of a chat completion, with its blank line; without a delta it has no choice, as usage comes."""
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    chunk = _object("chat.completion.chunk", model, choices, usage)
    return b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n"


class _Gone(Exception):
    """The client left, or the block ended."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = True  # the threads of one test do not run on into the next
    request_queue_size = 1024
    allow_reuse_address = True

    def __init__(self, reply: Replying) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply = reply
        self.closing = threading.Event()
        self.told = Served(f"http://127.0.0.1:{self.server_address[1]}/v1")
        self.lock = threading.Lock()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves is no error; anything else is shown."""
        if not isinstance(sys.exception(), (_Gone, OSError)):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    timeout = 60  # seconds: an idle connection that nobody closed

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self.server.lock:
            self.server.told.open += 1

    def finish(self) -> None:
        with self.server.lock:
            self.server.told.open -= 1
        super().finish()

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""

    def handle_one_request(self) -> None:
        """Waits for a request in short looks, so that a kept connection ends with the block."""
        try:
            while not self._readable(_LOOK):
                if self.server.closing.is_set():
                    raise _Gone
            super().handle_one_request()
        except (_Gone, OSError):
            self.close_connection = True

    def do_POST(self) -> None:
        """A chat completion; any other path is not found."""
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        with self.server.lock:
            told = self.server.told
            number = len(told.requests)
            told.requests.append(body)
            told.headers.append({name.lower(): value for name, value in self.headers.items()})
            told.times.append(time.monotonic())
        known = self.path.split("?")[0].endswith("/chat/completions")
        self._send(self.server.reply(body, number) if known else failure(404, "not found"), bool(body.get("stream")))

    def _send(self, reply: Reply, streamed: bool) -> None:
        self._wait(reply.before)
        streamed = streamed and reply.status == 200
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind or (_STREAM if streamed else _JSON))
        self.send_header("Transfer-Encoding", "chunked")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        sent = 0
        for part in self._parts(reply, streamed):
            kept = part if reply.cut is None else part[: reply.cut - sent]
            if kept:
                self.wfile.write(b"%X\r\n%b\r\n" % (len(kept), kept))
            sent += len(kept)
            if reply.cut is not None and sent >= reply.cut:
                raise _Gone
        self.wfile.write(b"0\r\n\r\n")

    def _parts(self, reply: Reply, streamed: bool) -> Iterator[bytes]:
        """The body, one item a write."""
        if reply.raw is not None:
            parts: Iterable[bytes] = (reply.raw,) if isinstance(reply.raw, bytes) else reply.raw
        else:
            parts = _events(reply) if streamed else (_whole(reply),)
        for number, part in enumerate(parts):
            if number:
                self._wait(reply.between)
            yield part

    def _wait(self, seconds: float) -> None:
        """Silence; it ends at once when the client leaves or the block ends."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if self.server.closing.wait(min(left, _LOOK)) or self._left():
                raise _Gone

    def _readable(self, seconds: float) -> bool:
        poll = select.poll()  # select() fails beyond 1,024 open files
        poll.register(self.connection, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def _left(self) -> bool:
        """Whether the client closed the connection."""
        return self._readable(0) and not self.connection.recv(1, socket.MSG_PEEK)


def _events(reply: Reply) -> Iterator[bytes]:
    """The stream as OpenAI's servers send it: role, pieces, finish reason, usage, end."""
    first = {"role": "assistant", "content": ""}
    for piece in reply.pieces:
        yield event({**first, "content": piece}, model=reply.model)
        first = {}
    if reply.finish is not None:
        yield event({}, finish=reply.finish, model=reply.model)
    if reply.usage is not None:
        yield event(usage=reply.usage, model=reply.model)
    if reply.done:
        yield b"data: [DONE]\n\n"


def _whole(reply: Reply) -> bytes:
    message = {"role": "assistant", "content": "".join(reply.pieces)}
    choice = {"index": 0, "message": message, "finish_reason": reply.finish}
    return json.dumps(_object("chat.completion", reply.model, [choice], reply.usage), ensure_ascii=False).encode()


def _object(kind: str, model: str, choices: list[dict[str, Any]], usage: tuple[int, int] | None) -> dict[str, Any]:
    told: dict[str, Any] = {"id": "chatcmpl-1", "object": kind, "created": 1, "model": model, "choices": choices}
    if usage is not None:
        told["usage"] = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
    return told
