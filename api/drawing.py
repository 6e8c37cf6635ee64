"""Threads of the chats' own: answers that take long hold up each other, and nobody else.

The core is synchronous.  An answer is made in one thread from its beginning to its end, and what it gives on the way is
handed over to the event loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


class Threads:
    """At most ``most`` answers at once; more wait their turn."""

    def __init__(self, most: int) -> None:
        self._pool = ThreadPoolExecutor(most, thread_name_prefix="chat")

    def draw(self, make: Callable[[threading.Event], Iterator[T]], *, patience: float) -> Drawn[T]:
        """What the generator that ``make`` returns gives, as it comes; ``patience`` is in seconds.

        The generator is handed an event that is set once nobody waits for it any more.
        """
        return Drawn(self._pool, make, patience)


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a generator, with what it raised when it raised something."""

    error: BaseException | None = None


class Drawn(Generic[T]):
    """The items of a generator that runs in a thread; None stands for ``patience`` seconds in which nothing came.

    Iterating raises what the generator raised.
    """

    def __init__(
        self, pool: ThreadPoolExecutor, make: Callable[[threading.Event], Iterator[T]], patience: float
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._come: asyncio.Queue[T | Ended] = asyncio.Queue()
        self._gone = threading.Event()
        self._patience = patience
        self._job = pool.submit(contextvars.copy_context().run, self._draw, make)

    def stop(self) -> None:
        """Nobody waits any more: the generator is closed at its next item, or never begun when it has no thread yet."""
        self._gone.set()
        self._job.cancel()

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
        try:
            come = await asyncio.wait_for(self._come.get(), self._patience)
        except TimeoutError:
            return None
        if not isinstance(come, Ended):
            return come
        if come.error is not None:
            raise come.error
        raise StopAsyncIteration

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
        with contextlib.suppress(RuntimeError):  # the loop has ended: nobody is there to hear it
            self._loop.call_soon_threadsafe(self._come.put_nowait, item)


@contextlib.contextmanager
def closed(items: Iterator[T]) -> Iterator[Iterator[T]]:
    """Closes a generator when the block ends, in the thread that it ran in; other iterators have nothing to close."""
    try:
        yield items
    finally:
        close = getattr(items, "close", None)
        if close is not None:
            close()
