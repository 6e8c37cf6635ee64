"""What every system is: a line about itself, a build, and a search."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from assistant.embed import Embedder
from assistant.records import Document

from ..spans import Chunk

Search = Callable[[str, int], list[Chunk]]  # question, k → at most k chunks, best first


@dataclass(frozen=True, slots=True)
class Setup:
    """What a system may use: the shared embedder, the corpus folder, a folder that is thrown away, and a date."""

    embedder: Embedder
    corpus: Path
    scratch: Path
    today: dt.date  # what 今年度 is reckoned from


@dataclass(frozen=True, slots=True)
class Built:
    """A system with the documents in it."""

    search: Search
    chunks: int  # how many pieces it cut the documents into


class Peer(Protocol):
    """A system before it has seen a document; making one imports its packages."""

    @property
    def about(self) -> str:
        """Packages with their versions and the settings that were used, in one line."""

    def build(self, documents: Sequence[Document]) -> Built:
        """Cuts the documents and indexes the pieces."""


def package(name: str) -> Any:
    """A module of an optional package; the caller has made sure that it is installed."""
    return importlib.import_module(name)


def versions(*distributions: str) -> str:
    """「name version, name version」 of installed distributions."""
    return ", ".join(f"{name} {version(name)}" for name in distributions)
