"""Two runs side by side: which scores moved, by how much and how surely, and which cases came out otherwise."""

from __future__ import annotations

from collections import Counter

from ..suite.case import SPLITS
from ..suite.interval import difference
from ..suite.judge import OUTCOMES
from ..suite.scores import METRICS
from ..texts import render
from .printed import percent
from .record import Asked, Run, RunProblem

HEADINGS = ("split", "metric", "before", "after", "change", "95 % interval", "")


def compared(before: Run, after: Run) -> str:
    """What changed, over the cases that both runs asked.  Raises RunProblem when there are none."""
    old, new = {one.id: one for one in before.cases}, {one.id: one for one in after.cases}
    both = [name for name in new if name in old and old[name].question == new[name].question]
    if not both:
        raise RunProblem("the two runs have no case in common: compare runs of the same cases")
    pairs = [(old[name], new[name]) for name in both]
    parts = [render(HEADINGS, _moved(pairs)), "", *_turned(pairs)]
    only = [f"{len(old) - len(both)} cases only in the first run, {len(new) - len(both)} only in the second"]
    return "\n".join(parts + only * (len(old) != len(both) or len(new) != len(both)))


def _moved(pairs: list[tuple[Asked, Asked]]) -> list[tuple[str, ...]]:
    lines = []
    for split in SPLITS:
        own = [pair for pair in pairs if pair[1].split == split]
        for name in METRICS:
            before, after = (
                ([one.parts.get(name, (0.0, 0.0)) for one in side] for side in zip(*own, strict=True))
                if own
                else ([], [])
            )
            change = difference(before, after, [pair[1].cluster for pair in own]) if own else None
            if change is None or before == after:
                continue
            shares = [sum(part for part, _ in side) / sum(whole for _, whole in side) for side in (before, after)]
            sure = "better" if change.low > 0 else "worse" if change.high < 0 else "within chance"
            ends = f"{_points(change.low)} to {_points(change.high)}"
            lines.append((split, name, *map(percent, shares), _points(change.value), ends, sure))
    return lines or [("both", "every metric", "", "", "+0.0", "", "the same")]


def _points(share: float) -> str:
    return f"{share * 100:+.1f}"


def _turned(pairs: list[tuple[Asked, Asked]]) -> list[str]:
    """Counts of outcomes that became others, then each such case, those that got worse first."""
    turned = [(a, b) for a, b in pairs if a.outcome != b.outcome]
    counted = Counter((a.outcome, b.outcome) for a, b in turned)
    order = {name: place for place, name in enumerate(OUTCOMES)}
    turned.sort(key=lambda pair: (order[pair[0].outcome] - order[pair[1].outcome], pair[1].id))
    lines = [f"{a} → {b}: {count}" for (a, b), count in counted.most_common()] or ["no case came out otherwise"]
    for a, b in turned:
        lines += ["", f"{b.id} ({b.split}): {a.outcome} → {b.outcome}", f"  {b.question}"]
        lines += [f"  before: {a.text}", f"  after:  {b.text}"]
    reworded = sum(a.outcome == b.outcome and a.text != b.text for a, b in pairs)
    return [*lines, *([f"{reworded} other answers are worded otherwise"] if reworded else [])]
