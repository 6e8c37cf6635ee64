"""The whole bot of the settings: what is opened, in which order, and how it ends."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from assistant.settings import Settings, load_settings

from ..gate import Gate
from ..served import Listening, config_of
from ..web import Web
from .entrances import entrances
from .http import Desk, create_slack_app
from .verifying import Verifier
from .works import Works


class Served:
    """The application, whose works are closed when it ends (ASGI's lifespan), while signals are still heeded."""

    def __init__(self, app: FastAPI, works: Works) -> None:
        self.app = app
        self._works = works

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One exchange, or the lifespan."""
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)
            return
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._works.close()
        await send({"type": "lifespan.shutdown.complete"})


class Server(uvicorn.Server):
    """A server that begins to end what it works on as soon as it is told to end."""

    def __init__(self, config: uvicorn.Config, wind_up: Callable[[], None]) -> None:
        super().__init__(config)
        self._wind_up = wind_up

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal has come."""
        if not self.should_exit:
            self._wind_up()
        super().handle_exit(sig, frame)


def application(settings: Settings, works: Works) -> Served:
    """The application in front of the works."""
    jobs = works.store.jobs
    app = create_slack_app(
        works.inbox,
        Verifier(settings.slack_signing_secret.get_secret_value().strip()),
        web=Web.of(settings),
        ready=works.check_ready,
        waiting=jobs.waiting,
    )
    metrics = app.state.gate.metrics
    works.count = lambda answer: metrics.answered(answer.status, answer.reason, answer.mode)
    metrics.watch(lambda: works.hands.running, lambda: 0)
    metrics.watch_index(lambda: works.standing.index)
    metrics.watch_standing(lambda: works.standing.state)
    if (calls := works.standing.calls) is not None:
        metrics.watch_calls(lambda: calls)
    desk: Desk = app.state.desk
    works.before_closing(desk.close)
    return Served(app, works)


def serve_here(listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve HTTP (and Socket Mode where it is set up) in this process until a signal ends it.

    ``ready`` is called when it can.  Raises AssistantError when it cannot begin.
    """
    settings = load_settings()
    with Works(settings) as works, Listening(fileno=listener.detach()) as own:
        app = application(settings, works)
        if entrances(settings).socket:
            works.connect()
        gate: Gate = app.app.state.gate

        def wind_up() -> None:
            gate.drain()
            works.wind_up()

        own.listen()
        ready()
        Server(config_of(app, settings.trusted_proxies), wind_up).run(sockets=[own])


def serve_socket(ready: Callable[[], None]) -> None:
    """Serve Socket Mode alone in this process until a signal ends it; ``ready`` is called when it is connected.

    Raises AssistantError when it cannot begin.
    """
    with Works(load_settings()) as works:
        works.connect()
        with stopped_by_signals() as stopped:
            ready()
            stopped.wait()
            works.close()  # while signals change nothing any more


@contextmanager
def stopped_by_signals() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set; afterwards they are heeded as before."""
    stopped = threading.Event()
    names = (signal.SIGTERM, signal.SIGINT)
    before = {signum: signal.signal(signum, lambda *_: stopped.set()) for signum in names}
    try:
        yield stopped
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)
