"""Files that survive a crash: checksums, fsync, one atomic switch, one builder at a time."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import IndexDamaged

BUILD_AGAIN = "Run 「assistant build」 to make it again."


@dataclass(frozen=True, slots=True)
class FileSum:
    """What a manifest states about one file."""

    sha256: str
    size: int  # bytes


def file_sum(path: Path) -> FileSum:
    """The checksum and the size in bytes of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return FileSum(digest, file.tell())


def folder_sums(folder: Path) -> dict[str, FileSum]:
    """Every file below ``folder`` by its path inside it, in order."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): file_sum(path) for path in files}


def check_sums(folder: Path, stated: dict[str, FileSum]) -> None:
    """Raises IndexDamaged naming the first file that is missing or differs from what is stated."""
    for name, expected in stated.items():
        path = folder / name
        try:
            found = file_sum(path)
        except OSError as error:
            raise IndexDamaged(f"The index file {path} is missing or unreadable.", hint=BUILD_AGAIN) from error
        if found != expected:
            raise IndexDamaged(f"The index file {path} differs from its checksum.", hint=BUILD_AGAIN)


def sync_tree(folder: Path) -> None:
    """Puts every file and folder below ``folder``, and itself, on the disk."""
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    """Puts one file, or a folder's list of names, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_text(path: Path, text: str) -> None:
    """Writes ``text`` to ``path`` so that a reader, or a crash, finds the old text or the new one, never a part."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(6)}")
    try:
        draft.write_text(text, "utf-8")
        sync(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync(path.parent)


@contextmanager
def temporary_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """A new empty folder in ``parent``, gone at the end unless it was renamed."""
    folder = parent / f"{prefix}{os.getpid()}-{secrets.token_hex(6)}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Waits until no other builder, thread or process, holds the lock file.  A dead builder's lock is free."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def mark_used(path: Path) -> int:
    """An open handle that says "somebody reads this": :func:`is_used` is true until it is closed with ``os.close``."""
    handle = os.open(path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def is_used(path: Path) -> bool:
    """Whether any process reads by a handle of :func:`mark_used`; a file that is not there is used by nobody."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
