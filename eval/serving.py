"""The real server as its users start it, for what measures it and what attacks it: a process, an address, a log."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

START = 120.0  # seconds
END = 30.0  # seconds


class NotServing(Exception):
    """A server did not start, or did not end in order; the message is one line."""


def bare_environment(**own: str) -> dict[str, str]:
    """The environment without the settings of whoever runs this, and with ``own``."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")} | own


@contextmanager
def started(
    arguments: Sequence[str], environment: dict[str, str], log: Path
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Python program that prints its address; it is told to end when the block ends, and must do so in order."""
    with log.open("wb") as errors:
        process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, stderr=errors, env=environment)
        assert process.stdout is not None
        try:
            yield address(process.stdout, log), process
            process.send_signal(signal.SIGTERM)
            if process.wait(END):
                raise NotServing(f"The server ended with status {process.returncode}: {last_line(log)}")
        finally:
            process.kill()
            process.wait(END)
            process.stdout.close()


def address(out: IO[bytes], log: Path) -> str:
    """What a server prints when it can be asked.  Raises NotServing."""
    waiting = select.poll()  # select() takes no file beyond the 1,024th
    waiting.register(out, select.POLLIN)
    line = out.readline().decode() if waiting.poll(START * 1000) else ""
    if not line.startswith("http://"):
        raise NotServing(f"The server did not start: {last_line(log)}")
    return line.strip()


def last_line(log: Path) -> str:
    """The end of a log."""
    return (log.read_text("utf-8", "replace").strip().splitlines() or ["it has said nothing"])[-1]
