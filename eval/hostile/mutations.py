"""Every way to break a request, by name, and how one is drawn."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from . import bodies, framing, headers, lines
from .request import Request

Mutation = Callable[[random.Random, Request], "Request | bytes"]

#: Of the head: any of these may have been there before a request is broken in another way.
HEADS: tuple[Mutation, ...] = (
    lines.method, lines.version, lines.target, lines.path_bytes, lines.query, lines.raw_query,
    headers.odd_value, headers.odd_name, headers.content_type, headers.without_type, headers.twice, headers.very_many,
    headers.cookies, headers.upgrade, headers.expecting,
)  # fmt: skip
ALL: tuple[Mutation, ...] = (
    *HEADS,
    bodies.field, bodies.number, bodies.whole, bodies.raw, bodies.encoding, bodies.flipped, bodies.on_get,
    framing.length, framing.chunked, framing.badly_chunked, framing.truncated, framing.garbled, framing.pipelined,
    framing.hidden, framing.bare_lines, framing.other_protocol,
)  # fmt: skip
AGAIN = 0.3  # how often a broken request is broken once more


@dataclass(frozen=True, slots=True)
class Hostile:
    """A broken request: the names of what was done, its bytes, and whether a reply must come."""

    name: str
    content: bytes
    whole: bool


def drawn(seed: int, number: int, good: Sequence[Request]) -> Hostile:
    """The broken request of a seed and a number: each way comes in its turn, the rest is chance."""
    chance = random.Random(f"{seed} {number}")
    mutation = ALL[number % len(ALL)]
    start = chance.choice(good)
    if chance.random() < AGAIN:
        before = chance.choice(HEADS)(chance, start)
        start = before if isinstance(before, Request) else start
    made = mutation(chance, start)
    name = mutation.__name__
    return Hostile(name, made, False) if isinstance(made, bytes) else Hostile(name, made.encoded(), made.whole)
