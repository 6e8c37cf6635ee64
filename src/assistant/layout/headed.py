"""The prose right under a heading, before the first row or item."""

from __future__ import annotations

import re

from ..records import Document
from ..tokens import fold

_HEADING = re.compile(r"^[\s　]*(?:#+|[■◆●]|[0-9０-９]{1,2}[\s　.．]|[(（][0-9０-９]{1,2}[)）])[\s　]*")
_ROW = re.compile(r"^[\s　]*(?:#|[-*・○●|■◆]|[0-9０-９]{1,2}[\s　.．]|[(（][0-9０-９]{1,2}[)）])")
_UNDER = 8  # lines under a heading where its prose may stand


def preambles(title: str, document: Document) -> list[str]:
    """The prose that stands right under the headings of this title, each as printed, line feeds and all."""
    found = []
    for number, line in enumerate(document.lines):
        if not _HEADING.match(line) or fold(_HEADING.sub("", line)) != fold(title):
            continue
        block: list[str] = []
        for below in document.lines[number + 1 : number + 1 + _UNDER]:
            if not below.strip() and not block:
                continue
            if not below.strip() or _ROW.match(below) or "\t" in below:
                break
            block.append(below)
        text = "\n".join(block).strip()
        if text.endswith("。"):
            found.append(text)
    return found
