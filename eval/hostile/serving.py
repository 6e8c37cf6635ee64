"""The server that is attacked: ``assistant serve`` as its users start it, with its log kept."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ..serving import bare_environment, started


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and the file that its log goes to."""

    address: tuple[str, int]
    log: Path

    def traces(self) -> int:
        """How many stack traces the log holds."""
        return self.log.read_text("utf-8", "replace").count("Traceback (most recent")


@contextmanager
def serving(index: Path) -> Iterator[Server]:
    """A server of ``index`` on a free port, with nothing set but a folder of its own; ended with the block.

    Raises NotServing when it does not start, and when it does not end in order.
    """
    with tempfile.TemporaryDirectory(prefix="assistant-hostile-") as folder:
        log = Path(folder) / "log"
        environment = bare_environment(ASSISTANT_DATA=folder, ASSISTANT_INDEX=str(index), PYTHONUNBUFFERED="1")
        with started(["-m", "assistant", "serve", "--port", "0"], environment, log) as (url, _):
            parts = urlsplit(url)
            assert parts.hostname is not None
            assert parts.port is not None
            yield Server((parts.hostname, parts.port), log)
