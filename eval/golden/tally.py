"""What the pairs of a document come to: how many are right, what the others differ in, and the bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.records import FactKind

from .match import FAULTS, PROGRAM, UNIT, Pair

MONEY_AND_RATES = frozenset(
    kind.value
    for kind in (
        FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED, FactKind.BUDGET_CHANGE,
        FactKind.FUNDING_NATIONAL, FactKind.FUNDING_OTHER, FactKind.FUNDING_GENERAL, FactKind.BREAKDOWN,
        FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT, FactKind.LIMIT_ADDITION,
        FactKind.LOAN_LIMIT, FactKind.LOAN_POOL, FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE,
    )
)  # fmt: skip
ALL_KINDS = frozenset(kind.value for kind in FactKind)
HEADINGS = ("golden", "extracted", "right", "recall", "precision", *FAULTS)


@dataclass(slots=True)
class Tally:
    """Counts over some kinds of fact."""

    golden: int = 0
    found: int = 0
    right: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        """The share of the golden facts that were extracted right; 1 when there are none."""
        return self.right / self.golden if self.golden else 1.0

    @property
    def precision(self) -> float:
        """The share of the extracted facts that are right; 1 when there are none."""
        return self.right / self.found if self.found else 1.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.golden + other.golden, self.found + other.found, self.right + other.right, self.faults + other.faults
        )

    def cells(self) -> tuple[str, ...]:
        """The counts as they are printed under HEADINGS; a share is cut, not rounded, so that 1.000 means all."""
        shares = (f"{int(share * 1000) / 1000:.3f}" for share in (self.recall, self.precision))
        return (*map(str, (self.golden, self.found, self.right)), *shares, *(str(self.faults[name]) for name in FAULTS))


@dataclass(frozen=True, slots=True)
class Bar:
    """The least recall and precision over money and rates; no unit error is allowed, only so many wrong programs."""

    recall: float
    precision: float
    wrong_programs: int = 0  # still allowed: a floor for documents that the rules do not all hold for yet

    def missed(self, money: Tally, everything: Tally) -> list[str]:
        """What falls short, one phrase each."""
        shares = (("recall", money.recall, self.recall), ("precision", money.precision, self.precision))
        short = [f"{name} {share:.4f} is under {least}" for name, share, least in shares if share < least]
        errors = (
            (everything.faults[UNIT], "unit errors", 0),
            (everything.faults[PROGRAM], "wrong programs", self.wrong_programs),
        )
        return short + [f"{count} {name}, {most or 'none'} allowed" for count, name, most in errors if count > most]


def tally(pairs: Iterable[Pair], kinds: frozenset[str]) -> Tally:
    """Counts of the pairs of which either fact is of these kinds."""
    total = Tally()
    for pair in pairs:
        if kinds.isdisjoint(pair.kinds):
            continue
        total.golden += pair.golden is not None and pair.golden.kind in kinds
        total.found += pair.found is not None and pair.found.kind in kinds
        total.right += not pair.faults
        total.faults.update(pair.faults)
    return total
