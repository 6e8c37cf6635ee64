"""Two runs side by side: which scores moved, by how much and how surely, and which cases came out otherwise."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ..suite.case import SPLITS
from ..suite.evidence import Part
from ..suite.interval import LEVEL, difference, median
from ..suite.judge import OUTCOMES
from ..suite.scores import MEDIAN, METRICS, TAIL
from ..texts import render
from .printed import percent, seconds
from .record import Asked, Run, RunProblem

HEADINGS = ("split", "metric", "before", "after", "change", "95 % interval", "")
Pairs = Sequence[tuple[Asked, Asked]]


def compared(before: Run, after: Run) -> str:
    """What changed, over the cases that both runs asked.  Raises RunProblem when there are none."""
    old, new = {one.id: one for one in before.cases}, {one.id: one for one in after.cases}
    both = [name for name in new if name in old and old[name].question == new[name].question]
    if not both:
        raise RunProblem("the two runs have no case in common: compare runs of the same cases")
    pairs = [(old[name], new[name]) for name in both]
    moved = _moved(pairs) or [("both", "every metric", "", "", "+0.0", "", "the same")]
    parts = [render(HEADINGS, [*moved, *_slower(pairs)]), "", *_otherwise(before, after, pairs), *_turned(pairs)]
    only = [f"{len(old) - len(both)} cases only in the first run, {len(new) - len(both)} only in the second"]
    return "\n".join(parts + only * (len(old) != len(both) or len(new) != len(both)))


def _moved(pairs: Pairs) -> list[tuple[str, ...]]:
    lines = []
    for split in SPLITS:
        own = [pair for pair in pairs if pair[1].split == split]
        for name in METRICS:
            before, after = ([pair[side].parts.get(name, (0.0, 0.0)) for pair in own] for side in (0, 1))
            if before != after:
                lines.append((split, name, *_change(before, after, [pair[1].cluster for pair in own])))
    return lines


def _change(before: Sequence[Part], after: Sequence[Part], clusters: Sequence[str]) -> tuple[str, ...]:
    shares = tuple(map(_share, (before, after)))
    change = difference(before, after, clusters)
    if change is None:
        return (*shares, "", "", f"not measured in the {'first' if shares[0] == '–' else 'second'} run")
    chance = sign_test(before, after, clusters) > 1 - LEVEL
    sure = (
        "within chance" if chance else "better" if change.low > 0 else "worse" if change.high < 0 else "within chance"
    )
    return (*shares, _points(change.value), f"{_points(change.low)} to {_points(change.high)}", sure)


def _share(parts: Sequence[Part]) -> str:
    whole = sum(one for _, one in parts)
    return percent(sum(part for part, _ in parts) / whole) if whole else "–"


def _points(share: float) -> str:
    return f"{share * 100:+.1f}"


def sign_test(before: Sequence[Part], after: Sequence[Part], clusters: Sequence[str]) -> float:
    """How likely it is that as many of the changed clusters move one way by chance: the exact two-sided sign test.

    The bootstrap calls a handful of changes sure when all go one way; this one needs six of them (Arbuthnott 1710,
    10.1098/rstl.1710.0011).  A cluster that only one of the runs measures says nothing.
    """
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0] * 4)
    for one, other, name in zip(before, after, clusters, strict=True):
        sums[name] = [total + value for total, value in zip(sums[name], (*one, *other), strict=True)]
    moves = [after / all_after - part / whole for part, whole, after, all_after in sums.values() if whole and all_after]
    up, down = (sum(sign * move > 1e-9 for move in moves) for sign in (1, -1))
    tail = sum(math.comb(up + down, count) for count in range(min(up, down) + 1))
    return min(1.0, tail / (1 << up + down - 1)) if up + down else 1.0


def _slower(pairs: Pairs) -> Iterator[tuple[str, ...]]:
    """The time of a question in both runs; whether it moved surely nobody says, as it is the machine's."""
    for split in SPLITS:
        sides = [[pair[side].seconds for pair in pairs if pair[1].split == split] for side in (0, 1)]
        for name, quantile in ((MEDIAN, 0.5), (TAIL, 0.95)):
            one, other = (median(side, quantile) for side in sides)
            if one and other:
                times = f"× {other.value / one.value:.2f}" if one.value else ""
                yield (split, name, seconds(one.value), seconds(other.value), times, "", "")


def _otherwise(before: Run, after: Run, pairs: Pairs) -> Iterator[str]:
    """A line each when the runs are not of the same cases, or not of the same programs."""
    changed = [b.id for a, b in pairs if (a.history, a.expected, a.wanted) != (b.history, b.expected, b.wanted)]
    if changed:
        more = ", …" if len(changed) > 3 else ""
        yield f"{len(changed)} cases ask or expect something else in the second run: {', '.join(changed[:3])}{more}"
    digests = [split for split in SPLITS if before.digests.get(split) != after.digests.get(split)]
    if digests:
        yield f"the cases or the names of programs are not the same in both runs: {', '.join(digests)}"


def _turned(pairs: Pairs) -> list[str]:
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
