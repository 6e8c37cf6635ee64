"""The command line, run in this process (quick) or as a program of its own (what a shell sees).

A test module takes the fixtures from here by name: ``run = running.run``.
"""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import CORPUS, TODAY

from assistant.cli import main

ROOT = CORPUS.parent


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one line of a named error."""
        lines = [line for line in self.err.splitlines() if line.strip()]
        assert self.status == 1, (self.status, self.err)
        assert len(lines) == 1, self.err
        assert lines[0].startswith("assistant: ")
        assert lines[0].endswith(".")
        return lines[0]


def environment(index: Path, **changes: str) -> dict[str, str]:
    """The environment of a command: this index, this corpus, this day, and nothing else of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ASSISTANT_", "LC_", "LANG"))}
    own = {"ASSISTANT_INDEX": str(index), "ASSISTANT_CORPUS": str(CORPUS), "ASSISTANT_TODAY": TODAY.isoformat()}
    return {**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **own, **changes}


@pytest.fixture
def run(index_dir, monkeypatch, capfd) -> Callable[..., Ran]:
    """``run("ask", "補助率は", stdin=…)`` in this process."""

    def run_here(*args: str, stdin: bytes = b"", **changes: str) -> Ran:
        for name, value in environment(index_dir, **changes).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["assistant", *args])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capfd.readouterr()
        try:
            main()
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
        said = capfd.readouterr()
        return Ran(status, said.out, said.err)

    return run_here


@pytest.fixture(scope="session")
def program(index_dir) -> Callable[..., Ran]:
    """The same as a program of its own: ``python -m assistant``."""

    def run_there(*args: str, stdin: bytes = b"", **changes: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "assistant", *args],
            input=stdin, capture_output=True, env=environment(index_dir, **changes), timeout=60, check=False,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return run_there
