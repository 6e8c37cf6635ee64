"""The server of the settings: what is opened, in which order, and how it ends."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from mcp.server.lowlevel import Server

from assistant.cli.logs import show_logs
from assistant.settings import Settings

from ..served import SWITCH
from ..standing import Lookout, Standing
from . import over_http, over_stdio
from .server import make_server


def serve_stdio(settings: Settings) -> None:
    """Serve one client on stdin and stdout until it ends.  Raises AssistantError when nothing could be answered."""
    with over_stdio.own_stdout() as target, opened(settings) as server:
        over_stdio.run(server, target)


def serve_http(settings: Settings, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve clients over HTTP until a signal ends it.  Raises AssistantError when nothing could be answered."""
    with opened(settings) as server:
        over_http.run(server, settings, listener, ready)


@contextmanager
def opened(settings: Settings) -> Iterator[Server[Any]]:
    """The server in front of the build that stands; a newer one takes its place while it is served."""
    show_logs(settings.log_format)
    sys.setswitchinterval(SWITCH)  # the event loop is one thread among those that make answers
    standing = Standing.of(settings)
    lookout = Lookout(standing, settings.swap_seconds)
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: lookout.wake())
    try:
        yield make_server(standing, settings)
    finally:
        lookout.close()
