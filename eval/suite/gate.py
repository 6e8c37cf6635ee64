"""The accepted scores, and whether a run still holds them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from .case import FROZEN
from .scores import ALL, METRICS, Score

BASELINE = Path("eval/baseline.json")
BY_TYPE = ("right", "right or silent")


class GateProblem(Exception):
    """A baseline that is not there or cannot be read; the message is one line."""


class Baseline(BaseModel):
    """The accepted scores, and which frozen cases they are of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    digest: str
    scores: tuple[Score, ...]


def baseline_of(scores: Iterable[Score], digest: str) -> Baseline:
    """What a run would have accepted of its frozen scores: all metrics over all cases, and what is right by type.

    Latency is not among them: it is the machine's.
    """
    frozen = [one for one in scores if one.split == FROZEN and one.metric in METRICS]
    kept = [one for one in frozen if one.group == ALL or one.metric in BY_TYPE]
    return Baseline(digest=digest, scores=tuple(map(_rounded, kept)))


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
    """The accepted scores as JSON, for the repository."""
    path.write_text(baseline.model_dump_json(indent=1) + "\n", encoding="utf-8")


def fallen(scores: Iterable[Score], digest: str, baseline: Baseline) -> list[str]:
    """What the gate stops at, a line each.

    A score falls when it is below the low end of the accepted one's interval; a promise (quotes that stand, figures
    that are bound) falls with any loss.  Scores of other cases than the accepted ones are not compared: they have to
    be accepted first.
    """
    if digest != baseline.digest:
        return ["the frozen cases are not those of the baseline: review the change, then python -m eval --accept"]
    now = {(one.group, one.metric): one for one in scores if one.split == FROZEN}
    found = []
    for old in baseline.scores:
        new = now.get((old.group, old.metric))
        promised = old.metric in METRICS and METRICS[old.metric].kept
        floor = old.value if promised else min(old.low, old.value)
        name = old.metric if old.group == ALL else f"{old.metric}, {old.group}"
        if new is None:
            found.append(f"{name}: was {old.value:.3f} and is not measured any more")
        elif new.value < floor - 1e-6:
            found.append(f"{name}: {new.value:.3f}, accepted {old.value:.3f} ({old.low:.3f}–{old.high:.3f})")
    return found
