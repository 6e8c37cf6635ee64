"""Answers made in threads of the chats' own, and what they give on the way handed over to the event loop.

The core is synchronous.  An answer is made in one thread from its beginning to its end.  Answers that take long hold
up each other, and nobody else.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from .threads import Work, Workers

T = TypeVar("T")

WAITING = 512


class Threads:
    """At most ``most`` answers at once; at most ``waiting`` more wait their turn."""

    def __init__(self, most: int, waiting: int = WAITING) -> None:
        self._workers = Workers(most, waiting, name="chat")
        self._open: set[Drawn[Any]] = set()
        self._ends_in: tuple[float, Exception] | None = None

    @property
    def running(self) -> int:
        """How many answers are being made."""
        return self._workers.running

    @property
    def waiting(self) -> int:
        """How many wait for a thread."""
        return self._workers.waiting

    @property
    def open(self) -> int:
        """How many answers somebody is waiting for or being sent."""
        return len(self._open)

    def draw(self, make: Callable[[threading.Event], Iterator[T]], *, patience: float) -> Drawn[T]:
        """What the generator that ``make`` returns gives, as it comes; ``patience`` is in seconds.

        The generator is handed an event that is set once nobody waits for it any more.  Raises Crowded when too many
        wait.  The caller must :meth:`Drawn.stop` it in the end.
        """
        drawn = Drawn(self, make, patience)
        drawn.begin(self._workers)
        self._open.add(drawn)
        if self._ends_in is not None:
            drawn.end_in(*self._ends_in)
        return drawn

    def wind_up(self, grace: float, error: Exception) -> None:
        """From now on nothing takes longer than ``grace`` seconds: what is not done then ends with ``error``.

        Called in the event loop's thread, a signal handler included.
        """
        self._ends_in = grace, error
        for drawn in list(self._open):
            drawn.end_in(grace, error)

    def forget(self, drawn: Drawn[T]) -> None:
        """It has come to its end."""
        self._open.discard(drawn)


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a generator, with what it raised when it raised something."""

    error: BaseException | None = None


class Drawn(Generic[T]):
    """The items of a generator that runs in a thread; None stands for ``patience`` seconds in which nothing came.

    Iterating raises what the generator raised.  Everything but the generator belongs to the event loop.
    """

    def __init__(self, threads: Threads, make: Callable[[threading.Event], Iterator[T]], patience: float) -> None:
        self.left = False  # nobody is there any more
        self._threads = threads
        self._loop = asyncio.get_running_loop()
        self._come: deque[T | Ended] = deque()
        self._bell = asyncio.Event()
        self._rung = False
        self._gone = threading.Event()
        self._patience = patience
        self._work = Work(partial(contextvars.copy_context().run, self._draw, make))

    def begin(self, workers: Workers) -> None:
        """Put it into the queue.  Raises Crowded."""
        workers.put(self._work)

    def stop(self) -> None:
        """Nobody waits any more: the generator is closed at its next item, or never begun when it has no thread yet."""
        self._gone.set()
        self._work.cancel()
        self._threads.forget(self)

    def leave(self) -> None:
        """The client has gone: the iteration ends."""
        self.left = True
        self._end(None)

    def end_in(self, seconds: float, error: Exception) -> None:
        """Unless it is over by then, the iteration ends with that error."""
        self._loop.call_soon_threadsafe(self._loop.call_later, seconds, self._end, error)

    async def first(self, patience: float) -> T | None:
        """The first item; None when none has come within so many seconds."""
        return await self._next(patience)

    def at_hand(self) -> list[T]:
        """The items that have come already; what ends them stays for the iteration."""
        found: list[T] = []
        while self._come and not isinstance(item := self._come[0], Ended):
            found.append(item)
            self._come.popleft()
        return found

    async def last(self) -> T | None:
        """The last item, once the generator has ended; None when it gave nothing.  Raises what it raised."""
        found: T | None = None
        try:
            async for item in self:
                found = found if item is None else item
        finally:
            self.stop()
        return found

    def __aiter__(self) -> Drawn[T]:
        return self

    async def __anext__(self) -> T | None:
        return await self._next(self._patience)

    async def _next(self, patience: float) -> T | None:
        while not self._come:
            self._bell.clear()
            try:
                async with asyncio.timeout(patience):
                    await self._bell.wait()
            except TimeoutError:
                return None
        item = self._come.popleft()
        if not isinstance(item, Ended):
            return item
        self._come.append(item)  # whoever asks again hears the same
        if item.error is not None:
            raise item.error
        raise StopAsyncIteration

    def _end(self, error: Exception | None) -> None:
        """Whatever has come and not been taken is dropped."""
        self._come.clear()
        self._come.append(Ended(error))
        self._gone.set()
        self._work.cancel()
        self._bell.set()

    def _draw(self, make: Callable[[threading.Event], Iterator[T]]) -> None:
        """The thread's work, from the first item to the closed generator."""
        error: BaseException | None = None
        try:
            with closed(make(self._gone)) as items:
                for item in items:
                    self._hand(item)
                    if self._gone.is_set():
                        break
        except BaseException as raised:  # whatever it is, whoever waits must hear of it
            error = raised
        self._hand(Ended(error))

    def _hand(self, item: T | Ended) -> None:
        """Called in the thread: the loop is woken once for all that comes until it looks."""
        self._come.append(item)
        if not self._rung:
            self._rung = True
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody is there to hear it
                self._loop.call_soon_threadsafe(self._ring)

    def _ring(self) -> None:
        self._rung = False
        self._bell.set()


@contextlib.contextmanager
def closed(items: Iterator[T]) -> Iterator[Iterator[T]]:
    """Closes a generator when the block ends, in the thread that it ran in; other iterators have nothing to close."""
    try:
        yield items
    finally:
        close = getattr(items, "close", None)
        if close is not None:
            close()
