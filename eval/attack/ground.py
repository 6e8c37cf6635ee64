"""What is true: the facts of every program, so that a changed statement can be shown to be false.

A wrong value counts as wrong only when neither the facts nor the printed lines of the program hold it, nor those of
any program that bears (a part of) its name.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from assistant.figures import find_figures
from assistant.index import Index
from assistant.records import Document, Fact, FactKind, Figure, Program

SCALES = (1, 10**3, 10**4, 10**6, 10**8)
_SLASH = re.compile(r"([0-9]+)/([0-9]+)")


def plain(text: str) -> str:
    """A text for comparing: NFKC without blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def share_of(fact: Fact) -> Fraction | None:
    """A rate or a percentage as a share of one: 2/3, 50% → 1/2; None for anything else."""
    slash = _SLASH.fullmatch(plain(fact.text))
    if slash:
        return Fraction(int(slash[1]), int(slash[2]))
    if fact.number is None or fact.unit not in ("%", "割", None) or fact.kind is FactKind.PHONE:
        return None
    return Fraction(str(round(fact.number, 4))) / (100 if fact.unit else 1)


def yens_of(record: Fact | Figure) -> set[int]:
    """The sums of money that a fact or figure states."""
    return {yen for yen in (record.yen, record.yen_min, record.yen_max) if yen is not None}


def numbers_of(record: Fact | Figure) -> set[Fraction]:
    """The numbers that a fact or figure states, whatever they count."""
    found = (record.number, record.number_min, record.number_max)
    return {Fraction(str(round(number, 4))) for number in found if number is not None}


class Ground:
    """The fact table of one index, asked whether a statement could be true."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.facts: dict[str, tuple[Fact, ...]] = {}
        by_program: dict[str, list[Fact]] = defaultdict(list)
        for fact in index.facts():
            by_program[fact.program_id].append(fact)
        self.facts = {one: tuple(facts) for one, facts in by_program.items()}
        self._values: dict[str, tuple[frozenset[int], frozenset[Fraction], str]] = {}

    @cached_property
    def programs(self) -> tuple[Program, ...]:
        """Programs with facts, without sums and offices."""
        return tuple(one for one in self.index.programs.values() if one.role == "program" and one.id in self.facts)

    @cached_property
    def sums(self) -> tuple[Program, ...]:
        """Departments, subtotals and totals."""
        return tuple(one for one in self.index.programs.values() if one.role != "program" and one.id in self.facts)

    @cached_property
    def every(self) -> tuple[Fact, ...]:
        """Every fact of a program."""
        return tuple(fact for program in self.programs for fact in self.facts[program.id])

    def document(self, fact: Fact) -> Document:
        """The document that a fact stands in."""
        return self.index.documents[fact.document]

    def names(self, program: str) -> frozenset[str]:
        """The name and the aliases of a program, for comparing."""
        one = self.index.programs[program]
        return frozenset(map(plain, (one.program, *one.aliases)))

    def kin(self, program: str) -> frozenset[str]:
        """The program and every other one of which it could be said by its name."""
        return frozenset(one for one in self.index.programs if self._alike(one, program))

    def _alike(self, one: str, other: str) -> bool:
        if one == other:
            return True
        names, others = self.names(one), self.names(other)
        return any(name in said or said in name for name in names for said in others)

    def _of(self, program: str) -> tuple[frozenset[int], frozenset[Fraction], str]:
        """Sums, numbers and printed characters of a program and its kin."""
        if program not in self._values:
            kin = self.kin(program)
            texts = "\n".join(passage.text for one in kin for passage in self.index.passages_of(one))
            said: list[Fact | Figure] = [
                *find_figures(texts),
                *(fact for one in kin for fact in self.facts.get(one, ())),
            ]
            yens = frozenset(yen for one in said for yen in yens_of(one))
            self._values[program] = yens, frozenset(self._numbers(said, texts)), plain(texts)
        return self._values[program]

    @staticmethod
    def _numbers(said: list[Fact | Figure], texts: str) -> Iterator[Fraction]:
        for one in said:
            yield from numbers_of(one)
        for digits in re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", plain(texts)):
            yield Fraction(digits.replace(",", ""))

    def printed(self, program: str) -> str:
        """All that the documents print of a program and its kin, for comparing."""
        return self._of(program)[2]

    def is_no_sum(self, program: str, yen: int) -> bool:
        """Whether nothing states this sum of money of a program, in whatever unit."""
        yens, numbers, _ = self._of(program)
        scaled = {Fraction(yen, scale) for scale in SCALES[1:] if yen >= scale}
        return yen > 0 and yen not in yens and not scaled & numbers and Fraction(yen) not in numbers

    def is_no_number(self, program: str, number: Fraction) -> bool:
        """Whether nothing states this number of a program, whatever it counts, nor as a percentage."""
        numbers = self._of(program)[1]
        return not {number, number * 100, number / 100, number * 10, number * 12} & numbers

    def states(self, program: str, kinds: set[FactKind], fact: Fact) -> bool:
        """Whether a program or its kin has a fact of these kinds with the value of this one."""
        return any(
            other.kind in kinds and same(other, fact) for one in self.kin(program) for other in self.facts.get(one, ())
        )

    def says_nothing_of(self, program: str, word: str) -> bool:
        """Whether neither the lines of a program nor its facts hold a word."""
        facts = self.facts.get(program, ())
        said = (part for fact in facts for part in (fact.item, fact.condition, fact.subprogram, fact.note) if part)
        return plain(word) not in self.printed(program) and not any(plain(word) in plain(part) for part in said)


def same(one: Fact, other: Fact) -> bool:
    """Whether two facts state the same value."""
    if yens_of(one) or yens_of(other):
        return yens_of(one) == yens_of(other)
    if numbers_of(one) or numbers_of(other):
        return numbers_of(one) == numbers_of(other)
    return plain(one.text) == plain(other.text)
