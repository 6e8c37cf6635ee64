"""What surrounds every HTTP exchange: the limits of a body, the headers of the reply and the last catch.

It is plain ASGI, so that a client's disconnection and a streamed body pass through untouched.
The framework's own ``max_body_size`` is not used: with a declared length it replaces our error
by plain text.
"""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..problems import Problem, error_response, problem_of, problem_of_status
from ..web import MAX_BODY
from .access import template_of
from .headers import add_headers
from .origins import Origins

BODY_SECONDS = 20.0  # a whole body on a slow telephone takes less


class Shell:
    """ASGI middleware: refuses bodies over ``max_body`` bytes or that take longer than ``body_seconds``, adds headers,
    hides defects."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        max_body: int = MAX_BODY,
        body_seconds: float = BODY_SECONDS,
        origins: Origins | None = None,
    ) -> None:
        self.app = app
        self._max_body = max_body
        self._body_seconds = body_seconds
        self._origins = origins or Origins()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one exchange; anything but HTTP goes through as it is."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        reply = Reply(scope, send, self._origins)
        try:
            if declared_length(scope) > self._max_body:
                raise problem_of_status(413)
            await self.app(scope, Body(receive, self._max_body, self._body_seconds).receive, reply.send)
        except Exception as error:
            if reply.started:  # too late for another status: the server must cut the connection
                raise
            await reply.problem(problem_of(error, f"{scope['method']} {template_of(scope)}"))


class Reply:
    """The way back of one exchange: it knows whether it has begun, and adds the headers."""

    def __init__(self, scope: Scope, send: Send, origins: Origins) -> None:
        self.started = False
        self._scope = scope
        self._send = send
        self._origins = origins

    async def send(self, message: Message) -> None:
        """Pass a message on; headers that a route has set itself are left alone."""
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            add_headers(self._scope, headers)
            self._origins.grant(self._scope, headers)
        await self._send(message)

    async def problem(self, problem: Problem) -> None:
        """Answer with a problem in the one error shape."""
        response = error_response(problem.status_code, problem.code, problem.detail, problem.hint, problem.headers)
        await response(self._scope, no_body, self.send)


class Body:
    """What comes from the client: its body, within ``most`` bytes and ``seconds``, then whatever the server says.

    The time counts from when somebody first waits for the body, so it is a deadline for the whole of it: a byte now and
    then does not put it off.
    """

    def __init__(self, receive: Receive, most: int, seconds: float) -> None:
        self._receive = receive
        self._left = most
        self._seconds = seconds
        self._deadline: float | None = None
        self._whole = False

    async def receive(self) -> Message:
        """The next message.  Raises the Problems 413 and 408."""
        if self._whole:
            return await self._receive()
        if self._deadline is None:
            self._deadline = asyncio.get_running_loop().time() + self._seconds
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError:
            raise problem_of_status(408) from None
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise problem_of_status(413)
        self._whole = not message.get("more_body", False)
        return message


def declared_length(scope: Scope) -> int:
    """The request's Content-Length in bytes, 0 when it states none that can be read."""
    value = Headers(scope=scope).get("content-length", "")
    return int(value[:19]) if value.isascii() and value.isdecimal() else 0


async def no_body() -> Message:
    """The ``receive`` of a response that reads nothing."""
    return {"type": "http.disconnect"}
