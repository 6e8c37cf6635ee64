"""Lines from one file descriptor and to another, in threads that nobody waits for.

A thread that waits in ``read`` cannot be woken.  These ones are daemons, and hold no file object of Python's, so that
the program can end while they wait.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections.abc import Callable
from queue import SimpleQueue

LONGEST = 4 * 1024 * 1024  # bytes of a line
AHEAD = 64  # lines that are read before anybody wants them
PIECE = 64 * 1024
LAST = 2.0  # seconds in which what was said last must have been written
TOO_LONG = b"too long"  # in place of a line that is: compared by identity


class Lines:
    """The lines that come from a descriptor, without their ends."""

    def __init__(self, source: int) -> None:
        self._source = source
        self._loop = asyncio.get_running_loop()
        self._come: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._room = threading.Semaphore(AHEAD)
        threading.Thread(target=self._read, name="stdin", daemon=True).start()

    def __aiter__(self) -> Lines:
        return self

    async def __anext__(self) -> bytes:
        line = await self._come.get()
        if line is None:
            raise StopAsyncIteration
        self._room.release()
        return line

    def _read(self) -> None:
        held, skips = bytearray(), False
        while True:
            try:
                piece = os.read(self._source, PIECE)
            except OSError:
                piece = b""
            *whole, rest = piece.split(b"\n")
            for part in whole:
                self._hand(TOO_LONG if skips or len(held) + len(part) > LONGEST else bytes(held + part))
                held, skips = bytearray(), False
            held += rest
            if len(held) > LONGEST:
                held, skips = bytearray(), True
            if not piece:
                break
        if held:
            self._hand(bytes(held))
        self._put(None)

    def _hand(self, line: bytes) -> None:
        self._room.acquire()
        self._put(line)

    def _put(self, line: bytes | None) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended: nobody wants it
            self._loop.call_soon_threadsafe(self._come.put_nowait, line)


class Writing:
    """What is written to a descriptor, in order; ``broken`` is called when nobody reads it any more."""

    def __init__(self, target: int, broken: Callable[[], None]) -> None:
        self._target = target
        self._broken = broken
        self._loop = asyncio.get_running_loop()
        self._wanted: SimpleQueue[tuple[bytes, asyncio.Event] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="stdout", daemon=True)
        self._thread.start()

    async def write(self, data: bytes) -> None:
        """Returns when it is written."""
        done = asyncio.Event()
        self._wanted.put((data, done))
        await done.wait()

    def close(self) -> None:
        """Writes no more; waits a little for what was said last."""
        self._wanted.put(None)
        self._thread.join(LAST)

    def _write(self) -> None:
        while (wanted := self._wanted.get()) is not None:
            data, done = wanted
            try:
                while data:
                    data = data[os.write(self._target, data) :]
            except OSError:
                self._tell(self._broken)
                return
            self._tell(done.set)

    def _tell(self, what: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(what)
