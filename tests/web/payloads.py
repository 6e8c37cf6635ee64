"""The hostile texts: each with a tag, so that a view that leaves one out is found."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

SOAK = bool(os.environ.get("SOAK"))  # every payload in every view, one by one: SOAK=1
CLASSES: dict[str, list[str]] = json.loads(
    (Path(__file__).parents[1] / "data" / "web" / "payloads.json").read_text("utf-8")
)
ALL = [text for texts in CLASSES.values() for text in texts]
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # what the application takes for no text


def tag(number: int) -> str:
    """What stands before a payload."""
    return f"〔{number}〕"


def tagged(number: int) -> str:
    """The payload of a number."""
    return tag(number) + ALL[number]


def samples() -> list[int]:
    """The payloads that are shown one at a time: all in a soak run, else some of each class."""
    if SOAK:
        return list(range(len(ALL)))
    firsts, start = [], 0
    for texts in CLASSES.values():
        firsts += [start, start + len(texts) // 2]
        start += len(texts)
    return firsts


def batches(size: int) -> list[range]:
    """All payloads, ``size`` at a time."""
    return [range(start, min(start + size, len(ALL))) for start in range(0, len(ALL), size)]


def questions(longest: int = 1900) -> list[str]:
    """The payloads that may be asked, as few questions as hold them."""
    packed = [""]
    for number, text in enumerate(ALL):
        if CONTROL.search(text) or len(text) > longest - 100:
            continue
        if len(packed[-1]) + len(text) + 10 > longest:
            packed.append("")
        packed[-1] += tagged(number) + " "
    return [question.strip() for question in packed]
