"""What was measured, as tables: without → with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ..suite.case import SPLITS, TYPES
from ..suite.judge import PARTIAL, RIGHT, SILENT, WRONG
from ..texts import render
from .lies import LIES
from .measure import Lied, Measured

_ALL = "all"
_HEADINGS = ("split", "type", "cases", "asked", "right", "wrong", "silent", "right or silent")


def table(measured: Sequence[Measured]) -> str:
    """By split and type: how many cases, how many an opinion was asked for, and the outcomes without → with."""
    lines = [line for split in SPLITS for line in _of_split(split, [one for one in measured if one.split == split])]
    return render(_HEADINGS, lines)


def _of_split(split: str, measured: Sequence[Measured]) -> Iterator[tuple[object, ...]]:
    for group in (*TYPES, _ALL):
        own = [one for one in measured if group in (_ALL, one.case.type)]
        if any(one.asked for one in own) or (group == _ALL and own):
            yield (split, group, len(own), sum(one.asked for one in own), *_outcomes(own))


def _outcomes(measured: Sequence[Measured]) -> Iterator[str]:
    off, on = Counter(one.off for one in measured), Counter(one.on for one in measured)
    for group in ((RIGHT,), (WRONG, PARTIAL), SILENT, (RIGHT, *SILENT)):
        yield f"{sum(off[one] for one in group)} → {sum(on[one] for one in group)}"


def changes(measured: Sequence[Measured]) -> str:
    """The outcomes that changed, and how often."""
    found = Counter(f"{one.split}: {one.off} → {one.on}" for one in measured if one.off != one.on)
    return "\n".join(f"{name}: {count}" for name, count in sorted(found.items())) or "no outcome changed"


def lies_table(lied: Sequence[Lied]) -> str:
    """By lie: how many were told, how many were taken for an opinion, and how many did harm."""
    lines = []
    for name in LIES:
        for split in SPLITS:
            own = [one for one in lied if one.split == split]
            if own:
                counts = (sum(each[name] for each in kind) for kind in _counted(own))
                lines.append((name, split, len(own), *counts))
    return render(("lie", "split", "cases", "told", "heard", "did harm"), lines)


def _counted(lied: Sequence[Lied]) -> Iterator[list[Mapping[str, int]]]:
    yield [one.told for one in lied]
    yield [one.heard for one in lied]
    yield [one.harmed for one in lied]
