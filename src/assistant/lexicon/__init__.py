"""Domain word lists, kept as data and reviewed as data.

Each ``*.toml`` beside this file is one list; :func:`table` reads it once.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The list ``<name>.toml`` as plain TOML values; read once a process."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a list, compiled once a process: there are more of them than ``re`` itself remembers."""
    return re.compile(pattern)


def says_any(text: str, patterns: Iterable[str]) -> bool:
    """Whether a text holds a match of any of a list's patterns."""
    return any(compiled(pattern).search(text) for pattern in patterns)


def words(name: str, *keys: str) -> tuple[str, ...]:
    """The strings under ``keys`` of one list, longest first (so that a longer word wins)."""
    node: Any = table(name)
    for key in keys:
        node = node[key]
    return tuple(sorted(node, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Situation:
    """A kind of program that the field has, how a budget document describes it, and how its users ask for it."""

    program: str
    about: str
    questions: tuple[str, ...]


@cache
def situations() -> tuple[Situation, ...]:
    """``situations.jsonl``: what everyday words and official ones have in common, whatever documents are held."""
    lines = files(__name__).joinpath("situations.jsonl").read_text(encoding="utf-8").splitlines()
    entries = (json.loads(line) for line in lines if line.strip())
    return tuple(Situation(entry["program"], entry["about"], tuple(entry["questions"])) for entry in entries)
