"""The real server, started by its own command on a copy of the index, and what the system says of its processes."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.index.manifest import BUILDS, CURRENT, current_name

from ..serving import bare_environment, started

PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    url: str
    process: subprocess.Popen[bytes]
    index: Path  # the folder that it serves, free to be changed; the log is beside it

    @property
    def processes(self) -> list[int]:
        """The ids of those that answer: the workers, or the one process."""
        own = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        children = [int(child) for child in Path(own).read_text().split()]
        return [child for child in children if "multiprocessing.spawn" in command(child)] or [self.process.pid]

    @property
    def memory(self) -> int:
        """Bytes of memory that they hold together."""
        return sum(int(Path(f"/proc/{one}/statm").read_text().split()[1]) * PAGE for one in self.processes)

    @property
    def handles(self) -> int:
        """Files and connections that they have open together."""
        return sum(len(os.listdir(f"/proc/{one}/fd")) for one in self.processes)

    @property
    def reckoned(self) -> float:
        """Seconds of processor time that they have used together."""
        fields = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in self.processes]
        return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")

    @property
    def log(self) -> str:
        """What it has written to its log."""
        return (self.index.parent / "log").read_text("utf-8", "replace")


def command(process: int) -> str:
    """A process's command line."""
    return Path(f"/proc/{process}/cmdline").read_bytes().decode("utf-8", "replace")


@contextlib.contextmanager
def served(index: Path, workers: int) -> Iterator[Running]:
    """``assistant serve`` on a copy of ``index``, until the block ends.  Raises NotServing when it does not start."""
    with tempfile.TemporaryDirectory(prefix="assistant-load-") as folder:
        own = copied(index, Path(folder) / "index")
        environment = bare_environment(ASSISTANT_DATA=str(Path(folder) / "data"), ASSISTANT_SWAP_SECONDS="0")
        arguments = ["assistant", "serve", "--port", "0", "--workers", str(workers), "--index", str(own)]
        with started(["-m", *arguments], environment, Path(folder) / "log") as (url, process):
            yield Running(url, process, own)


def copied(index: Path, folder: Path) -> Path:
    """A copy of the build that is served, as an index of its own."""
    name = current_name(index)
    shutil.copytree(index / BUILDS / name, folder / BUILDS / name)
    (folder / CURRENT).write_text(name + "\n", "ascii")
    return folder


def settled(running: Running, handles: int, seconds: float = 15.0) -> bool:
    """Whether, in that time, no more than so many files and connections are open and no processor time is used."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        before = running.reckoned
        time.sleep(1.0)
        if running.handles <= handles and running.reckoned - before <= 0.1 * len(running.processes):
            return True
    return False
