"""The HTTP client of OpenAI-compatible servers: it reads no more of a reply than an answer can need.

The provider's library would hold a body of any size in memory, as one line of a stream or as one error.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from .dialects import as_events, with_reason
from .faults import fault

MOST_BYTES = 2_000_000  # of one body: many times what the longest answer takes as server-sent events


def at_home(url: str) -> bool:
    """Whether an address is this machine's own, which no proxy of the environment can reach."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def bounded_client(base_url: str, *, silence: float, whole: float) -> Any:
    """A client for ``ChatOpenAI(http_client=…)`` that follows no redirect.

    A read ends after ``silence`` seconds without a byte; a body after ``whole`` seconds or :data:`MOST_BYTES`, with the
    ModelFault ``late`` or ``too_long``.
    """
    from openai import DefaultHttpxClient

    # httpx or httpx2, whichever this version of the client stands on: a body must be a child of its own class
    library = import_module(DefaultHttpxClient.__mro__[1].__module__.partition(".")[0])
    return DefaultHttpxClient(
        timeout=silence,
        trust_env=not at_home(base_url),
        follow_redirects=False,
        headers={"Accept-Encoding": "identity"},  # packed bytes would not tell how much they unpack to
        event_hooks={"response": [_bounding(library.SyncByteStream, whole)]},
    )


def _bounding(stream_class: type, whole: float) -> Callable[[Any], None]:
    """A hook that puts a counter before each response's body, and has every server speak in one way."""

    class Bounded(stream_class):  # type: ignore[misc]
        """The same bytes, until there were too many of them or they took too long."""

        def __init__(self, stream: Any, retell: Callable[[Iterator[bytes]], Iterator[bytes]]) -> None:
            self._stream = stream
            self._retell = retell
            self._until = time.monotonic() + whole

        def __iter__(self) -> Iterator[bytes]:
            return self._retell(self._counted())

        def _counted(self) -> Iterator[bytes]:
            count = 0
            for part in self._stream:
                count += len(part)
                if count > MOST_BYTES:
                    raise fault("too_long")
                if time.monotonic() > self._until:
                    raise fault("late")
                yield part

        def close(self) -> None:
            self._stream.close()

    def bound(response: Any) -> None:
        if response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
            raise fault("garbled")
        response.stream = Bounded(response.stream, _way_of(response))

    return bound


def _way_of(response: Any) -> Callable[[Iterator[bytes]], Iterator[bytes]]:
    if response.status_code != 200:
        return iter
    whole = response.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"
    return as_events if whole else with_reason
