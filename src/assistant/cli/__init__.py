"""The command line.  ``assistant --help`` lists the commands.

Exit status: 0 answered or abstained, 1 a named error (one line on stderr), 2 wrong usage.
"""

from __future__ import annotations

import signal
import sys

import typer

from ..errors import AssistantError
from . import asking, browsing, building, configuring, serving, slacking, toolserving
from .logs import hide_warnings

app = typer.Typer(
    name="assistant",
    help="Answers about support programs from the documents themselves; no figure is invented.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
building.register(app)
asking.register(app)
browsing.register(app)
configuring.register(app)
serving.register(app)
slacking.register(app)
toolserving.register(app)


def main() -> None:
    """Run the command line; a named error is one line on stderr and exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Japanese must print under LANG=C too
            stream.reconfigure(encoding="utf-8", errors="replace")
    if hasattr(signal, "SIGPIPE"):  # assistant facts | head ends quietly, as other commands do
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    hide_warnings()
    try:
        app()
    except AssistantError as error:
        print(f"assistant: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
