"""``python -m eval.load [--workers N] [--swaps N] [--cuts N] [--results FILE]``: exit status 1 when a bound fails."""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import random
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import AssistantError

from ..serving import NotServing, started
from ..suite.case import CASES, CaseProblem, read_cases
from .asked import LoadFailed
from .bare import EVENTS
from .cuts import cut
from .server import Running, served
from .streams import Speed, bodies, speeds
from .swaps import exchange
from .table import bounds_line, cuts_line, swaps_line, table

TITLE = "# Load: `make load`"
SEED = 7


def main(arguments: list[str] | None = None) -> int:
    """Runs every measurement; the exit status says whether all bounds hold."""
    options = _options(arguments)
    try:
        asked = questions(options.cases)
        with served(options.index, options.workers) as running:
            text, faults = measured(running, asked, options)
    except (AssistantError, CaseProblem, LoadFailed, NotServing, OSError) as error:
        print(f"load: {error}", file=sys.stderr)
        return 1
    print(text)
    if options.results:
        options.results.write_text(f"{TITLE}\n\n{text}\n", "utf-8")
    for fault in faults:
        print(f"load: {fault}", file=sys.stderr)
    return int(bool(faults))


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.load", description=__doc__)
    parser.add_argument("--index", type=Path, default=Path("index"), help="a built index (default: index)")
    parser.add_argument("--cases", type=Path, default=CASES, help=f"folder of questions (default: {CASES})")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes that answer")
    parser.add_argument("--questions", type=int, default=600, help="different questions to ask (default: 600)")
    parser.add_argument("--swaps", type=int, default=200, help="exchanges of the index (default: 200)")
    parser.add_argument("--cuts", type=int, default=1000, help="clients that are cut off (default: 1000)")
    parser.add_argument("--results", type=Path, help="file for the table")
    return parser.parse_args(arguments)


def questions(folder: Path) -> list[str]:
    """The questions of the cases, each once, in an order that is the same every time."""
    found = sorted({placed.case.question for placed in read_cases(folder, "tune")})
    random.Random(SEED).shuffle(found)
    return found


def measured(running: Running, asked: list[str], options: argparse.Namespace) -> tuple[str, list[str]]:
    """What is printed, and the bounds that do not hold."""
    fresh, others = asked[: options.questions], asked[-50:]
    with bare(running, others[0], options.workers) as least_running:
        least = list(asked_of(least_running, "bare route", fresh, repeated=True))
    ours = [
        *asked_of(running, "different questions", fresh, repeated=False),
        *asked_of(running, "repeated questions", others, repeated=True),
    ]
    gone = cut(running, others, options.cuts)
    swapped = exchange(running, others, options.swaps)
    parts = [machine(options.workers), table(ours, least), cuts_line(gone), swaps_line(swapped), bounds_line()]
    faults = [*(fault for one in ours for fault in one.faults()), *gone.faults(), *swapped.faults()]
    return "\n\n".join(parts), faults


def asked_of(running: Running, who: str, asked: list[str], *, repeated: bool) -> Iterator[Speed]:
    """Each number of streams, with the processor time that they take."""
    return speeds(who, running.url, asked, repeated=repeated, reckoned=lambda: running.reckoned)


def machine(workers: int) -> str:
    """Where it was measured."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}; "
        f"{workers} worker processes, the client on the same machine, no language model."
    )


@contextlib.contextmanager
def bare(running: Running, question: str, workers: int) -> Iterator[Running]:
    """The bare route, with the bytes of one answer of the real server."""
    with tempfile.TemporaryDirectory(prefix="assistant-bare-") as folder:
        events = Path(folder) / "events"
        events.write_bytes(answer_of(running.url, question))
        environment = {**os.environ, EVENTS: str(events)}
        with started(["-m", "eval.load.bare", str(workers)], environment, Path(folder) / "log") as (url, process):
            yield Running(url, process, Path(folder))


def answer_of(url: str, question: str) -> bytes:
    """The events of one answer."""
    headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
    request = urllib.request.Request(f"{url}/v1/chat", bodies([question])[0].encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as reply:
        told: bytes = reply.read()
        return told


if __name__ == "__main__":
    sys.exit(main())
