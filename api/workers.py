"""Several processes behind one socket: started together, started again when one dies, ended together.

They are spawned, not forked: a library that has made threads may hang in a fork.
"""

from __future__ import annotations

import importlib
import logging
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import FrameType

from assistant.errors import AssistantError

from .sharing import forget_process, shared_figures

READY = ""  # what a worker tells when it can serve; anything else is why it cannot
START = 120.0  # seconds within which a worker must have told
PAUSES = (0.0, 1.0, 5.0, 30.0)  # seconds before a worker that died again and again is started once more
STEADY = 60.0  # seconds after which a death is no longer one of a row

_spawn = multiprocessing.get_context("spawn")
log = logging.getLogger(__name__)

#: What a worker does: serve on the socket until it is told to end; tell that it is ready, or raise AssistantError.
Serve = Callable[[socket.socket, Callable[[], None]], None]
#: Where that function is, as ``module:name``: the parent need not load what only the workers use.
Place = str


class Worker:
    """One process."""

    def __init__(self, serve: Place, listener: socket.socket) -> None:
        self.told, telling = _spawn.Pipe(duplex=False)
        self.began = time.monotonic()
        self.process = _spawn.Process(target=work, args=(serve, listener, telling), name="worker")
        self.process.start()
        telling.close()  # the worker's end is the worker's alone: when it dies, reading ends

    def check_started(self) -> None:
        """Waits until it can serve.  Raises AssistantError when it cannot."""
        problem = "A worker did not start in time."
        try:
            if self.told.poll(START):
                problem = self.told.recv()
        except EOFError:
            problem = "A worker ended before it could serve: the lines above say why."
        if problem != READY:
            raise AssistantError(problem)

    def send(self, signum: int) -> None:
        """A signal, if it is still there."""
        if self.process.pid is not None and self.process.is_alive():
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, signum)

    def end(self, seconds: float) -> None:
        """Waits for its end; when that does not come in time it is made."""
        self.process.join(max(seconds, 0.0))
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.told.close()


class Crew:
    """So many workers, for as long as nobody says stop."""

    def __init__(self, serve: Place, count: int, listener: socket.socket) -> None:
        self._serve = serve
        self._listener = listener
        self._count = count
        self._workers: list[Worker] = []
        self._deaths = 0
        self._signals: list[int] = []
        self._wake, self._bell = socket.socketpair()
        self._wake.setblocking(False)
        self._bell.setblocking(False)

    def run(self, started: Callable[[], None], grace: float) -> None:
        """Serves until SIGTERM or SIGINT; then every worker has ``grace`` seconds to end.

        ``started`` is called when all of them can serve.  Raises AssistantError when one cannot start at all.
        """
        for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(signum, self._heard)
        signal.set_wakeup_fd(self._bell.fileno(), warn_on_full_buffer=False)
        try:
            self._workers = [Worker(self._serve, self._listener) for _ in range(self._count)]
            for worker in self._workers:
                worker.check_started()
            started()
            while self._goes_on():
                self._replace_dead()
                self._rest()
        finally:
            signal.set_wakeup_fd(-1)
            self._end(grace)

    def _heard(self, signum: int, frame: FrameType | None) -> None:
        self._signals.append(signum)

    def _goes_on(self) -> bool:
        heard, self._signals = self._signals, []
        if signal.SIGHUP in heard:
            for worker in self._workers:
                worker.send(signal.SIGHUP)
        return not {signal.SIGTERM, signal.SIGINT} & set(heard)

    def _rest(self) -> None:
        """Until a worker ends or a signal comes."""
        wait([*(worker.process.sentinel for worker in self._workers), self._wake])
        with suppress(BlockingIOError):
            while self._wake.recv(64):
                pass

    def _replace_dead(self) -> None:
        for place, worker in enumerate(self._workers):
            if worker.process.is_alive():
                continue
            steady = time.monotonic() - worker.began > STEADY
            self._deaths = 0 if steady else self._deaths + 1
            log.warning("worker %s has died (%s): another is started", worker.process.pid, worker.process.exitcode)
            worker.end(0)
            forget_process(worker.process.pid)
            wait([self._wake], PAUSES[min(self._deaths, len(PAUSES) - 1)])
            self._workers[place] = Worker(self._serve, self._listener)

    def _end(self, grace: float) -> None:
        for worker in self._workers:
            worker.send(signal.SIGTERM)
        until = time.monotonic() + grace
        for worker in self._workers:
            worker.end(until - time.monotonic())
        self._wake.close()
        self._bell.close()


def serve_together(
    serve: Place, count: int, listener: socket.socket, data: Path, *, started: Callable[[], None], grace: float
) -> None:
    """So many workers serve until a signal ends them, their figures counted together in the data folder.

    Raises AssistantError when one cannot start, or the folder cannot be written.
    """
    with shared_figures(data):
        Crew(serve, count, listener).run(started, grace)


def work(serve: Place, listener: socket.socket, telling: Connection) -> None:
    """A worker's whole life."""
    threading.Thread(target=_follow, name="parent", daemon=True).start()
    with suppress(KeyboardInterrupt):  # Ctrl+C reaches every process of the terminal; it has ended in order
        module, _, name = serve.partition(":")
        own: Serve = getattr(importlib.import_module(module), name)
        try:
            own(listener, lambda: telling.send(READY))
        except AssistantError as error:
            with suppress(OSError):
                telling.send(str(error))
            raise SystemExit(1) from None


def _follow() -> None:
    """Without the parent nobody would end this process."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
