"""The questions to fit on: candidates with their signals, and which of them are meant."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.chain import Asked, Assistant
from assistant.documents import ASKED
from assistant.ingest import build
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
    """Questions about anything but support, which nothing here answers; each also by someone of a region held."""
    texts = Path(__file__).with_name("elsewhere.txt").read_text(encoding="utf-8").split("\n")
    texts = [text for text in texts if text.strip()]
    regions = sorted({document.region for document in assistant.index.documents.values()})
    told = [f"{regions[place % len(regions)]}です。{text}" for place, text in enumerate(texts)]
    cases = (
        Case(id=f"elsewhere-{place}", question=text, type="absent", answerable=False, reason="out_of_scope")
        for place, text in enumerate((*texts, *told))
    )
    found = (_asking(assistant, case) for case in cases)
    return [one for one in found if one is not None]


def asked_apart(corpus: Path, folder: Path, *, fit: bool = True) -> Iterator[Asking]:
    """Every asked-as question of a corpus, asked of an index that has only the other half of its program's.

    Each is asked of its own document, as it names no region.  ``folder`` is for the two indexes; ``fit`` says whether
    their vectors learn.
    """
    for half in (0, 1):
        copy, index = folder / f"half-{half}", folder / f"index-half-{half}"
        shutil.copytree(corpus, copy)
        left = [(path.stem, row) for path in sorted((copy / ASKED).glob("*.jsonl")) for row in _halved(path, half)]
        build(copy, index, fit=fit)
        assistant = Assistant.open(index)
        with assistant.index:
            for document, row in left:
                for question in row["questions"]:
                    named = {"document": document, "program": row["program"]}
                    case = Case(
                        id=f"asked-{document}", question=question, type="everyday", answerable=True, programs=(named,)
                    )
                    yield from _asked_of(assistant, case, document, row)


def _halved(path: Path, half: int) -> list[dict[str, Any]]:
    """The lines of a file of asked-as questions with the half that is taken out of it."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    kept = [row | {"questions": row["questions"][half::2]} for row in rows]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept), encoding="utf-8")
    return [row | {"questions": row["questions"][1 - half :: 2]} for row in rows]


def _asked_of(assistant: Assistant, case: Case, document: str, row: dict[str, Any]) -> Iterator[Asking]:
    query = assistant.understand(Asked(case.question)).query
    found = tuple(candidates(query, assistant.index, {document}))
    programs = [assistant.index.programs[one.program_id] for one in found]
    meant = [
        place
        for place, program in enumerate(programs)
        if program.line_start == row["line"] and row["program"] in (program.program, *program.aliases)
    ]
    if meant and not query.named:
        yield Asking(case, query, found, *_tables(assistant, found), tuple(meant), True)


def _tables(assistant: Assistant, found: Sequence[Candidate]) -> tuple[Table, Table]:
    """(candidates, signals), and what each candidate's score is multiplied with."""
    return np.array([one.row for one in found]).reshape(-1, len(SIGNALS)), np.array(
        [share_of(assistant.index.programs[one.program_id]) for one in found]
    )


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
    meant = () if refused else tuple(_meant(assistant, case, found))
    return Asking(case, query, found, *_tables(assistant, found), meant, not refused)


def _meant(assistant: Assistant, case: Case, found: tuple[Candidate, ...]) -> Iterator[int]:
    wanted = {(one.document, folded(one.program)) for one in case.programs}
    for place, one in enumerate(found):
        program = assistant.index.programs[one.program_id]
        names = {(program.document, folded(name)) for name in (program.program, *program.aliases)}
        if names & wanted:
            yield place
