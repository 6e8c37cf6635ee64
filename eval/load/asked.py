"""Runs a client in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from urllib.parse import urlsplit

from .client import Job, Met, Round

LONGEST = 1_800.0  # seconds of a whole job


class LoadFailed(Exception):
    """Something of the measurement itself did not work; the message is one line."""


def job_for(url: str, bodies: list[str], streams: int, **changes: float | int | None) -> Job:
    """A job for the server at ``url``."""
    parts = urlsplit(url)
    return Job(parts.hostname or "127.0.0.1", parts.port or 80, bodies, streams, **changes)  # type: ignore[arg-type]


class Asking:
    """A client at work; :meth:`met` waits for what it has met."""

    def __init__(self, job: Job) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "eval.load.client"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdin is not None
        json.dump(asdict(job), self._process.stdin)
        self._process.stdin.close()

    @property
    def is_done(self) -> bool:
        """Whether it has ended."""
        return self._process.poll() is not None

    def met(self) -> Round:
        """What it has met.  Raises LoadFailed when it broke."""
        assert self._process.stdout is not None
        with self._process.stdout as out:
            told = out.read()
        if self._process.wait(LONGEST) or not told:
            raise LoadFailed("The client process has failed; its traceback stands above.")
        found = json.loads(told)
        return Round(found["seconds"], [Met(**one) for one in found["met"]])


def ask(job: Job) -> Round:
    """A job from its beginning to its end."""
    return Asking(job).met()
