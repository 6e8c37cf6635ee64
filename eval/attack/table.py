"""What became of the drafts, as tables: by class, by group, and the page that is kept of a whole run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..texts import render
from .classes import GROUPS
from .judge import Outcome, Survival

EXAMPLES = 5  # of what passed, for each class
PAGE = """# The guard under attack

Written by `make attack`. Drafts of {reals} real questions, each with one sentence made false in a known way, go through
`verify`; a false draft *passes* when the false sentence, or what is left of it, is printed (goal 0). The same drafts as
plain text go through `check`, which calls a figure *verified* when it knows no better (no goal). True drafts, as they
are and as a language model might word them, *survive* when every sentence of them is printed (goal 98 %). Seed {seed}.

```text
{groups}
```

## False drafts by class

```text
{classes}
```

## True drafts by variation

```text
{variations}
```
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Every draft of a run and what became of it; ``reals`` is the number of real drafts they were made from."""

    false: tuple[Outcome, ...]
    true: tuple[Survival, ...]
    seed: int
    reals: int

    @property
    def passed(self) -> list[Outcome]:
        """False drafts that were printed."""
        return [one for one in self.false if one.passed]

    @property
    def lost(self) -> list[Survival]:
        """True drafts of which a sentence was not printed."""
        return [one for one in self.true if one.lost]

    def holds(self, bar: float) -> bool:
        """Whether nothing false passed and at least this share of the true drafts survived."""
        kept = len(self.true) - len(self.lost)
        return bool(self.false and self.true) and not self.passed and kept >= bar * len(self.true)


def by_class(run: Run) -> str:
    """A line for each class of false drafts and for each variation of true ones."""
    return f"{_classes(run)}\n\n{_variations(run)}"


def by_group(run: Run) -> str:
    """A line for each group of classes, and the totals."""
    lines = [(name, *_counted(one for one in run.false if one.sort in classes)) for name, classes in GROUPS.items()]
    false = render(("false drafts", *_HEADINGS), [*lines, ("all", *_counted(run.false))])
    kept = len(run.true) - len(run.lost)
    true = f"true drafts: {len(run.true):,} made, {kept:,} survived whole ({_share(kept, len(run.true))})"
    return f"{false}\n{true}"


def summary(run: Run) -> str:
    """The page of a run."""
    return PAGE.format(
        reals=f"{run.reals:,}", seed=run.seed, groups=by_group(run), classes=_classes(run), variations=_variations(run)
    )


def differences(run: Run) -> Iterator[str]:
    """Examples of what passed verify, and every true sentence that was not printed."""
    seen: dict[str, int] = {}
    for one in run.passed:
        seen[one.sort] = seen.get(one.sort, 0) + 1
        if seen[one.sort] <= EXAMPLES:
            yield f"passed: {one.sort}\n    {one.claim.question}\n    {_told(one.claim.sentence.text)}"
    for gone in run.lost:
        sentences = (gone.truth.draft.sentences[place] for place in gone.lost)
        yield "\n".join([f"lost: {gone.sort}", *(f"    {_told(sentence.text)}" for sentence in sentences)])


_HEADINGS = ("made", "passed verify", "called verified by check")


def _classes(run: Run) -> str:
    sorts = (name for classes in GROUPS.values() for name in classes)
    lines = [(name, *_counted(one for one in run.false if one.sort == name)) for name in sorts]
    return render(("class", *_HEADINGS), [*(line for line in lines if line[1]), ("all", *_counted(run.false))])


def _counted(outcomes: Iterable[Outcome]) -> tuple[int, int, str]:
    found = list(outcomes)
    judged = [one.checked for one in found if one.checked is not None]
    return len(found), sum(one.passed for one in found), str(sum(judged)) if judged else "–"


def _variations(run: Run) -> str:
    lines = []
    for name in dict.fromkeys(one.sort for one in run.true):
        found = [one for one in run.true if one.sort == name]
        kept = sum(not one.lost for one in found)
        lines.append((name, len(found), kept, _share(kept, len(found))))
    kept = len(run.true) - len(run.lost)
    return render(
        ("variation", "made", "survived", "share"), [*lines, ("all", len(run.true), kept, _share(kept, len(run.true)))]
    )


def _share(part: int, whole: int) -> str:
    """A share, cut and not rounded, so that 100.0 % means all."""
    return f"{part * 1000 // whole / 10:.1f} %" if whole else "–"


def _told(text: str) -> str:
    return text.replace("\n", "／")
