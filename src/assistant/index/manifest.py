"""What a build says about itself, and which build is served."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..errors import IndexDamaged, IndexError_, IndexMissing
from ..tokens import dictionary_version
from .files import BUILD_AGAIN, FileSum

SCHEMA = 3  # raise it when a build of the earlier code cannot be read by this one
MANIFEST = "manifest.json"
CURRENT = "CURRENT"
BUILDS = "builds"
_BUILD_NAME = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that makes a build stale, unreadable or damaged when it differs."""

    schema: int
    created: str  # UTC, ISO 8601
    program_version: str
    corpus_hash: str
    embedding_model: str  # the setting; empty for the embedded default
    embedder: str  # the model's own id
    dimension: int
    dictionary: str  # version of the tokenizer's dictionary
    versions: dict[str, str]  # of the libraries that wrote the files
    counts: dict[str, int]
    files: dict[str, FileSum]

    def to_bytes(self) -> bytes:
        """The manifest as the JSON of ``manifest.json``."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n").encode()


def build_hash(manifest: bytes) -> str:
    """The part of a build's name that guards its manifest."""
    return hashlib.sha256(manifest).hexdigest()[:16]


def build_names(index_dir: Path) -> list[str]:
    """The names of the builds in the folder, newest first."""
    folder = index_dir / BUILDS
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted(filter(_BUILD_NAME.fullmatch, names), reverse=True)


def current_name(index_dir: Path) -> str:
    """The build that is served.  Raises IndexMissing when nothing was built, IndexDamaged for an unreadable CURRENT."""
    path = index_dir / CURRENT
    try:
        name = path.read_bytes().decode("ascii", "replace").strip()
    except FileNotFoundError:
        raise IndexMissing(f"There is no index in {index_dir}.", hint="Run 「assistant build」 first.") from None
    except OSError as error:
        raise IndexDamaged(f"The file {path} cannot be read: {error.strerror}.", hint=BUILD_AGAIN) from error
    if not _BUILD_NAME.fullmatch(name):
        raise IndexDamaged(f"The file {path} does not name a build.", hint=BUILD_AGAIN)
    return name


def read_manifest(build: Path) -> Manifest:
    """The manifest of a build, checked against the hash in the build's name and against this program's versions."""
    path = build / MANIFEST
    try:
        content = path.read_bytes()
    except OSError as error:
        raise IndexDamaged(f"The index file {path} is missing or unreadable.", hint=BUILD_AGAIN) from error
    if build_hash(content) != build.name.rpartition("-")[2]:
        raise IndexDamaged(f"The index file {path} differs from its checksum.", hint=BUILD_AGAIN)
    stated: dict[str, Any] = json.loads(content)
    if stated.get("schema") != SCHEMA:
        raise IndexError_(f"The index {build} is of another version of this program.", hint=BUILD_AGAIN)
    files = {name: FileSum(**file) for name, file in stated.pop("files").items()}
    return Manifest(**stated, files=files)


def check_dictionary(build: Path, manifest: Manifest) -> None:
    """Raises IndexError_ when the index was cut into words by another dictionary than the one installed."""
    installed = dictionary_version()
    if manifest.dictionary != installed:
        raise IndexError_(
            f"The index {build} was made with sudachidict-core {manifest.dictionary}, and {installed} is installed.",
            hint=BUILD_AGAIN,
        )


def current_manifest(index_dir: Path) -> Manifest | None:
    """The manifest of the build that is served, for judging whether it is stale; None when it cannot be used.

    Cheap: reads two small files and opens nothing else.
    """
    try:
        return read_manifest(index_dir / BUILDS / current_name(index_dir))
    except IndexError_:
        return None
