"""``assistant serve``: the HTTP surface."""

from __future__ import annotations

import importlib
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import AssistantError, MissingExtra
from .options import CorpusOption, IndexOption, settings_for

QUEUE = 2048  # connections that wait to be accepted
GRACE = 10.0  # seconds that a worker has to end in order


def register(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("serve")(serve)


def serve(
    host: Annotated[
        str | None, typer.Option("--host", help="Address to listen on [ASSISTANT_HOST, 127.0.0.1].")
    ] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Port [ASSISTANT_PORT, 8000].")] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=64, help="Processes that answer [ASSISTANT_WORKERS].")
    ] = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Serve the API and the chat page."""
    with own_signals():
        _serve(host, port, workers, corpus, index)


@contextmanager
def own_signals() -> Iterator[None]:
    """The server heeds signals in its own way; when it has ended, or could not begin, all is as before."""
    names = ("SIGTERM", "SIGINT", "SIGHUP", "SIGPIPE")
    before = {one: signal.getsignal(one) for one in (getattr(signal, name, None) for name in names) if one is not None}
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # a client that goes away must not end the server
    signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


def _serve(host: str | None, port: int | None, workers: int | None, corpus: Path | None, index: Path | None) -> None:
    given = {"host": host, "port": port, "workers": workers}
    settings = settings_for(corpus, index).model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )
    os.environ["ASSISTANT_INDEX"] = str(settings.index)  # each process reads the settings for itself
    os.environ["ASSISTANT_CORPUS"] = str(settings.corpus)
    server = surface("api.served" if settings.workers == 1 else "api.workers")
    with listen(settings.host, settings.port) as listener:
        listener.listen(QUEUE)  # a client that reads the address may connect at once
        url = url_of(listener)
        started, count = (lambda: typer.echo(url)), settings.workers
        if count == 1:
            server.serve_here(listener, started)
        else:
            server.serve_together("api.served:serve_here", count, listener, settings.data, started=started, grace=GRACE)


def url_of(listener: socket.socket) -> str:
    """The address of a bound socket, as clients write it."""
    address, chosen = listener.getsockname()[:2]
    return f"http://{f'[{address}]' if ':' in address else address}:{chosen}"


def _end(*_: object) -> None:
    """The server ends in order on SIGTERM; before it runs, and after, there is nothing to be ended."""
    raise SystemExit(0)


def surface(name: str) -> Any:
    """A module of the web application; the core does not import its surfaces, it is handed one by name."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise MissingExtra(f"{error.name} is not installed.", hint="Run make run.") from None


def listen(host: str, port: int) -> socket.socket:
    """A bound socket, so that the address is known, and a taken port is an error, before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where the socket says that it is TCP: else each reply on a connection
    # that is kept waits 40 ms for an acknowledgement
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, TypeError, ValueError) as error:  # a name may be none: 「ホスト..例」
        listener.close()
        why = getattr(error, "strerror", None) or "it is no address"
        raise AssistantError(f"{host}:{port} cannot be used: {why}.", hint="Choose another --host or --port.") from None
    return listener
