"""Questions as a program's users put them, kept beside the documents: ``asked/<document>.jsonl``.

A line is ``{"program": name as printed, "line": first line, "questions": […]}``; ``line`` tells two programs of one
name apart and may be left out.  Programs are found by these questions; they are never cited.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .documents import ASKED
from .errors import CorpusError
from .records import AskedAs, Program
from .tokens import fold

LONGEST = 400  # characters of a question


@dataclass(frozen=True, slots=True)
class AskedReading:
    """The questions of a corpus, the programs that have none, and a note for each line that fits no program."""

    asked: tuple[AskedAs, ...]
    missing: tuple[Program, ...]
    notes: tuple[str, ...]


def read_asked(folder: Path, programs: Iterable[Program]) -> AskedReading:
    """The questions in ``folder``/asked for these programs.

    Raises CorpusError, one line with the file and its line, for what is not of the form above.
    """
    every = [program for program in programs if program.role == "program"]
    found: dict[AskedAs, None] = {}
    notes = []
    for document in sorted({program.document for program in every}):
        own = [program for program in every if program.document == document]
        path = folder / ASKED / f"{document}.jsonl"
        for number, entry in _entries(path):
            program = _meant(entry, own)
            if program is None:
                notes.append(
                    f"{ASKED}/{path.name}:{number}: {document} has no program 「{entry['program']}」; left out."
                )
                continue
            found.update(dict.fromkeys(AskedAs(program.id, text.strip()) for text in entry["questions"]))
    held = {one.program_id for one in found}
    return AskedReading(tuple(found), tuple(one for one in every if one.id not in held), tuple(notes))


def _entries(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    if not path.is_file():
        return
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path} is not UTF-8 (byte {error.start}).", hint="Save it as UTF-8.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, _entry(path, number, line)


def _entry(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise CorpusError(f"{path}:{number} is not JSON.", hint="Write one JSON object a line.") from error
    questions = entry.get("questions") if isinstance(entry, dict) else None
    if not isinstance(questions, list) or not isinstance(entry.get("program"), str) or not all(map(_sound, questions)):
        raise CorpusError(
            f"{path}:{number} needs a program and questions of 1 to {LONGEST} characters.",
            hint='Write {"program": "…", "questions": ["…", "…"]}.',
        )
    return dict(entry)


def _sound(question: object) -> bool:
    return isinstance(question, str) and 0 < len(question.strip()) <= LONGEST


def _meant(entry: dict[str, Any], programs: list[Program]) -> Program | None:
    """The program that a line names; of several the one at its line, else the first."""
    name = fold(entry["program"])
    named = [one for one in programs if name == fold(one.program)]
    named = named or [one for one in programs if any(name == fold(alias) for alias in one.aliases)]
    here = [one for one in named if one.line_start == entry.get("line")]
    return next(iter(here or named), None)
