"""The accepted scores, and whether a run still holds them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from .case import FROZEN
from .interval import difference
from .judge import RIGHT, WRONG, Verdict
from .scores import ALL, METRICS, Score, cluster

BASELINE = Path("eval/baseline.json")
BY_TYPE = ("right", "right or silent")
PAIRED = ("right", "not wrong")
ACCEPT = "review the change, then python -m eval --accept with the same --cases and --baseline"

Bit = Annotated[int, Field(ge=0, le=1)]
Outcome = tuple[str, Bit, Bit]  # a case's cluster, whether it was right, and whether it was not wrong


class GateProblem(Exception):
    """A baseline that is not there, cannot be read or must not be written; the message is one line."""


class Baseline(BaseModel):
    """The accepted scores, which frozen cases they are of (``digest``), and how each of them came out, by its id."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    digest: str
    scores: Annotated[tuple[Score, ...], Field(min_length=1)]
    parts: Annotated[dict[str, Outcome], Field(min_length=1)]

    @model_validator(mode="after")
    def _shares(self) -> Baseline:
        for one in self.scores:
            # what is no number is not between 0 and 1 either
            if one.split != FROZEN or not all(0.0 <= value <= 1.0 for value in (one.value, one.low, one.high)):
                raise ValueError(f"{one.metric}, {one.group}: no share of the frozen cases")
        return self


def outcomes(verdicts: Iterable[Verdict]) -> dict[str, Outcome]:
    """How each frozen case came out, by its id."""
    own = [one for one in verdicts if one.split == FROZEN]
    return {one.case.id: (cluster(one.case), int(one.outcome == RIGHT), int(one.outcome != WRONG)) for one in own}


def baseline_of(scores: Iterable[Score], digest: str, parts: Mapping[str, Outcome]) -> Baseline:
    """What a run would have accepted of its frozen scores: all metrics over all cases, and what is right by type.

    Latency is not among them: it is the machine's.
    """
    frozen = [one for one in scores if one.split == FROZEN and one.metric in METRICS]
    kept = [one for one in frozen if one.group == ALL or one.metric in BY_TYPE]
    return Baseline(digest=digest, scores=tuple(map(_rounded, kept)), parts=dict(sorted(parts.items())))


def _rounded(score: Score) -> Score:
    return score.model_copy(update={name: round(getattr(score, name), 6) for name in ("value", "low", "high")})


def read_baseline(path: Path = BASELINE) -> Baseline:
    """The accepted scores.  Raises GateProblem."""
    try:
        return Baseline.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise GateProblem(f"{path} cannot be read: accept the scores of today with python -m eval --accept") from error
    except ValidationError as error:
        raise GateProblem(f"{path} holds no baseline: accept the scores of today with --accept") from error


def write_baseline(baseline: Baseline, path: Path = BASELINE) -> None:
    """The accepted scores as JSON, for the repository: a line for each score and each case."""
    stated = baseline.model_dump(mode="json")
    scores = ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in stated["scores"])
    parts = ",\n  ".join(json.dumps({name: part}, ensure_ascii=False)[1:-1] for name, part in stated["parts"].items())
    head = f'{{\n "digest": {json.dumps(baseline.digest)},\n'
    path.write_text(f'{head} "scores": [\n  {scores}\n ],\n "parts": {{\n  {parts}\n }}\n}}\n', encoding="utf-8")


def fallen(scores: Sequence[Score], digest: str, baseline: Baseline, parts: Mapping[str, Outcome]) -> list[str]:
    """What the gate stops at, a line each.

    A score falls when it is below the low end of the accepted one's interval; a promise (quotes that stand, figures
    that are bound) falls with any loss.  ``parts`` are compared case by case with the accepted ones: more are lost
    than won when the whole interval of the paired difference is below nought, however small the loss is.  Scores of
    other cases than the accepted ones are not compared: they have to be accepted first.
    """
    if digest != baseline.digest or parts.keys() != baseline.parts.keys():
        return [f"the frozen cases are not those of the baseline: {ACCEPT}"]
    now = {(one.group, one.metric): one for one in scores if one.split == FROZEN}
    return [*_lower(now, baseline), *_new(now, baseline), *_lost(parts, baseline)]


def _lower(now: Mapping[tuple[str, str], Score], baseline: Baseline) -> Iterator[str]:
    for old in baseline.scores:
        new = now.get((old.group, old.metric))
        promised = old.metric in METRICS and METRICS[old.metric].kept
        floor = old.value if promised else min(old.low, old.value)
        name = old.metric if old.group == ALL else f"{old.metric}, {old.group}"
        if new is None:
            yield f"{name}: was {old.value:.3f} and is not measured any more"
        elif not new.value >= floor - 1e-6:
            yield f"{name}: {new.value:.3f}, accepted {old.value:.3f} ({old.low:.3f}–{old.high:.3f})"


def _new(now: Mapping[tuple[str, str], Score], baseline: Baseline) -> Iterator[str]:
    """A score that nobody has accepted holds nothing."""
    accepted = {(one.group, one.metric) for one in baseline.scores}
    for group, metric in now:
        if group == ALL and metric in METRICS and (group, metric) not in accepted:
            yield f"{metric}: measured, and not among the accepted scores: {ACCEPT}"


def _lost(parts: Mapping[str, Outcome], baseline: Baseline) -> Iterator[str]:
    clusters = [part[0] for part in parts.values()]
    for place, name in enumerate(PAIRED):
        pairs = [(baseline.parts[one][1:][place], part[1:][place]) for one, part in parts.items()]
        change = difference([(old, 1.0) for old, _ in pairs], [(new, 1.0) for _, new in pairs], clusters)
        if change is not None and change.high < 0:
            lost, won = sum(new < old for old, new in pairs), sum(new > old for old, new in pairs)
            yield f"{name}: {lost} cases lost and {won} won, a sure loss of {-change.value * 100:.1f} points"
