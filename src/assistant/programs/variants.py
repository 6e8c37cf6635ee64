"""A word that a document prints in two ways names the same thing wherever it stands.

Where two places print one program as あさひ産業塾 and あさが産業塾, the pair あさひ/あさが is learned; once two
programs attest it, every other name with one of the two words gets the other spelling as an alias.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..records import Program

_RUN = re.compile(r"[ぁ-ん]+|[ァ-ヶー]+|[一-龥々]+|[A-Za-z0-9]+|.")
ATTESTED = 2  # programs that must show a pair
SHORTEST = 3  # letters of a word that may be a variant of another


def with_variants(programs: Iterable[Program]) -> tuple[Program, ...]:
    """The programs with the spellings that the document itself shows to be variants, as aliases."""
    listed = tuple(programs)
    swaps = _learned(listed)
    return tuple(_extended(program, swaps) for program in listed) if swaps else listed


def _learned(programs: tuple[Program, ...]) -> dict[str, set[str]]:
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for program in programs:
        for alias in program.aliases:
            for pair in _differing(program.program, alias):
                seen[pair].add(program.id)
    swaps: dict[str, set[str]] = defaultdict(set)
    for (one, other), owners in seen.items():
        if len(owners) >= ATTESTED:
            swaps[one].add(other)
            swaps[other].add(one)
    return swaps


def _differing(one: str, other: str) -> Iterator[tuple[str, str]]:
    """The pair of words by which two names of as many words differ, when they differ in one word only."""
    words, others = _RUN.findall(one), _RUN.findall(other)
    if len(words) != len(others):
        return
    pairs = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    if len(pairs) == 1 and min(map(len, pairs[0])) >= SHORTEST and pairs[0][0][:2] == pairs[0][1][:2]:
        yield min(pairs[0]), max(pairs[0])


def _extended(program: Program, swaps: dict[str, set[str]]) -> Program:
    words = _RUN.findall(program.program)
    found = [
        "".join([*words[:place], other, *words[place + 1 :]])
        for place, word in enumerate(words)
        for other in sorted(swaps.get(word, ()))
    ]
    known = {program.program, *program.aliases}
    return replace(program, aliases=(*program.aliases, *(name for name in found if name not in known)))
