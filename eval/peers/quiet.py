"""Keeps a peer at home: no telemetry, and no connection beyond this machine whatever it tries."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, MutableMapping
from typing import Any

#: What switches off the telemetry, the tracing and the downloads of the peers and of what they import.
SWITCHES = {
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
LOOPBACK = ("127.", "::1", "localhost")
_EVENTS = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}


def switch_off(environment: MutableMapping[str, str] = os.environ) -> None:
    """Sets every switch; to be called before a peer is imported."""
    environment.update(SWITCHES)


def stay_home(refused: Callable[[str], None], hook: Callable[[Any], None] = sys.addaudithook) -> None:
    """Makes every attempt to reach another machine an OSError, and tells ``refused`` its name.

    Holds to the end of the process, since Python's audit hooks cannot be taken back.
    """

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _EVENTS and (host := _host(arguments[_EVENTS[event]])) is not None:
            refused(host)
            raise OSError(f"no network in a comparison: {host} was asked for")

    hook(watch)


def _host(address: Any) -> str | None:
    """The name of another machine; None for this one and for a socket that is a file."""
    if isinstance(address, tuple):
        address = address[0] if address else None
        named = _text(address)
    else:
        named = "" if isinstance(address, str) and address.startswith("/") else _text(address)
    return None if not named or named.startswith(LOOPBACK) else named


def _text(host: Any) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
