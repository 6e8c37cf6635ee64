"""Real drafts: what the assistant writes for questions made from the fact table and for the cases of the suite."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.chain import Asked, Assistant
from assistant.records import Draft, Turn

from ..bench.questions import ASKED, naming
from .ground import Ground


class CaseProblem(Exception):
    """A file of cases that cannot be read; the message is one line."""


@dataclass(frozen=True, slots=True)
class Real:
    """A draft as the assistant wrote it, for a question and the asker's turns before it."""

    question: str
    draft: Draft
    history: tuple[str, ...] = ()


def reals(assistant: Assistant, ground: Ground, cases: Path | None = None) -> list[Real]:
    """Every answered draft that states a figure, in the order of the questions.  Raises CaseProblem."""
    asked = [(question, ()) for question in (*naming(assistant.index), *_of_two_kinds(ground))]
    drafted = (_drafted(assistant, *one) for one in (*asked, *(_cases(cases) if cases else ())))
    return [
        real for real in drafted if real.draft.status == "answered" and any(one.facts for one in real.draft.sentences)
    ]


def _of_two_kinds(ground: Ground) -> Iterator[str]:
    """Questions that are answered in more sentences than one."""
    for program in ground.programs:
        kinds = dict.fromkeys(fact.kind for fact in ground.facts[program.id] if fact.kind in ASKED)
        for one, other in itertools.islice(itertools.combinations(kinds, 2), 3):
            yield f"{program.program}の{ASKED[one]}と{ASKED[other]}は?"


def _drafted(assistant: Assistant, question: str, history: tuple[str, ...]) -> Real:
    turns = tuple(Turn("user", turn) for turn in history)
    found = assistant.retrieve(assistant.understand(Asked(question, turns)))
    return Real(question, assistant.compose(found).draft, history)


def _cases(folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Questions that may be looked at (``*.tune.jsonl``); the frozen ones are left alone."""
    for path in sorted(folder.glob("*.tune.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                yield _case(line, f"{path}:{number}")


def _case(line: str, place: str) -> tuple[str, tuple[str, ...]]:
    try:
        case = json.loads(line)
        return str(case["question"]), tuple(map(str, case.get("history", ())))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CaseProblem(f"{place} is no case: a line is a JSON object with a question.") from error
