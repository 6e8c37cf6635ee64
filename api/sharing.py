"""Figures of several worker processes in one folder, so that whichever is asked tells the sums of them all.

It stands apart from the gate: the process that starts the workers needs nothing else of it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import AssistantError

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


@contextmanager
def shared_figures(data: Path) -> Iterator[None]:
    """Processes that are started within the block share their figures, in a folder in ``data`` that goes with it.

    A folder that is named already is used, and left as it is: whoever names it empties it.  Raises AssistantError.
    """
    if os.environ.get(FOLDER):
        yield
        return
    try:
        data.mkdir(parents=True, exist_ok=True)
        folder = tempfile.mkdtemp(prefix="metrics-", dir=data)
    except OSError as error:
        raise AssistantError(
            f"The data folder {data} cannot be written: {error.strerror}.", hint="Set ASSISTANT_DATA to another folder."
        ) from None
    os.environ[FOLDER] = folder
    try:
        yield
    finally:
        del os.environ[FOLDER]
        shutil.rmtree(folder, ignore_errors=True)


def forget_process(pid: int | None) -> None:
    """A process has died: what it had open and running is counted no more; what it has done is."""
    if pid is not None and os.environ.get(FOLDER):
        from prometheus_client.multiprocess import mark_process_dead  # reads the folder's name when it is imported

        mark_process_dead(pid)  # type: ignore[no-untyped-call]
