"""A case as a file states it: one JSON object a line, every field of a known name and shape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.records import FactKind

CASES = Path("eval/cases")
TUNE, FROZEN = "tune", "frozen"
SPLITS = (TUNE, FROZEN)
TYPES = (
    "direct", "everyday", "condition", "words", "list", "compare", "aggregate", "followup", "premise", "absent",
    "probe",
)  # fmt: skip
REASONS = ("not_in_corpus", "not_stated", "out_of_scope", "unclear")
COMPUTED = ("sum", "difference", "ratio", "share", "count", "product")

Text = Annotated[str, Field(min_length=1)]
Line = Annotated[int, Field(ge=1)]
Place = tuple[Text, Line]


class CaseProblem(Exception):
    """A file of cases that is not there or cannot be read; the message is one line."""


class _Stated(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(_Stated):
    """A program by its document and its printed name."""

    document: Text
    program: Text


class Value(_Stated):
    """A figure as printed with its value: ``yen`` (or its two ends), else ``number``."""

    text: Text
    yen: int | None = None
    yen_min: int | None = None
    yen_max: int | None = None
    number: float | None = None


class Forbidden(Value):
    """A figure that must not be told as an answer, and why somebody might."""

    why: Text


class Expected(Value):
    """A figure that a right answer states; one that is computed has ``how`` and ``of`` instead of a line."""

    kind: FactKind
    program: Text
    document: Text
    line: Line | None = None
    subprogram: str | None = None
    condition: str | None = None
    unit: str | None = None
    how: Literal[COMPUTED] | None = None  # type: ignore[valid-type]
    of: tuple[tuple[Text, Line, Text], ...] = ()

    @model_validator(mode="after")
    def _placed(self) -> Expected:
        if (self.line is None) != (self.how is not None):
            raise ValueError("a figure has a line, or how it is computed")
        if self.how is not None and not self.of:
            raise ValueError("a computed figure names what it is computed from in 'of'")
        return self


class Case(_Stated):
    """A question and what a right answer to it holds; see ``eval/cases/README.md`` for each field."""

    id: Text
    question: Text
    history: tuple[Text, ...] = ()
    type: Literal[TYPES]  # type: ignore[valid-type]
    voice: str | None = None
    documents: tuple[Text, ...] = ()
    programs: tuple[Named, ...] = ()
    also: tuple[Named, ...] = ()
    expect: tuple[Expected, ...] = ()
    words: tuple[Text | tuple[Text, ...], ...] = ()
    lines: tuple[Place, ...] = ()
    need: Annotated[int, Field(ge=1)] | None = None
    forbid: tuple[Forbidden, ...] = ()
    answerable: bool
    reason: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> Case:
        if self.answerable != (self.reason is None):
            raise ValueError("a case is answerable, or has a reason why not")
        if not set(self.reasons) <= set(REASONS):
            raise ValueError(f"reason is one of {', '.join(REASONS)}")
        if self.answerable and not (self.expect or self.words or self.programs):
            raise ValueError("an answerable case expects figures, words or programs")
        if not self.answerable and (self.expect or self.words):
            raise ValueError("a case without an answer expects no figures and no words")
        if (self.type == "followup") != bool(self.history):
            raise ValueError("a followup has a history, and no other case has one")
        return self

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons for which an abstention is right."""
        return tuple(self.reason.split("|")) if self.reason else ()

    @property
    def evidence(self) -> tuple[tuple[str, int, str], ...]:
        """Document, line and printed text of everything that an answer rests on; the text is empty for a whole line."""
        printed = [(one.document, one.line, one.text) for one in self.expect if one.line is not None]
        parts = [part for one in self.expect for part in one.of]
        return tuple(dict.fromkeys([*printed, *parts, *((document, line, "") for document, line in self.lines)]))


@dataclass(frozen=True, slots=True)
class Placed:
    """A case, the split it is in, and where it stands."""

    case: Case
    split: str
    at: str  # file:line


def read_cases(folder: Path = CASES, split: str | None = None) -> list[Placed]:
    """The cases of a folder, by file name and line; of one split or of both.

    Raises CaseProblem, which names the file and the line, for a file that cannot be read, a name that is no
    ``<document>.<split>.jsonl``, a line that is no case, an id that comes twice, and a folder without cases.
    """
    found = [placed for path in sorted(folder.glob("*.jsonl")) for placed in _file(path)]
    if not found:
        raise CaseProblem(f"{folder} holds no cases: name another folder with --cases")
    seen: dict[str, str] = {}
    for placed in found:
        if (first := seen.setdefault(placed.case.id, placed.at)) != placed.at:
            raise CaseProblem(f"{placed.at}: the id {placed.case.id} is also used at {first}")
    return [placed for placed in found if split in (None, placed.split)]


def _file(path: Path) -> Iterable[Placed]:
    split = path.name.split(".")[-2]
    if split not in SPLITS:
        raise CaseProblem(f"{path}: name it <document>.tune.jsonl or <document>.frozen.jsonl")
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseProblem(f"{path} cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield Placed(read_case(line, f"{path}:{number}"), split, f"{path}:{number}")


def read_case(line: str, at: str) -> Case:
    """One line as a case.  Raises CaseProblem with the place and the first fault."""
    try:
        return Case.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise CaseProblem(f"{at}: {where + ': ' if where else ''}{first['msg']}") from error


def written(cases: Sequence[Case]) -> str:
    """The text of a file: a line each, fields in one order, empty ones left out."""
    return "".join(json.dumps(_filled(case), ensure_ascii=False) + "\n" for case in cases)


def _filled(case: Case) -> dict[str, object]:
    stated: dict[str, object] = case.model_dump(mode="json", exclude_defaults=True)
    return stated
