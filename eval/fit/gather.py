"""The questions to fit on: candidates with their signals, and which of them are meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.chain import Asked, Assistant
from assistant.records import Query
from assistant.retrieve import scope_of
from assistant.retrieve.rank import share_of
from assistant.retrieve.signals import SIGNALS, Candidate, candidates

from ..suite.case import Case, read_cases
from ..texts import folded

Table = NDArray[np.float64]
#: Types that ask for one program at a time.
SINGLE = frozenset({"direct", "everyday", "condition", "words", "premise", "probe"})
#: Reasons for silence that are nothing about finding a program.
NOT_HERE = frozenset({"not_in_corpus", "out_of_scope"})


@dataclass(frozen=True, slots=True)
class Asking:
    """A case read, with its candidates: ``signals`` (candidates, signals), and the places of the programs meant."""

    case: Case
    query: Query
    found: tuple[Candidate, ...]
    signals: Table
    share: Table  # what each candidate's score is multiplied with
    meant: tuple[int, ...]  # () when no program is meant, or none of them is among the candidates
    held: bool  # whether a program of the documents is meant at all


def gather(assistant: Assistant, cases: Path, split: str) -> list[Asking]:
    """Every case of one turn about one program, and those that nothing here answers."""
    found = (_asking(assistant, placed.case) for placed in read_cases(cases, split))
    return [one for one in found if one is not None]


def elsewhere(assistant: Assistant) -> list[Asking]:
    """Questions about anything but support, which nothing here answers."""
    texts = Path(__file__).with_name("elsewhere.txt").read_text(encoding="utf-8").split("\n")
    cases = (
        Case(id=f"elsewhere-{place}", question=text, type="absent", answerable=False, reason="out_of_scope")
        for place, text in enumerate(texts)
        if text.strip()
    )
    found = (_asking(assistant, case) for case in cases)
    return [one for one in found if one is not None]


def _asking(assistant: Assistant, case: Case) -> Asking | None:
    refused = not case.answerable and set(case.reasons) <= NOT_HERE
    if case.history or not (refused or (case.type in SINGLE and case.programs)):
        return None
    query = assistant.understand(Asked(case.question)).query
    documents = scope_of(query, assistant.index)
    if documents is None:
        return None
    found = tuple(candidates(query, assistant.index, documents))
    if not found:
        return None
    signals = np.array([[one.signals[name] for name in SIGNALS] for one in found])
    share = np.array([share_of(assistant.index.programs[one.program_id]) for one in found])
    meant = () if refused else tuple(_meant(assistant, case, found))
    return Asking(case, query, found, signals, share, meant, not refused)


def _meant(assistant: Assistant, case: Case, found: tuple[Candidate, ...]) -> Iterator[int]:
    wanted = {(one.document, folded(one.program)) for one in case.programs}
    for place, one in enumerate(found):
        program = assistant.index.programs[one.program_id]
        names = {(program.document, folded(name)) for name in (program.program, *program.aliases)}
        if names & wanted:
            yield place
