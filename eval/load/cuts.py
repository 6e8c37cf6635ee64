"""Clients that go away at random points: nothing runs on for them."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from .asked import ask, job_for
from .server import Running, settled
from .streams import bodies

STREAMS = 50
LONGEST = 0.5  # seconds within which each of them goes
HANDLES = 4  # files that a process may have open more
GAUGES = ("assistant_chats_running", "assistant_chats_waiting", "assistant_streams_open")


@dataclass(frozen=True, slots=True)
class Cuts:
    """What clients that went away have left behind."""

    clients: int
    left: int  # answers and streams that go on, by the server's own count
    settled: bool  # whether their connections are closed and no processor time is used
    after: int  # streams that are broken when questions are asked as ever afterwards

    def faults(self) -> Iterator[str]:
        """The bounds that do not hold, a line each."""
        if self.left:
            yield f"{self.left} answers or streams go on after {self.clients} clients were cut (0)"
        if not self.settled:
            yield f"connections stay open, or work goes on, after {self.clients} clients were cut"
        if self.after:
            yield f"{self.after} broken streams after {self.clients} clients were cut (0)"


def cut(running: Running, questions: Sequence[str], count: int) -> Cuts:
    """``count`` clients that each ask a question and go within ``LONGEST`` seconds."""
    handles = running.handles + HANDLES * len(running.processes)
    asked = list(islice(cycle(questions), count))
    ask(job_for(running.url, bodies(asked), STREAMS, cut=LONGEST))
    quiet = settled(running, handles)
    after = ask(job_for(running.url, bodies(asked[:STREAMS]), STREAMS)).met
    return Cuts(count, going_on(running.url), quiet, sum(bool(one.wrong) for one in after))


def going_on(url: str, seconds: float = 10.0) -> int:
    """How many answers and streams the server counts, once there are none or that time is over."""
    until = time.monotonic() + seconds
    while (found := sum(gauges(url).values())) and time.monotonic() < until:
        time.sleep(0.2)
    return found


def gauges(url: str) -> dict[str, int]:
    """What the server says of itself at ``/metrics``.  A count that it does not tell is a KeyError."""
    with urllib.request.urlopen(f"{url}/metrics", timeout=30) as reply:
        lines = [line.split() for line in reply.read().decode().splitlines() if not line.startswith("#")]
    told = {name: int(float(value)) for name, value in lines if "{" not in name}
    return {name: told[name] for name in GAUGES}
