"""A few threads for much work, first come, first served, with a queue that can be full.

The standard library's pool has no bound on what waits, and the end of the program waits for its threads: for an answer
whose language model hangs, that is too long.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

IDLE = 30.0  # seconds after which a thread without work ends


class Crowded(Exception):
    """Too much waits already."""


class Work:
    """Something to be done once, unless it is cancelled before it has begun."""

    def __init__(self, do: Callable[[], object]) -> None:
        self.do = do
        self.workers: Workers | None = None

    def cancel(self) -> None:
        """It is not begun any more; what has begun goes on."""
        if self.workers is not None:
            self.workers.drop(self)


class Workers:
    """At most ``most`` threads, made when they are needed; at most ``room`` pieces of work wait for one."""

    def __init__(self, most: int, room: int, *, name: str) -> None:
        self._most = most
        self._room = room
        self._name = name
        self._changed = threading.Condition()
        self._queue: deque[Work] = deque()
        self._threads = 0
        self._running = 0

    @property
    def running(self) -> int:
        """How much is being done."""
        return self._running

    @property
    def waiting(self) -> int:
        """How much waits for a thread."""
        with self._changed:
            return max(len(self._queue) - (self._most - self._running), 0)

    def put(self, work: Work) -> None:
        """Have it done.  Raises Crowded when too much waits, or when the machine gives no thread at all."""
        with self._changed:
            if self._running + len(self._queue) >= self._most + self._room:
                raise Crowded
            work.workers = self
            self._queue.append(work)
            if self._threads < min(self._most, self._running + len(self._queue)):
                self._hire(work)
            self._changed.notify()

    def drop(self, work: Work) -> None:
        """Take it out of the queue if it is still there."""
        with self._changed:
            if work in self._queue:
                self._queue.remove(work)

    def _hire(self, work: Work) -> None:
        thread = threading.Thread(target=self._serve, name=f"{self._name}-{self._threads}", daemon=True)
        try:
            thread.start()
        except RuntimeError:  # no more threads: those there are do it, if there are any
            if not self._threads:
                self._queue.remove(work)
                raise Crowded from None
        else:
            self._threads += 1

    def _serve(self) -> None:
        while (work := self._taken()) is not None:
            try:
                work.do()
            finally:
                with self._changed:
                    self._running -= 1
            work = None

    def _taken(self) -> Work | None:
        """The next piece of work; None when the thread is not needed any more."""
        with self._changed:
            if not self._changed.wait_for(lambda: bool(self._queue), IDLE):
                self._threads -= 1
                return None
            self._running += 1
            return self._queue.popleft()
