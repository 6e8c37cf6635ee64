"""Texts and names for comparing, and plain tables for the terminal."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence


def folded(text: str | None) -> str:
    """A text for comparing: NFKC, without blanks; nothing is the empty text."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text or ""))


def readable() -> None:
    """Japanese prints under LANG=C too."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def render(headings: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """The lines under their headings, in columns as wide as what is in them."""
    rows = [tuple(headings), *(tuple(map(str, line)) for line in lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_row(row, widths) for row in rows)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (
        cell.rjust(width) if place else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join([first, *rest]).rstrip()
