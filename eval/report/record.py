"""A run as one object: what was measured, each score, and each case with its answer; written as JSON and read back."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from assistant.records import to_json

from ..suite.case import SPLITS, Case
from ..suite.judge import OUTCOMES, Verdict, phrase
from ..suite.names import Names
from ..suite.reply import TODAY
from ..suite.scores import METRICS, Score, cluster, needed_programs, ranks, scores

SCHEMA = 1
IN_PROCESS, OVER_HTTP = "in process", "over HTTP"
RANKED = 10  # programs of a ranking that are kept


class RunProblem(Exception):
    """A file of a run that is not there or cannot be read; the message is one line."""


class _Kept(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Cited(_Kept):
    """A citation of an answer, as a reader looks it up."""

    marker: int
    document: str
    program: str
    quote: str
    line_start: int
    line_end: int


class Asked(_Kept):
    """A case and what came of it.  ``parts`` holds each metric's share: so many of so many."""

    id: str
    split: str
    type: str
    cluster: str
    question: str
    history: tuple[str, ...] = ()
    voice: str | None = None
    expected: tuple[str, ...] = ()
    outcome: str
    why: tuple[str, ...] = ()
    status: str
    reason: str | None = None
    wanted: str  # answered, or the reasons for which an abstention is right
    text: str
    citations: tuple[Cited, ...] = ()
    figures: tuple[str, ...] = ()
    ranked: tuple[str, ...] | None = None
    found_at: tuple[int, ...] | None = None  # places of the right programs in the ranking; None without a ranking
    needed: int = 1  # how many of them a right answer needs
    seconds: float
    parts: dict[str, tuple[float, float]]

    @model_validator(mode="after")
    def _known(self) -> Asked:
        if self.outcome not in OUTCOMES or self.split not in SPLITS:
            raise ValueError("an outcome or a split that this suite does not know")
        if not all(map(math.isfinite, (self.seconds, *(value for part in self.parts.values() for value in part)))):
            raise ValueError("a part or a time that is no number")
        return self

    def recalled(self, depth: int) -> tuple[float, float]:
        """Of the programs that are needed, those among the first ``depth``; 1 is the most."""
        found = sum(place <= depth for place in self.found_at or ())
        return min(found, self.needed) / self.needed, 1.0


class Run(_Kept):
    """All of a run.  ``digests`` are of the cases of each split: scores of other cases cannot be compared."""

    schema_: int = SCHEMA
    surface: str
    about: dict[str, str]
    today: str
    digests: dict[str, str]
    scores: tuple[Score, ...]
    cases: tuple[Asked, ...]

    @model_validator(mode="after")
    def _finite(self) -> Run:
        if not all(math.isfinite(value) for one in self.scores for value in (one.value, one.low, one.high)):
            raise ValueError("a score that is no number")
        return self

    def score(self, split: str, metric: str, group: str = "all") -> Score | None:
        """One score, or None when the run says nothing of it."""
        wanted = (split, group, metric)
        return next((one for one in self.scores if (one.split, one.group, one.metric) == wanted), None)


def run_of(verdicts: Sequence[Verdict], surface: str, about: Mapping[str, str], names: Names) -> Run:
    """The run of these verdicts.  ``surface`` names what was asked, ``about`` its version and data."""
    digests = {split: digest([one.case for one in verdicts if one.split == split], names) for split in SPLITS}
    return Run(
        surface=surface,
        about=dict(about),
        today=TODAY.isoformat(),
        digests={split: value for split, value in digests.items() if value},
        scores=tuple(scores(verdicts)),
        cases=tuple(_asked(verdict) for verdict in verdicts),
    )


def digest(cases: Sequence[Case], names: Names) -> str:
    """A short hash of cases in any order and of the names that are taken for one another; empty for no cases."""
    lines = sorted(case.model_dump_json(exclude={"note", "voice"}) for case in cases)
    same = sorted(json.dumps([*named, first], ensure_ascii=False) for named, first in names.first.items())
    return sha256("\n".join([*lines, "", *same]).encode()).hexdigest()[:16] if lines else ""


def write_run(run: Run, path: Path) -> None:
    """One JSON object, whole or not at all."""
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_text(run.model_dump_json(indent=1, exclude_defaults=False) + "\n", encoding="utf-8")
    unfinished.replace(path)


def read_run(path: Path) -> Run:
    """The run of a file.  Raises RunProblem, which says what to do."""
    try:
        run = Run.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise RunProblem(f"{path} cannot be read: write it with python -m eval --out DIR") from error
    except ValidationError as error:
        raise RunProblem(f"{path} is no run of this suite: write it anew with python -m eval") from error
    if run.schema_ != SCHEMA:
        raise RunProblem(f"{path} was written by another version of this suite: write it anew with python -m eval")
    return run


def _asked(verdict: Verdict) -> Asked:
    case, answer, ranked = verdict.case, verdict.reply.answer, verdict.reply.ranked
    said: dict[str, Any] = to_json(answer)
    return Asked(
        id=case.id, split=verdict.split, type=case.type, cluster=cluster(case), question=case.question,
        history=case.history, voice=case.voice, expected=tuple(expectations(case)), outcome=verdict.outcome,
        why=verdict.why, status=answer.status, reason=answer.reason, wanted=case.reason or "answered", text=answer.text,
        citations=tuple(Cited.model_validate(one) for one in said["citations"]),
        figures=tuple(f"{one.kind} {one.text} ({one.program}) [{one.marker}]" for one in answer.figures),
        ranked=None if ranked is None else tuple(f"{document} {name}" for document, name in ranked[:RANKED]),
        found_at=tuple(ranks(case, ranked)) if ranked is not None and case.answerable and case.programs else None,
        needed=needed_programs(case), seconds=round(verdict.reply.seconds, 6),
        parts={name: part for name, metric in METRICS.items() if (part := metric.part(verdict))[1]},
    )  # fmt: skip


def expectations(case: Case) -> list[str]:
    """What a right answer holds, a phrase each."""
    figures = [phrase(one) for one in case.expect]
    words = [f"「{one if isinstance(one, str) else ' / '.join(one)}」" for one in case.words]
    programs = [f"{one.document} {one.program}" for one in case.programs] if not (figures or words) else []
    return [*figures, *words, *programs]
