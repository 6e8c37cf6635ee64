"""What was measured, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from .cuts import Cuts
from .streams import FIRST_BOUNDS, RATE_BOUND, RATE_STREAMS, Speed
from .swaps import Swaps

COLUMNS = (
    "who", "streams", "asked", "asked before", "first byte p50 / p95", "whole p50 / p95", "answers/s", "broken",
    "processor", "of bare",
)  # fmt: skip
HEAD = (f"| {' | '.join(COLUMNS)} |", "|---|" + "---:|" * (len(COLUMNS) - 1))


def table(speeds: Sequence[Speed], bare: Sequence[Speed]) -> str:
    """A row for each.  ``processor`` is the server's time for one answer; the last column is the answers a second as a
    share of the bare route's."""
    bare_rates = {one.streams: one.rate for one in bare}
    return "\n".join([*HEAD, *(row(one, bare_rates[one.streams]) for one in (*bare, *speeds))])


def row(speed: Speed, bare_rate: float) -> str:
    """One row; times in milliseconds."""
    first, whole = pair(speed.first), pair(speed.whole)
    share = f"{speed.rate / bare_rate:.3f}" if bare_rate else "–"
    return (
        f"| {speed.who} | {speed.streams} | {speed.asked} | {speed.again} | {first} | {whole} "
        f"| {speed.rate:.0f} | {speed.broken} | {1000 * speed.reckoned:.1f} ms | {share} |"
    )


def pair(seconds: tuple[float, float]) -> str:
    """Two times in milliseconds."""
    return " / ".join(f"{1000 * one:.0f}" for one in seconds) + " ms"


def swaps_line(swaps: Swaps) -> str:
    """The exchanges in a line."""
    return (
        f"{swaps.made} exchanges of the index under {swaps.asked} questions: {swaps.late} late, {swaps.broken} broken "
        f"streams; memory {size(swaps.memory[0])} → {size(swaps.memory[1])}, "
        f"open files {swaps.handles[0]} → {swaps.handles[1]}, in {swaps.processes} processes."
    )


def cuts_line(cuts: Cuts) -> str:
    """The clients that went away in a line."""
    rest = "nothing runs on" if cuts.settled else "something runs on"
    return (
        f"{cuts.clients} clients cut off at random points: {cuts.left} answers or streams left, {rest}; "
        f"{cuts.after} broken streams afterwards."
    )


def size(amount: int) -> str:
    """Bytes for people."""
    return f"{amount / 2**20:.0f} MiB"


def bounds_line() -> str:
    """What must hold."""
    firsts = ", ".join(f"{bound:g} s at {streams} streams" for streams, bound in FIRST_BOUNDS.items())
    return (
        f"Bounds: first byte p95 ≤ {firsts}; at least {RATE_BOUND:g} answers/s at {RATE_STREAMS} streams of repeated "
        "questions; no broken stream; nothing left behind."
    )
