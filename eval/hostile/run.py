"""All broken requests of a seed against one server, several at once, and the table of what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from .mutations import ALL, Hostile, drawn
from .request import good_requests
from .sending import Outcome, sent
from .serving import Server

AT_ONCE = 8
COLUMNS = ("2xx", "3xx", "4xx", "cut", "5xx", "traces", "hangs")


@dataclass(frozen=True, slots=True)
class Run:
    """What became of the broken requests, of the good ones after them, and how many traces the log has."""

    outcomes: tuple[Outcome, ...]
    after: tuple[Outcome, ...]
    traces: int

    @property
    def faulty(self) -> list[Outcome]:
        """Those that the server did not take well."""
        return [one for one in (*self.outcomes, *self.after) if one.faults]

    def holds(self) -> bool:
        """Whether nothing broke."""
        return not self.faulty and not self.traces


def attacked(server: Server, *, requests: int, seed: int) -> Run:
    """Sends ``requests`` broken requests, then every good one once more, as the server must still answer those."""
    good = good_requests(server.address)
    outcomes = all_sent((drawn(seed, number, good) for number in range(requests)), server)
    after = all_sent((Hostile("good, afterwards", one.encoded(), True) for one in good), server)
    return Run(tuple(outcomes), tuple(after), server.traces())


def all_sent(hostile: Iterable[Hostile], server: Server) -> list[Outcome]:
    """Every request on a connection of its own, some at once."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda one: sent(one, server.address), hostile))


def counted(outcomes: Sequence[Outcome]) -> Counter[str]:
    """The columns of the table for some outcomes; a connection with several replies counts its last one."""
    counts: Counter[str] = Counter()
    for one in outcomes:
        counts[f"{one.statuses[-1] // 100}xx" if one.statuses else "cut"] += 1
        counts["traces"] += any("shows" in fault for fault in one.faults)
        counts["hangs"] += one.hung
    return counts


def table(run: Run) -> str:
    """What became of each class of broken requests."""
    names = [mutation.__name__ for mutation in ALL]
    rows = [(name, [one for one in run.outcomes if one.hostile.name == name]) for name in names]
    rows += [("good, afterwards", list(run.after)), ("all", [*run.outcomes, *run.after])]
    lines = [f"{'what is broken':18} {'requests':>8} " + " ".join(f"{column:>6}" for column in COLUMNS)]
    for name, outcomes in rows:
        counts = counted(outcomes)
        cells = " ".join(f"{counts[column]:6}" for column in COLUMNS)
        lines.append(f"{name:18} {len(outcomes):8} {cells}")
    return "\n".join([*lines, f"stack traces in the server's log: {run.traces}"])


def reproducers(run: Run, most: int = 20) -> list[str]:
    """The first faults, each with the bytes that bring it about."""
    return [
        f"{one.hostile.name}: {'; '.join(one.faults)}\n  sent {one.hostile.content[:600]!r}\n  got {one.reply[:300]!r}"
        for one in run.faulty[:most]
    ]
