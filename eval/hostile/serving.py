"""The server that is attacked: ``assistant serve`` as its users start it, with its log kept."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and the file that its log goes to."""

    address: tuple[str, int]
    log: Path

    def traces(self) -> int:
        """How many stack traces the log holds."""
        return self.log.read_text("utf-8", "replace").count("Traceback (most recent")


@contextlib.contextmanager
def serving(index: Path) -> Iterator[Server]:
    """A server of ``index`` on a free port, with nothing set but a folder of its own; ended with the block."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    with tempfile.TemporaryDirectory(prefix="assistant-hostile-") as folder:
        log = Path(folder) / "log"
        settings = {"ASSISTANT_DATA": folder, "ASSISTANT_INDEX": str(index), "PYTHONUNBUFFERED": "1"}
        with log.open("wb") as errors:
            command = [sys.executable, "-m", "assistant", "serve", "--port", "0"]
            process = subprocess.Popen(
                command, env={**bare, **settings}, stdout=subprocess.PIPE, stderr=errors, text=True
            )
            try:
                assert process.stdout is not None
                parts = urlsplit(process.stdout.readline().strip())
                if parts.hostname is None or parts.port is None:
                    raise RuntimeError(f"The server did not start: {log.read_text('utf-8', 'replace')[-500:]}")
                yield Server((parts.hostname, parts.port), log)
            finally:
                process.terminate()
                process.communicate(timeout=30)
