"""「改修への補助（1/2以内）、催しへの助成（定額）」: each bracket speaks of the part that is named before it."""

from __future__ import annotations

import re
from dataclasses import replace

from ..records import Figure
from .make import Say

_NEXT = re.compile(
    r"(?<=[)）])[\s　]*(?:、|，|,|及び|並びに|・|／)[\s　]*"
    r"(?P<name>[^\s　、，,。：:（()）「」0-9０-９はがを]{2,28})[（(](?P<terms>[^（()）]*)[)）]"
)


def in_turn(text: str, said: list[tuple[Figure, Say]], part: str | None) -> list[tuple[Figure, Say]]:
    """The figures of a piece that begins with ``part``; those in the bracket behind another name are of that one."""
    spans = (
        [(found.start("terms"), found.end("terms"), found["name"]) for found in _NEXT.finditer(text)] if part else []
    )
    first = text.find(part) if part else -1
    if not spans or first < 0 or not re.match(r"[（(]", text[first + len(part or "") :]):
        return said
    return [(figure, _of(figure, say, spans, part)) for figure, say in said]


def _of(figure: Figure, say: Say, spans: list[tuple[int, int, str]], part: str | None) -> Say:
    name = next((name for start, end, name in spans if start <= figure.start < end), None)
    return replace(say, subprogram=name) if name and say.subprogram == part else say
