"""The application on a real port that can be stopped and started again there."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from hosting import wait_for

from api.app import create_app
from api.web import Web
from assistant.chain import Assistant
from assistant.index import Index

from .desk import ScriptedDesk


@dataclass
class Site:
    """A server of one ASGI application; ``url`` stays the same from one start to the next."""

    app: object
    url: str = ""
    _runner: uvicorn.Server | None = None
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Serve, on the port of the last time."""
        port = int(self.url.rpartition(":")[2] or 0)
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen()
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(self.app, log_level="critical", ws="none", lifespan="off", timeout_graceful_shutdown=1)  # type: ignore[arg-type]
        self._runner = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, args=(self._runner, listener))
        self._thread.start()
        wait_for(lambda: bool(self._runner and self._runner.started))

    def stop(self) -> None:
        """Go away at once, whatever is under way."""
        if self._runner and self._thread:
            self._runner.should_exit = True
            self._thread.join(20)
            assert not self._thread.is_alive()
        self._runner = self._thread = None

    @staticmethod
    def _serve(runner: uvicorn.Server, listener: socket.socket) -> None:
        with listener:
            runner.run(sockets=[listener])


@dataclass
class Talking:
    """A site whose desk says what a test writes."""

    site: Site
    desk: ScriptedDesk

    @property
    def url(self) -> str:
        """Where it is served."""
        return self.site.url


@contextmanager
def served(app: object) -> Iterator[Site]:
    """An application, served until the block ends."""
    site = Site(app)
    site.start()
    try:
        yield site
    finally:
        site.stop()


@contextmanager
def talking(index: Index, web: Web | None = None) -> Iterator[Talking]:
    """A scripted desk in front of an index, served until the block ends."""
    desk = ScriptedDesk(index)
    with served(create_app(desk, web=web or Web())) as site:
        try:
            yield Talking(site, desk)
        finally:
            desk.gate.set()


@contextmanager
def answering(assistant: Assistant, web: Web | None = None) -> Iterator[Site]:
    """The real assistant, served until the block ends."""
    with served(create_app(assistant, web=web or Web())) as site:
        yield site
