"""Runs each system in a process of its own and takes what it tells."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import assistant

from .one import MISSING, Run
from .quiet import switch_off
from .registry import MODEL

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Plan:
    """What every system is run with."""

    questions: Sequence[tuple[str, str]]
    corpus: Path
    words: Path
    budget: int
    today: dt.date
    model: Path | None = None
    pythons: Mapping[str, str] = field(default_factory=dict)  # the interpreter of a system, when it is another one
    timeout: float = 900.0  # seconds for one system


@dataclass(frozen=True, slots=True)
class Left:
    """A system that told nothing: it is not installed here, or it failed."""

    system: str
    why: str  # one line
    failed: bool


def run_system(name: str, plan: Plan) -> Run | Left:
    """Runs one system; whatever goes wrong in its process is told and is no error of this one."""
    if name == MODEL and plan.model is None:
        return Left(name, "name the folder of a sentence-transformers model with --model", failed=False)
    try:
        done = subprocess.run(
            _command(name, plan),
            input=json.dumps(plan.questions, ensure_ascii=False),
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=_environment(),
            timeout=plan.timeout,
        )
    except subprocess.TimeoutExpired:
        return Left(name, f"did not end within {plan.timeout:.0f} seconds", failed=True)
    except OSError as error:
        return Left(name, f"cannot be started: {error}", failed=True)
    if done.returncode:
        return Left(name, _last(done.stderr) or f"ended with {done.returncode}", failed=done.returncode != MISSING)
    return _told(name, done.stdout)


def _command(name: str, plan: Plan) -> list[str]:
    options = {
        "--corpus": plan.corpus,
        "--words": plan.words,
        "--budget": plan.budget,
        "--today": plan.today,
        "--model": plan.model if name == MODEL else None,
    }
    stated = [str(part) for option in options.items() if option[1] is not None for part in option]
    return [plan.pythons.get(name, sys.executable), "-m", "eval.peers.one", name, *stated]


def _environment() -> dict[str, str]:
    """The caller's environment without the assistant's settings, with this program in reach of any interpreter."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    switch_off(kept)
    source = Path(assistant.__file__).resolve().parents[1]
    path = os.pathsep.join(filter(None, (str(ROOT), str(source), kept.get("PYTHONPATH", ""))))
    return {**kept, "PYTHONPATH": path, "PYTHONHASHSEED": "0"}


def _told(name: str, printed: str) -> Run | Left:
    try:
        return Run(**json.loads(_last(printed)))
    except (TypeError, ValueError):
        return Left(name, "printed something else than its result", failed=True)


def _last(printed: str) -> str:
    """The last line that says something."""
    return next((line.strip() for line in reversed(printed.splitlines()) if line.strip()), "")
