"""The scores as tables of text: for the terminal, and for the page that is kept in the repository."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..suite.case import FROZEN, SPLITS, TUNE, TYPES
from ..suite.judge import OUTCOMES
from ..suite.scores import ALL, METRICS, TAIL, Score
from ..suite.scores import MEDIAN as LATENCY
from ..texts import render
from .record import IN_PROCESS, Run

HEADINGS = ("type", "cases", *OUTCOMES, "right", "95 % interval", "right or silent", "95 % interval")


def percent(share: float) -> str:
    """A share with one decimal, cut and not rounded, so that 100.0 % means all."""
    return f"{int(share * 1000 + 1e-9) / 10:.1f} %"


def between(score: Score) -> str:
    """The ends of an interval."""
    return f"{percent(score.low).removesuffix(' %')}–{percent(score.high)}"


def seconds(value: float) -> str:
    """Milliseconds below a second."""
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"


def by_type(run: Run, split: str) -> list[tuple[str, ...]]:
    """A line for each type and one for all: cases, outcomes, what is right and what is right or silent."""
    lines = []
    for group in (*TYPES, ALL):
        own = [one for one in run.cases if one.split == split and group in (one.type, ALL)]
        right, silent = run.score(split, "right", group), run.score(split, "right or silent", group)
        if right is None or silent is None:
            continue
        counted = Counter(one.outcome for one in own)
        counts = (str(counted[name]) for name in OUTCOMES)
        shares = (percent(right.value), between(right), percent(silent.value), between(silent))
        lines.append((group, str(len(own)), *counts, *shares))
    return lines


def metrics(run: Run) -> list[tuple[str, ...]]:
    """A line for each metric over all cases: its value, interval and count on each split."""
    return [(METRICS[name].title, *_both(run, name)) for name in METRICS if any(run.score(s, name) for s in SPLITS)]


def _both(run: Run, name: str) -> Iterator[str]:
    for split in _splits(run):
        score = run.score(split, name)
        yield from (percent(score.value), between(score), str(score.count)) if score else ("–", "–", "0")


def _splits(run: Run) -> list[str]:
    return [split for split in (FROZEN, TUNE) if split in run.digests]


def latency(run: Run) -> list[str]:
    """A line for each split: median and tail of the time a question took."""
    found = []
    for split in _splits(run):
        middle, tail = run.score(split, LATENCY), run.score(split, TAIL)
        if middle and tail:
            found.append(f"{split}: median {seconds(middle.value)}, 95 % of questions within {seconds(tail.value)}")
    return found


def tables(run: Run) -> list[str]:
    """A table by type for each split, the frozen one first, and one of all metrics."""
    found = [f"{split}:\n{render(HEADINGS, by_type(run, split))}" for split in _splits(run)]
    headings = ("metric", *(name for split in _splits(run) for name in (split, "95 % interval", "cases")))
    return [*found, render(headings, metrics(run))]


def table(run: Run) -> str:
    """Everything that the terminal shows."""
    return "\n\n".join([*tables(run), "\n".join(latency(run))])


def summary(run: Run) -> str:
    """The scores of the day in Markdown, the tables as they are printed."""
    about = ", ".join(f"{name} {value}" for name, value in run.about.items())
    reckoned = f"; 今年度 is reckoned from {run.today}" if run.surface == IN_PROCESS else ""  # a server has its own day
    head = [
        "# Scores",
        "",
        f"Written by `make eval`. Asked {run.surface} ({about}){reckoned}. Intervals are",
        "95 %, bootstrapped over programs. `right` has all that was asked for; `partial` some of it; `wrong` none of",
        "it, or a figure that must not appear, or an answer where the documents hold none; `asked` asks back. A",
        "refusal is `right` when it gives the right reason, else `abstained`.",
    ]
    fences = [f"\n```text\n{one}\n```" for one in tables(run)]
    return "\n".join([*head, *fences]) + "\n"
