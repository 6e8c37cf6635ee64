"""A reply that comes in pieces → whole sentences, each with the markers behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LONGEST = 1_000  # characters of a sentence: a longer one is no sentence
_END = re.compile(r"[。！？!?]|\n")
_MARKERS = re.compile(r"(?:[ 　]*(?:\[[0-9 ,、]{1,12}\]|[。）)」』*_]))*")
_HALF = re.compile(r"\[[0-9 ,、]{0,12}")  # a marker of which the rest is to come
_OPEN, _CLOSE = "「『（(", "」』）)"
_ENDED = re.compile(r"(?:[。！？!?\]）)」』]|\}\}|です|ます)[*_ 　]*$")


def sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Whole sentences as soon as what follows them shows that they are whole.

    What is left at the end is one when it ends like one: the words before a cut are none.
    """
    rest = ""
    overlong = False  # the sentence that goes on now: none of it is told
    for piece in pieces:
        rest += piece
        while (end := _end_of_first(rest)) is not None:
            yield from () if overlong else _told(rest[:end])
            rest, overlong = rest[end:], False
        if len(rest) > LONGEST:
            rest, overlong = "", True
    rest = "" if overlong else f"{rest}\n"
    while rest.strip() and (end := _end_of_first(f"{rest}\0")) is not None:
        yield from _told(rest[:end]) if _ENDED.search(rest[:end].rstrip()) else ()
        rest = rest[end:]


def _told(text: str) -> Iterator[str]:
    if text.strip():
        yield text.strip()


def _end_of_first(text: str) -> int | None:
    """Where the first whole sentence of a text ends, or None while it may go on."""
    start = 0
    while match := _END.search(text, start):
        if match[0] != "\n" and _is_inside(text[: match.start()]):
            start = match.end()
            continue
        if match[0] == "\n":
            return match.end()
        markers = _MARKERS.match(text, match.end())
        end = markers.end() if markers else match.end()
        following = text[end:].lstrip(" 　")
        return None if not following or _HALF.fullmatch(following) else end
    return None


def _is_inside(text: str) -> bool:
    """Whether a bracket of the line stands open: 「…。」 goes on."""
    line = text.rpartition("\n")[2]
    return sum(line.count(sign) for sign in _OPEN) > sum(line.count(sign) for sign in _CLOSE)
