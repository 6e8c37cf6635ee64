"""One answer is reckoned at a time, many may wait for a language model.

Threads that reckon share the interpreter's lock: sixty of them at once take no less time in all, and whoever else needs
it, such as ``/healthz``, waits for each of them in turn.
"""

from __future__ import annotations

import threading
from types import TracebackType

RECKONING = 1
LONGEST = 1.0  # seconds; an answer takes some hundredths, on a busy machine some tenths


class Turnstile:
    """Lets ``most`` in at once.  The first in the queue waits at most ``longest`` seconds: nobody stays stuck behind
    answers that take long or hang without having left."""

    def __init__(self, most: int = RECKONING, longest: float = LONGEST) -> None:
        self._door = threading.Lock()
        self._free = threading.BoundedSemaphore(most)
        self._longest = longest

    def enter(self) -> Place:
        """Waits in the queue; gives the place inside."""
        with self._door:
            held = self._free.acquire(timeout=self._longest)
        return Place(self._free if held else None)


class Place:
    """A place inside, until :meth:`leave` or the end of the block; without ``held`` one that takes no room."""

    def __init__(self, held: threading.BoundedSemaphore | None = None) -> None:
        self._held = held

    def leave(self) -> None:
        """Makes room for the next one; a second time it does nothing."""
        held, self._held = self._held, None
        if held is not None:
            held.release()

    def __enter__(self) -> Place:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.leave()
