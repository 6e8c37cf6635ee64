"""The whole server of the settings: what is opened, in which order, and how it ends."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack, closing
from types import FrameType

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.cli.logs import show_logs
from assistant.conversations import Store, keep_tidy
from assistant.settings import Settings, load_settings

from .app import create_app
from .drawing import Threads
from .gate import Gate
from .gate.addresses import network_of
from .problems import Problem
from .standing import Lookout, Standing
from .web import Web, listed

SWITCH = 0.0005  # seconds that a thread may reckon before others have their turn
GRACE = 5.0  # seconds that what is under way has when the server is to end …
TOLD = 4.0  # … and after which it is told that it will not be done
QUEUE = 2048  # connections that wait to be accepted
ENDING = Problem(503, "ending", "The server is being restarted.", "Ask again in a few seconds.", {"Retry-After": "2"})


class Served:
    """The application with what must be started and ended with it (ASGI's lifespan)."""

    def __init__(self, app: FastAPI, standing: Standing, store: Store, swap_seconds: float) -> None:
        self.app = app
        self._standing = standing
        self._store = store
        self._every = swap_seconds
        self._open = ExitStack()
        self._open.callback(store.close)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One exchange, or the lifespan."""
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)
            return
        await receive()
        self._start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.close()
        await send({"type": "lifespan.shutdown.complete"})

    def close(self) -> None:
        """Lets go of what was opened; a second time it does nothing."""
        self._open.close()

    def _start(self) -> None:
        self._open.enter_context(keep_tidy(self._store))
        lookout = Lookout(self._standing, self._every)
        self._open.callback(lookout.close)
        if threading.current_thread() is threading.main_thread():
            for signum in (signal.SIGTERM, signal.SIGINT):
                before(signum, self._wind_up)
            if hasattr(signal, "SIGHUP"):
                signal.signal(signal.SIGHUP, lambda *_: lookout.wake())

    def _wind_up(self) -> None:
        """What is under way ends in time; a balancer sends nobody more."""
        chats: Threads = self.app.state.chats
        chats.wind_up(TOLD, ENDING)
        gate: Gate = self.app.state.gate
        gate.drain()


def before(signum: int, act: Callable[[], None]) -> None:
    """``act`` is done when the signal comes, before what is done already."""
    handler = signal.getsignal(signum)

    def both(number: int, frame: FrameType | None) -> None:
        act()
        if callable(handler):
            handler(number, frame)

    signal.signal(signum, both)


def application(settings: Settings) -> Served:
    """The server of the settings.  Raises AssistantError when questions could not be answered."""
    show_logs(settings.log_format)
    sys.setswitchinterval(SWITCH)  # the event loop is one thread among those that make answers
    standing = Standing.of(settings)
    store = Store.of(settings)
    app = create_app(standing, web=Web.of(settings), ready=standing.check_ready, conversations=store)
    gate: Gate = app.state.gate
    gate.metrics.watch_standing(lambda: standing.state)
    if (calls := standing.calls) is not None:
        gate.metrics.watch_calls(lambda: calls)
    return Served(app, standing, store, settings.swap_seconds)


class Listening(socket.socket):
    """A socket whose queue stays long while each process takes one connection at a time.

    asyncio takes as many at once as its ``backlog`` says: with a long one, the process that wakes first takes all of a
    rush, and the others have nothing to do.
    """

    def listen(self, backlog: int = QUEUE, /) -> None:
        """The queue is as long as ever."""
        super().listen(QUEUE)


def serve_here(listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve in this process until a signal ends it; ``ready`` is called when it can."""
    settings = load_settings()
    app = application(settings)
    with closing(app), Listening(fileno=listener.detach()) as own:
        own.listen()
        ready()
        uvicorn.Server(config_of(app, settings.trusted_proxies)).run(sockets=[own])


def config_of(app: ASGIApp, trusted_proxies: str) -> uvicorn.Config:
    """How uvicorn serves; it is to be handed a socket that is :class:`Listening`."""
    return uvicorn.Config(
        app,
        log_config=None,  # its lines go where ours go
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="on",
        backlog=1,
        forwarded_allow_ips=believed(trusted_proxies),
        timeout_graceful_shutdown=int(GRACE),
    )


def believed(trusted_proxies: str) -> str | list[str]:
    """The proxies whose word is believed, as uvicorn takes them; ``*`` is all of them.  Raises SettingsError."""
    names = listed(trusted_proxies)
    if "*" in names:
        return "*"
    networks = [network_of(name, "ASSISTANT_TRUSTED_PROXIES") for name in names]
    # On a socket for both versions an IPv4 proxy is seen by its mapped address.
    mapped = [f"::ffff:{one.network_address}" for one in networks if one.version == 4 and one.prefixlen == 32]
    return [*map(str, networks), *mapped]
