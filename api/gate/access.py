"""What is told of every exchange: its id to the client, a line to the log, its figures to the counters.

Nothing of what a client wrote is told: no path (a template in its place), no query, no header, no body, and of the
address only the network.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from ..ids import HEADER, NAME, request_id_of
from ..problems import told_of_failures
from .addresses import client_of, truncated
from .metrics import OTHER, Metrics

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})  # asked every few seconds by machines
COSTLY = frozenset({"/v1/chat", "/v1/check", "/v1/feedback"})
UNMATCHED = "unmatched"
ERROR_EVENT = b"event: error"
Clock = Callable[[], float]

log = logging.getLogger("api.access")


class Access:
    """The outermost ASGI middleware."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, clock: Clock = time.perf_counter) -> None:
        self.app = app
        self._metrics = metrics
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one exchange; anything but HTTP goes through as it is."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = request_id_of(Headers(scope=scope))
        exchange = Exchange(receive, send, request_id, self._metrics, self._clock)
        told_of_failures.set(self._metrics.problem)
        with bound_contextvars(**{NAME: request_id}):
            try:
                await self.app(scope, exchange.receive, exchange.send)
            except asyncio.CancelledError:
                exchange.ended = "cut"
                raise
            except Exception:
                exchange.ended = "error"
                raise
            finally:
                self._tell(scope, exchange)

    def _tell(self, scope: Scope, exchange: Exchange) -> None:
        method = scope["method"] if scope["method"] in METHODS else OTHER
        route = template_of(scope)
        seconds = self._clock() - exchange.began
        ended = exchange.ended or ("gone" if exchange.left else "cut")
        if exchange.streaming:
            self._metrics.stream_ended(ended)
        self._metrics.request(method, route, exchange.status, seconds, exchange.first_byte)
        level = logging.DEBUG if route in QUIET and exchange.status < 400 else logging.INFO
        if log.isEnabledFor(level):
            told = {
                "method": method,
                "route": route,
                "status": exchange.status,
                "ms": round(seconds * 1000, 1),
                "bytes": exchange.bytes,
                "ended": ended,
                "client": truncated(client_of(scope)),
            }
            log.log(level, "request", extra=told)


class Exchange:
    """What has been seen of one exchange."""

    def __init__(self, receive: Receive, send: Send, request_id: str, metrics: Metrics, clock: Clock) -> None:
        self._receive = receive
        self._send = send
        self._request_id = request_id
        self._metrics = metrics
        self._clock = clock
        self.began = clock()
        self.status = 0  # none was sent: the client left before
        self.bytes = 0
        self.first_byte: float | None = None  # seconds
        self.streaming = False
        self.left = False
        self.ended = ""

    async def receive(self) -> Message:
        """What comes from the client; that it left while its reply was not whole is noted."""
        message = await self._receive()
        if message["type"] == "http.disconnect" and not self.ended:
            self.left = True
        return message

    async def send(self, message: Message) -> None:
        """What goes to the client."""
        if message["type"] == "http.response.start":
            self._start(message)
        elif message["type"] == "http.response.body":
            self._count(message)
        await self._send(message)

    def _start(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        headers[HEADER] = self._request_id
        self.status = message["status"]
        if headers.get("content-type", "").startswith("text/event-stream"):
            self.streaming = True
            self._metrics.stream_opened()

    def _count(self, message: Message) -> None:
        body = message.get("body", b"")
        if body and self.first_byte is None:
            self.first_byte = self._clock() - self.began
        self.bytes += len(body)
        if self.streaming and body.startswith(ERROR_EVENT):
            self.ended = "error"
        elif not message.get("more_body", False):
            self.ended = self.ended or "done"


def template_of(scope: Scope) -> str:
    """The route's address with its names in place of a client's values."""
    path = getattr(scope.get("route"), "path", None)
    if path is not None:
        return str(path)
    root = scope.get("root_path", "")
    if mounted := root[len(scope.get("app_root_path", root)) :]:
        return f"{mounted}/{{path}}"
    return scope["path"] if scope["path"] in COSTLY | QUIET else UNMATCHED  # refused before it came to a route
