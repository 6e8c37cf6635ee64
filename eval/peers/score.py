"""What each system found: recall at a number of chunks and within a number of characters."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..suite.interval import Interval, difference, share
from .one import Hit, Run
from .questions import Question
from .spans import Chunk, marks

DEPTHS = (1, 5, 10)
WITHIN = "within"  # the measure of the budget; the others are 「@k」
MEASURES = (*(f"@{depth}" for depth in DEPTHS), WITHIN)


@dataclass(frozen=True, slots=True)
class Found:
    """One question of one system: for each measure, which of the wanted spots it holds, and in how many characters."""

    marks: Mapping[str, tuple[bool, ...]]
    characters: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Scored:
    """A system with what it found, by question."""

    run: Run
    found: Mapping[str, Found]

    def recalls(self, measure: str, questions: Iterable[Question]) -> list[float]:
        """The recall of each question, between 0 and 1."""
        return [question.recall(self.found[question.id].marks[measure]) for question in questions]

    def characters(self, measure: str) -> float:
        """Characters that it returned for a question, on the average."""
        return statistics.fmean(one.characters[measure] for one in self.found.values())

    @property
    def empty(self) -> list[str]:
        """Ids of the questions for which it returned nothing."""
        return [name for name, one in self.found.items() if not one.characters["@10"]]


def scored(run: Run, questions: Sequence[Question]) -> Scored:
    """The marks of a run.  Raises KeyError when the run lacks a question."""
    return Scored(run, {question.id: _found(run, question) for question in questions})


def _found(run: Run, question: Question) -> Found:
    first, filled = _chunks(run.first[question.id]), _chunks(run.filled[question.id])
    returned = {f"@{depth}": first[:depth] for depth in DEPTHS} | {WITHIN: filled}
    return Found(
        {name: marks(question.wanted, chunks) for name, chunks in returned.items()},
        {name: sum(chunk.end - chunk.start for chunk in chunks) for name, chunks in returned.items()},
    )


def _chunks(hits: Sequence[Hit]) -> list[Chunk]:
    return [Chunk(*hit) for hit in hits]


def recall(system: Scored, measure: str, questions: Sequence[Question]) -> Interval:
    """Mean recall over at least one question with its 95 % interval; questions of one cluster are drawn together."""
    parts = [(value, 1.0) for value in system.recalls(measure, questions)]
    found = share(parts, [question.cluster for question in questions])
    assert found is not None  # every part is of one question
    return found


def ahead(system: Scored, other: Scored, measure: str, questions: Sequence[Question]) -> Interval:
    """How much more of the evidence a system finds than another, over the same questions in pairs."""
    before, after = ([(value, 1.0) for value in one.recalls(measure, questions)] for one in (other, system))
    found = difference(before, after, [question.cluster for question in questions])
    assert found is not None
    return found


def gained(system: Scored, other: Scored, measure: str, questions: Iterable[Question]) -> list[Question]:
    """The questions for which a system holds a wanted spot that the other lacks, and still needed one."""
    return [question for question in questions if _more(system, other, measure, question)]


def _more(system: Scored, other: Scored, measure: str, question: Question) -> bool:
    mine, theirs = (one.found[question.id].marks[measure] for one in (system, other))
    return question.recall(theirs) < 1 and any(a and not b for a, b in zip(mine, theirs, strict=True))
