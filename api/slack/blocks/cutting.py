"""The beginning of what is told, where there is no room for the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from .message import Message
from .packing import Piece, Rows
from .rich import Element, portions, said


def within(most: int, count: int, made: Callable[[int], list[Message]]) -> list[Message]:
    """Of messages ``made`` with the first so many of ``count`` things: those with the most that are ``most`` or fewer.

    Those made with none of them are given where nothing else is within.
    """
    whole = made(count)
    if len(whole) <= most:
        return whole
    low, high, best = 0, count, made(0)
    while high - low > 1:
        middle = (low + high) // 2
        found = made(middle)
        if len(found) <= most:
            low, best = middle, found
        else:
            high = middle
    return best


def length(piece: Piece) -> int:
    """In how many parts a piece may be told: the rows of a table, the portions of a line."""
    return len(piece.rows) if isinstance(piece, Rows) else len(portions(piece.elements))


def first_of(pieces: Sequence[Piece], most: int) -> list[Piece]:
    """The first parts of pieces, so many of them."""
    shown: list[Piece] = []
    for piece in pieces:
        parts = length(piece)
        if most <= 0:
            break
        shown.append(piece if parts <= most else _cut(piece, most))
        most -= parts
    return shown


def _cut(piece: Piece, most: int) -> Piece:
    if isinstance(piece, Rows):
        return replace(piece, rows=piece.rows[:most])
    return replace(piece, elements=[one for part in portions(piece.elements)[:most] for one in part])


def figures_of(piece: Piece) -> int:
    """How many figures stand in a piece of an answer's text: nothing else in it is bold."""
    return sum(bool(one.get("style", {}).get("bold")) for one in _elements(piece))


def said_of(piece: Piece) -> str:
    """The words of a piece."""
    return said(_elements(piece))


def _elements(piece: Piece) -> Iterator[Element]:
    if isinstance(piece, Rows):
        for row in (piece.head, *piece.rows):
            for cell in row:
                yield from cell
    else:
        yield from piece.elements
