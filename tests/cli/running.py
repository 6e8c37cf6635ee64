"""The command line, run in this process (quick) or as a program of its own (what a shell sees).

A test module takes the fixtures from here by name: ``run = running.run``.
"""

import contextlib
import io
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from conftest import CORPUS, TODAY

from assistant.cli import main

ROOT = CORPUS.parent
WATCHED = (
    signal.SIGTERM,
    signal.SIGINT,
    signal.SIGHUP,
    signal.SIGPIPE,
)  # while it runs a command may heed them in its way


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
    own["ASSISTANT_DATA"] = str(index.parent / "data")  # never what this checkout's server keeps
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
        heeded = {signum: signal.getsignal(signum) for signum in WATCHED}
        try:
            main()
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
        finally:
            left = {signum: signal.getsignal(signum) for signum in WATCHED}
            for signum, handler in heeded.items():
                signal.signal(signum, handler)
            heeded[signal.SIGPIPE] = left[signal.SIGPIPE]  # the program's own, for all of its commands
            assert left == heeded  # a command may be run within a longer process
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


def read_line(stream: IO[bytes], seconds: float) -> str:
    """A line that a program prints within so many seconds; nothing at its end."""
    waiting = select.poll()  # select() takes no file beyond the 1,024th
    waiting.register(stream, select.POLLIN)
    assert waiting.poll(seconds * 1000), "the program printed nothing"
    return stream.readline().decode("utf-8").strip()


@contextlib.contextmanager
def served(index: Path, *args: str, start: float = 120, **changes: str) -> Iterator[tuple[str, subprocess.Popen]]:
    """A server by its address and its process; several workers on a busy machine take long to start."""
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", "--port", "0", *args],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(index, **changes),
    ) as process:  # fmt: skip
        try:
            url = read_line(process.stdout, start)
            assert url, process.stderr.read().decode("utf-8")
            yield url, process
        finally:
            process.kill()


@contextlib.contextmanager
def silent_model() -> Iterator[tuple[dict[str, str], list[socket.socket]]]:
    """A language model's server that takes every call and says nothing: its settings, and the calls."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        listener.settimeout(0.2)
        held: list[socket.socket] = []
        ended = threading.Event()

        def take() -> None:
            while not ended.is_set():
                with contextlib.suppress(TimeoutError):
                    held.append(listener.accept()[0])

        thread = threading.Thread(target=take)
        thread.start()
        own = {
            "ASSISTANT_LLM": "openai:none",
            "ASSISTANT_LLM_API_KEY": "k",
            "ASSISTANT_LLM_BASE_URL": f"http://127.0.0.1:{listener.getsockname()[1]}/v1",
            "ASSISTANT_LLM_FIRST_TOKEN": "60",
            "ASSISTANT_LLM_TIMEOUT": "60",
        }
        try:
            yield own, held
        finally:
            ended.set()
            thread.join()
            for one in held:
                one.close()
