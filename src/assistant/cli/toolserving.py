"""``assistant mcp``: the assistant as tools and resources of the Model Context Protocol."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import Annotated, Any

import typer

from ..errors import MissingExtra
from ..settings import Settings
from .options import CorpusOption, IndexOption, settings_for
from .serving import listen, own_signals, url_of

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Transport(StrEnum):
    """How clients are spoken to."""

    STDIO = "stdio"
    HTTP = "http"
    STREAMABLE_HTTP = "streamable-http"


def register(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("mcp")(serve_tools)


def serve_tools(
    transport: Annotated[
        Transport, typer.Option("--transport", help="stdio (a client starts it) or http.")
    ] = Transport.STDIO,
    http: Annotated[bool, typer.Option("--http", help="The same as --transport http.")] = False,
    host: Annotated[
        str | None, typer.Option("--host", help="With http: address to listen on [ASSISTANT_HOST, 127.0.0.1].")
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="With http: port [ASSISTANT_PORT, 8000].")
    ] = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Serve the assistant to other programs' language models (MCP): tools and documents."""
    given = {"host": host, "port": port}
    settings = settings_for(corpus, index).model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )
    with own_signals():
        surface = _surface()
        if http or transport is not Transport.STDIO:
            _serve_http(surface, settings)
        else:
            surface.serve_stdio(settings)


def _serve_http(surface: Any, settings: Settings) -> None:
    with listen(settings.host, settings.port) as listener:
        url = url_of(listener)
        if settings.host not in LOOPBACK and not settings.mcp_hosts:
            typer.echo(
                "assistant: requests by any other Host header than this address and localhost are refused: "
                "name those that clients use in ASSISTANT_MCP_HOSTS.",
                err=True,
            )
        surface.serve_http(settings, listener, lambda: typer.echo(f"{url}/mcp"))


def _surface() -> Any:
    """The module that serves; the core does not import its surfaces, it is handed one by name."""
    try:
        return import_module("api.mcp_server.serving")
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"assistant mcp needs {error.name}, which is not installed.",
            hint="Run .venv/bin/pip install -e '.[mcp]' in the project's folder.",
        ) from None
