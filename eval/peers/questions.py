"""Cases as the peers can be asked them: one turn, with the lines that an answer rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.records import Document

from ..suite.case import Case, CaseProblem, Placed, read_cases
from ..suite.scores import cluster
from .spans import Spot, spot


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line that an answer rests on; ``text`` is what of it is wanted, empty for the whole line."""

    document: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question and where its evidence stands.

    ``need`` is how many spots suffice.  Questions of one ``cluster`` are about one program and not independent.
    """

    id: str
    type: str
    split: str
    cluster: str
    text: str
    wanted: tuple[Spot, ...]
    need: int

    def recall(self, found: Sequence[bool]) -> float:
        """Share of the needed spots that were found, at most 1."""
        return min(1.0, sum(found) / self.need)


def evidence(case: Case) -> tuple[Evidence, ...]:
    """What the answer to a case rests on."""
    return tuple(Evidence(*one) for one in case.evidence)


def comparable(case: Case) -> bool:
    """Whether every system can be asked: an answerable question of one turn whose evidence is known."""
    return case.answerable and not case.history and bool(case.evidence)


def read_questions(
    folder: Path, documents: Mapping[str, Document], split: str | None = None
) -> tuple[list[Question], int]:
    """The questions of a folder of cases, and how many cases are none.

    Raises CaseProblem for cases that cannot be read, evidence that is in no document, and a folder without questions.
    """
    cases = read_cases(folder, split)
    questions = [_question(placed, documents) for placed in cases if comparable(placed.case)]
    if not questions:
        raise CaseProblem(f"{folder} holds no single question with evidence: name another folder with --cases")
    return questions, len(cases) - len(questions)


def _question(placed: Placed, documents: Mapping[str, Document]) -> Question:
    case = placed.case
    wanted = tuple(_spot(one, placed.at, documents) for one in evidence(case))
    need = min(case.need or len(wanted), len(wanted))
    return Question(case.id, case.type, placed.split, cluster(case), case.question, wanted, need)


def _spot(one: Evidence, at: str, documents: Mapping[str, Document]) -> Spot:
    if one.document not in documents:
        raise CaseProblem(f"{at}: no document is called {one.document}: name the right corpus with --corpus")
    try:
        return spot(documents[one.document], one.line, one.text)
    except ValueError as error:
        raise CaseProblem(f"{at}: {error}: name the right corpus with --corpus") from error
