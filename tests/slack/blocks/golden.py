"""Writes the golden payloads anew: ``python -m tests.slack.blocks.golden --write``.  Look at what changed."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from api.slack.blocks import Message

from .told import DATA, every

FOLDER = DATA / "golden"


def printed(messages: Sequence[Message]) -> str:
    """Messages as a file holds them."""
    return (
        json.dumps([{"text": one.text, "blocks": one.blocks} for one in messages], ensure_ascii=False, indent=1) + "\n"
    )


def path(name: str) -> Path:
    """The file of a case."""
    return FOLDER / f"{name}.json"


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    FOLDER.mkdir(exist_ok=True)
    for name, messages in every().items():
        path(name).write_text(printed(messages), "utf-8")
