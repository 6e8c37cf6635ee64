"""What surrounds every HTTP exchange: the body limit, the security headers and the last catch.

It is plain ASGI, so that a client's disconnection and a streamed body pass through untouched.
The framework's own ``max_body_size`` is not used: with a declared length it replaces our error
by plain text.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problems import Problem, error_response, problem_of, problem_of_status
from .web import MAX_BODY

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)

SECURITY_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Shell:
    """ASGI middleware: refuses bodies over ``max_body`` bytes, adds headers, hides defects."""

    def __init__(self, app: ASGIApp, *, max_body: int = MAX_BODY) -> None:
        self.app = app
        self.max_body = max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one exchange; anything but HTTP goes through as it is."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        reply = Reply(scope, send)
        try:
            if declared_length(scope) > self.max_body:
                await reply.problem(problem_of_status(413))
            else:
                await self.app(scope, limited(receive, self.max_body), reply.send)
        except Exception as error:
            problem = problem_of(error, f"{scope['method']} {scope['path']}")
            if reply.started:  # too late for another status: the server must cut the connection
                raise
            await reply.problem(problem)


class Reply:
    """The way back of one exchange: it knows whether it has begun, and adds the headers."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope = scope
        self.started = False
        self._send = send

    async def send(self, message: Message) -> None:
        """Pass a message on; headers that a route has set itself are left alone."""
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY_HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", cache_rule(self.scope["path"]))
        await self._send(message)

    async def problem(self, problem: Problem) -> None:
        """Answer with a problem in the one error shape."""
        response = error_response(problem.status_code, problem.code, problem.detail, problem.hint)
        await response(self.scope, no_body, self.send)


def cache_rule(path: str) -> str:
    """Answers are never kept; the page's files are kept but asked about each time."""
    return "no-cache" if path == "/" or path.startswith("/static/") else "no-store"


def declared_length(scope: Scope) -> int:
    """The request's Content-Length in bytes, 0 when it states none that can be read."""
    value = Headers(scope=scope).get("content-length", "")
    return int(value) if value.isdecimal() else 0


def limited(receive: Receive, limit: int) -> Receive:
    """``receive`` that raises 413 once more than ``limit`` bytes came (a body of no stated length)."""
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > limit:
            raise problem_of_status(413)
        return message

    return counted


async def no_body() -> Message:
    """The ``receive`` of a response that reads nothing."""
    return {"type": "http.disconnect"}
