"""Domain word lists, kept as data and reviewed as data.

Each ``*.toml`` beside this file is one list; :func:`table` reads it once.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The list ``<name>.toml`` as plain TOML values; read once a process."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def words(name: str, *keys: str) -> tuple[str, ...]:
    """The strings under ``keys`` of one list, longest first (so that a longer word wins)."""
    node: Any = table(name)
    for key in keys:
        node = node[key]
    return tuple(sorted(node, key=len, reverse=True))
