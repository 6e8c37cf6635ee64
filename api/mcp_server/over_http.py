"""MCP over streamable HTTP at ``/mcp``.

Sessions are kept: most clients of today open one, a request is cancelled by a message of its session, and a client is
told by 404 when it must open another.  Clients of the newer protocol (2026-07-28), which has no sessions, are served
at the same address.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterable
from typing import Any

import uvicorn
from mcp.server.lowlevel import Server
from mcp.server.transport_security import TransportSecurityMiddleware, TransportSecuritySettings
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.errors import SettingsError
from assistant.settings import Settings

from ..gate.origins import ANY, origin_of
from ..gate.shell import Shell
from ..served import Listening, config_of
from ..web import listed
from .failing import one_line
from .messages import fault_in_bytes, read, refused

PATH = "/mcp"
MAX_BODY = 512 * 1024  # bytes: a text to be checked in its longest spelling, twice
MAX_SESSIONS = 1000
IDLE = 30 * 60.0  # seconds after which a session that nobody uses is forgotten
COMPARED = (b"host", b"origin")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def run(server: Server[Any], settings: Settings, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until a signal ends it; ``ready`` is called when it can.  Raises SettingsError for origins of no form."""
    host, port = listener.getsockname()[:2]
    app = application(server, guard_of(settings, (host, settings.host), port))
    config = config_of(app, settings.trusted_proxies)
    with Listening(fileno=listener.detach()) as own:
        own.listen()
        ready()
        uvicorn.Server(config).run(sockets=[own])


def application(server: Server[Any], guard: TransportSecuritySettings) -> Shell:
    """The ASGI application, with a body limit and deadline around it."""
    app = server.streamable_http_app(
        streamable_http_path=PATH,
        max_request_body_size=MAX_BODY,
        session_idle_timeout=IDLE,
        max_sessions=MAX_SESSIONS,
        transport_security=guard,
        custom_starlette_routes=[Route("/healthz", healthy, methods=["GET"])],
    )
    return Shell(fronted(app, TransportSecurityMiddleware(guard)), max_body=MAX_BODY)


def fronted(app: ASGIApp, guard: TransportSecurityMiddleware) -> ASGIApp:
    """In front of the library: ``Host`` and ``Origin`` in small letters, for it compares them as they stand with the
    settings'; and a line to whoever is let in and sends what is no message."""

    async def front(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = [(name, value.lower() if name in COMPARED else value) for name, value in scope["headers"]]
            scope = {**scope, "headers": headers}
            request = Request(scope, receive)
            is_sent = scope["method"] == "POST" and scope["path"] == PATH
            if is_sent and await guard.validate_request(request, is_post=True) is None:
                body, receive = await read(request, receive)
                if fault := fault_in_bytes(body):
                    await refused(fault)(scope, receive, send)
                    return
        await app(scope, receive, send)

    return front


async def healthy(request: Request) -> Response:
    """It serves."""
    return JSONResponse({"status": "ok"})


def guard_of(settings: Settings, names: Iterable[str], port: int) -> TransportSecuritySettings:
    """Which ``Host`` and ``Origin`` headers are taken; without a list of hosts any page could reach a loopback server
    by a name of its own that it points there.  Raises SettingsError."""
    own = [at(name.lower(), port) for name in dict.fromkeys((*names, *LOOPBACK))]
    own += [host.removesuffix(f":{port}") for host in own] if port == 80 else []
    hosts = own + [form for name in listed(settings.mcp_hosts) for form in forms(name)]
    origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts]
    for text in listed(settings.allowed_origins):
        origin = origin_of(text)
        origins += ["http:*", "https:*"] if origin == ANY else [origin.lower()]
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)


_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*\.?|\[[0-9a-f:.]+\])(?::[0-9]{{1,5}})?")


def forms(text: str) -> tuple[str, ...]:
    """A host of the settings; one without a port is taken with every port.  Raises SettingsError for what is none."""
    name = text.lower()
    if not _HOST.fullmatch(name):
        raise SettingsError(
            f"ASSISTANT_MCP_HOSTS has {one_line(text)[:60]!r}, which is no host.",
            hint="Write host or host:port, such as mcp.example, parted by commas.",
        )
    bare = name.rpartition("]")[2] if name.startswith("[") else name
    return (name,) if ":" in bare else (name, f"{name}:*")


def at(name: str, port: int) -> str:
    """A name with a port, as ``Host`` has it."""
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"
