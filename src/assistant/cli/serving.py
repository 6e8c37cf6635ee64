"""``assistant serve``: the HTTP surface."""

from __future__ import annotations

import importlib
import signal
import socket
import sys
from typing import Annotated, Any

import typer

from ..errors import AssistantError, MissingExtra
from ..settings import Settings
from .asking import open_assistant
from .logs import show_warnings
from .options import CorpusOption, IndexOption, settings_for

SWITCH = 0.0005  # seconds that a thread may reckon before others have their turn


def register(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("serve")(serve)


def serve(
    host: Annotated[
        str | None, typer.Option("--host", help="Address to listen on [ASSISTANT_HOST, 127.0.0.1].")
    ] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Port [ASSISTANT_PORT, 8000].")] = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Serve the API and the chat page."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # a client that goes away must not end the server
    settings = settings_for(corpus, index)
    assistant = open_assistant(corpus, index)
    show_warnings()
    sys.setswitchinterval(SWITCH)  # the event loop is one thread among those that make answers
    listener = listen(host or settings.host, settings.port if port is None else port)
    address, chosen = listener.getsockname()[:2]
    listener.listen(128)  # a client that reads the address may connect at once
    typer.echo(f"http://{f'[{address}]' if ':' in address else address}:{chosen}")
    _server(assistant, settings).run(sockets=[listener])


def _server(assistant: object, settings: Settings) -> Any:
    """uvicorn with the web application; the core does not import its surfaces, it is handed one by name."""
    try:
        uvicorn = importlib.import_module("uvicorn")
        surface = importlib.import_module("api.app")
        web = importlib.import_module("api.web")
    except ModuleNotFoundError as error:
        raise MissingExtra(f"{error.name} is not installed.", hint="Run make run.") from None
    app = surface.create_app(assistant, web=web.Web.of(settings))
    return uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=5))


def listen(host: str, port: int) -> socket.socket:
    """A bound socket, so that the address is known, and a taken port is an error, before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where the socket says that it is TCP: else each reply on a connection
    # that is kept waits 40 ms for an acknowledgement
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise AssistantError(
            f"{host}:{port} cannot be used: {error.strerror}.", hint="Choose another --port."
        ) from None
    return listener
