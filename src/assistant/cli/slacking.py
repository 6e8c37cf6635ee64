"""``assistant slack``: the Slack bot."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec
from typing import Annotated, Any

import typer

from ..errors import MissingExtra
from ..settings import Settings
from .options import CorpusOption, IndexOption, settings_for
from .serving import GRACE, QUEUE, listen, own_signals, surface, url_of

EXTRA = ".venv/bin/pip install -e '.[slack]'"
EVENTS = "/slack/events"
CONNECTED = "connected to Slack (Socket Mode)"


def register(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("slack")(slack)


def slack(
    mode: Annotated[
        str, typer.Option("--mode", help="socket, http, or auto: whatever is set up, both where both are.")
    ] = "auto",
    host: Annotated[
        str | None, typer.Option("--host", help="Address to listen on [ASSISTANT_HOST, 127.0.0.1].")
    ] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Port [ASSISTANT_PORT, 8000].")] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=64, help="Processes behind HTTP [ASSISTANT_WORKERS].")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="See whether Slack is set up, and what is missing.")] = False,
    manifest: Annotated[
        bool, typer.Option("--manifest", help="Print the manifest to make the Slack app from.")
    ] = False,
    url: Annotated[str, typer.Option("--url", help="With --manifest: the server's https address, for HTTP.")] = "",
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Answer in Slack: over Socket Mode from a laptop, over HTTP from a server."""
    if manifest:
        typer.echo(surface("api.slack.manifest").manifest_text(url).rstrip("\n"))
        return
    if url:
        raise typer.BadParameter("it goes with --manifest.", param_hint="--url")
    given = {"host": host, "port": port, "workers": workers}
    settings = settings_for(corpus, index).model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )
    if check:
        raise typer.Exit(checked(settings))
    entrances = part("api.slack.entrances").entrances(settings, mode)
    with own_signals():
        _serve(settings, entrances)


def checked(settings: Settings) -> int:
    """Prints how Slack is set up; gives the exit status: 0 when nothing is missing."""
    checkup = part("api.slack.checkup")
    found = checkup.checkup(settings)
    typer.echo(checkup.report(found).rstrip("\n"))
    return int(any(point.ok is False for point in found))


def _serve(settings: Settings, entrances: Any) -> None:
    os.environ["ASSISTANT_INDEX"] = str(settings.index)  # each process reads the settings for itself
    os.environ["ASSISTANT_CORPUS"] = str(settings.corpus)
    for name, is_open in (("APP_TOKEN", entrances.socket), ("SIGNING_SECRET", entrances.http)):
        if not is_open:  # what this mode leaves out is not there
            os.environ.pop(f"ASSISTANT_SLACK_{name}", None)
    if not entrances.http:
        part("api.slack.served").serve_socket(lambda: typer.echo(CONNECTED))
        return
    server = part("api.slack.served" if settings.workers == 1 else "api.workers")
    with listen(settings.host, settings.port) as listener:
        listener.listen(QUEUE)  # a client that reads the address may connect at once
        started = _teller(url_of(listener) + EVENTS, entrances.socket)
        if settings.workers == 1:
            server.serve_here(listener, started)
        else:
            server.serve_together(
                "api.slack.served:serve_here", settings.workers, listener, settings.data, started=started, grace=GRACE
            )


def _teller(address: str, is_connected: bool) -> Callable[[], None]:
    """Prints what is ready: the address first."""
    return lambda: typer.echo("\n".join([address, *([CONNECTED] if is_connected else [])]))


def part(name: str) -> Any:
    """A module of the bot.  Raises MissingExtra when Slack's libraries are not installed."""
    for library in ("slack_bolt", "slack_sdk"):
        if find_spec(library) is None:
            raise MissingExtra(f"{library} is not installed.", hint=f"Run {EXTRA}.")
    return surface(name)
