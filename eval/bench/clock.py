"""Clocks: a call, a whole process, and what many of either come to."""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Timing:
    """Many measurements of one thing; ``median``, ``p95`` and ``p99`` are seconds."""

    median: float
    p95: float
    count: int
    p99: float = 0.0


class ProcessFailed(Exception):
    """A process that was to be measured did not succeed; the message is one line."""


def summary(seconds: Sequence[float]) -> Timing:
    """Median, 95th and 99th percentile (nearest rank) of at least one measurement."""
    ordered = sorted(seconds)
    p95, p99 = (ordered[math.ceil(share * len(ordered)) - 1] for share in (0.95, 0.99))
    return Timing(statistics.median(ordered), p95, len(ordered), p99)


def time_calls(calls: Iterable[Callable[[], object]]) -> Timing:
    """Each call once, in order."""
    seconds = []
    for call in calls:
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return summary(seconds)


def time_process(command: Sequence[str], runs: int, index: Path | None = None) -> Timing:
    """A whole process, from its start to its end, ``runs`` times.  Raises ProcessFailed with its last line."""
    return time_calls([lambda: run(command, index)] * runs)


def run(command: Sequence[str], index: Path | None = None) -> str:
    """What a process prints.  The caller's own settings are kept from it.  Raises ProcessFailed."""
    done = subprocess.run(command, env=_environment(index), capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        told = (done.stderr or done.stdout).strip().splitlines() or ["nothing was printed"]
        raise ProcessFailed(f"{' '.join(command[:3])} ended with {done.returncode}: {told[-1]}")
    return done.stdout


def _environment(index: Path | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    return kept if index is None else {**kept, "ASSISTANT_INDEX": str(index)}
