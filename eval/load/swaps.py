"""Indexes that are exchanged while questions are asked: none is lost, and nothing is left behind."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from assistant.index.files import replace_text
from assistant.index.manifest import BUILDS, CURRENT, current_name

from .asked import Asking, job_for
from .server import Running
from .streams import bodies

STREAMS = 10
BATCH = 200  # questions of one client; another follows it while indexes are still exchanged
GROWTH = 300 * 2**20  # bytes of memory that a process may have more at the end than after its first exchanges
HANDLES = 100  # files that a process may have open more: databases keep some for each thread
FIRST = 10  # exchanges after which memory is taken: allocators keep what they have had
PATIENCE = 30.0  # seconds within which an exchange must have been made


@dataclass(frozen=True, slots=True)
class Swaps:
    """How the exchanges went; bytes and handles are of all processes together."""

    made: int
    late: int  # exchanges that did not come in time
    asked: int
    broken: int
    memory: tuple[int, int]  # bytes after the first exchanges, after the last
    handles: tuple[int, int]
    processes: int

    def faults(self) -> Iterator[str]:
        """The bounds that do not hold, a line each."""
        if self.late:
            yield f"{self.late} of {self.made} exchanges were not made within {PATIENCE:g} s"
        if self.broken:
            yield f"{self.broken} broken streams during {self.made} exchanges (0)"
        if self.memory[1] - self.memory[0] > GROWTH * self.processes:
            yield f"memory grew by {(self.memory[1] - self.memory[0]) / 2**20:.0f} MiB in {self.made} exchanges"
        if self.handles[1] - self.handles[0] > HANDLES * self.processes:
            yield f"{self.handles[1] - self.handles[0]} more files are open after {self.made} exchanges"


def exchange(running: Running, questions: Sequence[str], count: int) -> Swaps:
    """``count`` exchanges, one after the other, while questions are asked all the time."""
    names = twins(running.index)
    asking = Asker(running.url, questions)
    late, memory, handles = 0, running.memory, running.handles
    for number, name in enumerate(islice(cycle(names), count), 1):
        replace_text(running.index / CURRENT, name + "\n")
        for process in running.processes:
            os.kill(process, signal.SIGHUP)
        late += not serve(running, name)
        asking.goes_on()
        if number == min(FIRST, count):
            memory, handles = running.memory, running.handles
    asked, broken = asking.end()
    time.sleep(1.0)
    return Swaps(
        count, late, asked, broken, (memory, running.memory), (handles, running.handles), len(running.processes)
    )


def twins(index: Path) -> tuple[str, str]:
    """The names of a build and of a copy of it under a later name, the copy first."""
    name = current_name(index)
    later = f"{int(name[:8]) + 1}{name[8:]}"  # the part of a name that guards the manifest stays
    shutil.copytree(index / BUILDS / name, index / BUILDS / later)
    return later, name


def serve(running: Running, name: str) -> bool:
    """Whether, before long, every process reads that build and no other."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if all(name in builds_of(process) for process in running.processes):
            return True
        time.sleep(0.05)
    return False


def builds_of(process: int) -> set[str]:
    """The builds whose manifests a process holds open: it does so as long as it reads them."""
    found = set()
    for handle in Path(f"/proc/{process}/fd").iterdir():
        try:
            path = Path(os.readlink(handle))
        except OSError:  # closed meanwhile
            continue
        if path.parent.parent.name == BUILDS:
            found.add(path.parent.name)
    return found


class Asker:
    """Asks without a pause until it is told to end."""

    def __init__(self, url: str, questions: Sequence[str]) -> None:
        self._url = url
        self._questions = cycle(questions)
        self._asked = self._broken = 0
        self._now = self._next()

    def _next(self) -> Asking:
        return Asking(job_for(self._url, bodies(list(islice(self._questions, BATCH))), STREAMS))

    def goes_on(self) -> None:
        """Another client takes over where one has done its part."""
        if self._now.is_done:
            self._count()
            self._now = self._next()

    def _count(self) -> None:
        met = self._now.met().met
        self._asked += len(met)
        self._broken += sum(bool(one.wrong) for one in met)

    def end(self) -> tuple[int, int]:
        """How many questions were asked in all, and how many of their streams were broken."""
        self._count()
        return self._asked, self._broken
