"""The table that is printed, and the bounds it is held to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEADINGS = ("measured", "median", "p95", "p99", "runs", "ratio", "bound", "")


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement.  Times are in seconds; ``floor`` is the time that it is a multiple of.

    ``bound`` is the median's, ``tail`` that of the 99th percentile.
    """

    name: str
    median: float
    p95: float
    count: int
    floor: tuple[str, float] | None = None
    bound: float | None = None
    p99: float = 0.0
    tail: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the median and the 99th percentile are under their bounds; without one it holds."""
        return (self.bound is None or self.median < self.bound) and (self.tail is None or self.p99 < self.tail)


def render(lines: Iterable[Line]) -> str:
    """The lines under their headings, in columns as wide as what is in them."""
    rows = [HEADINGS, *map(_cells, lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_row(row, widths) for row in rows)


def duration(seconds: float) -> str:
    """Three digits in a unit that suits: 4.12 s, 8.30 ms, 21.0 µs."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:#.3g} {unit}".replace(". ", " ")
    return f"{seconds / 1e-6:#.3g} µs".replace(". ", " ")


def _cells(line: Line) -> tuple[str, ...]:
    ratio = f"{line.median / line.floor[1]:,.1f} x {line.floor[0]}" if line.floor else ""
    bound = f"< {duration(line.bound)}" if line.bound else ""
    bound += f", p99 < {duration(line.tail)}" if line.tail else ""
    verdict = "" if line.bound is None else "holds" if line.holds else "TOO SLOW"
    times = (duration(line.median), duration(line.p95), duration(line.p99))
    return (line.name, *times, str(line.count), ratio, bound, verdict)


def _row(cells: Iterable[str], widths: list[int]) -> str:
    """Names, ratios and verdicts to the left, numbers to the right."""
    placed = [
        cell.rjust(width) if 1 <= place <= 4 else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(placed).rstrip()
