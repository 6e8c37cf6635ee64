"""What tools do, in threads: bounded, never on the event loop, and ended when nobody waits any more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..drawing import Threads

PATIENCE = 60.0  # seconds after which the wait is looked at again; nothing else happens then


@dataclass(frozen=True, slots=True)
class Told:
    """What a tool gives: the structured value, and the same as text."""

    value: dict[str, Any]
    text: str


class Cancelled(Exception):
    """Whoever asked has left; nobody hears of it."""


async def done(threads: Threads, make: Callable[[threading.Event], Iterator[Told]]) -> Told:
    """What ``make`` gives, made in a thread.

    It is handed an event that is set when the request is cancelled.  Raises Crowded when too many wait, and what it
    raises.
    """
    told = await threads.draw(make, patience=PATIENCE).last()
    if told is None:
        raise Cancelled
    return told
