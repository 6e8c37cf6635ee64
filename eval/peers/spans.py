"""Where a piece of text stands in a document: what was returned, what was wanted, and whether one holds the other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.records import Document

Span = tuple[int, int]  # characters of text_of(document), end exclusive


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a document that a system returned: its characters in :func:`text_of`, end exclusive."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a piece of evidence stands; any one of ``spans`` is enough (a line may print a figure twice)."""

    document: str
    spans: tuple[Span, ...]


def text_of(document: Document) -> str:
    """The text that every system is given: the lines as printed, joined by line feeds."""
    return "\n".join(document.lines)


def line_starts(document: Document) -> list[int]:
    """The offset of each line in :func:`text_of`."""
    starts, at = [], 0
    for line in document.lines:
        starts.append(at)
        at += len(line) + 1
    return starts


def spot(document: Document, line: int, text: str) -> Spot:
    """Where ``text`` stands on a line (1-based) of a document; the empty text is the whole line without its margins.

    A text that the line prints in another width or with other blanks is found too; one that the line does not hold
    at all is taken for the whole line.  Raises ValueError for a line that the document does not have.
    """
    if not 1 <= line <= len(document.lines):
        raise ValueError(f"{document.id} has no line {line}")
    raw, start = document.lines[line - 1], line_starts(document)[line - 1]
    found = list(_occurrences(raw, text)) if text.strip() else []
    margin = len(raw) - len(raw.lstrip())
    return Spot(document.id, tuple((start + a, start + b) for a, b in found or [(margin, len(raw.rstrip()))]))


def holds(chunk: Chunk, wanted: Spot) -> bool:
    """Whether a chunk holds one whole span of what is wanted."""
    return chunk.document == wanted.document and any(chunk.start <= a and b <= chunk.end for a, b in wanted.spans)


def marks(wanted: Sequence[Spot], chunks: Sequence[Chunk]) -> tuple[bool, ...]:
    """For each spot, whether one of the chunks holds it."""
    return tuple(any(holds(chunk, one) for chunk in chunks) for one in wanted)


def within(chunks: Iterable[Chunk], budget: int) -> list[Chunk]:
    """The first ``budget`` characters that were returned: the chunk in which they end is cut there."""
    kept: list[Chunk] = []
    for chunk in chunks:
        if budget <= 0:
            break
        kept.append(Chunk(chunk.document, chunk.start, min(chunk.end, chunk.start + budget)))
        budget -= chunk.end - chunk.start
    return kept


def _occurrences(line: str, text: str) -> Iterator[Span]:
    """Every place where a line prints a text, compared without regard to width and blanks."""
    printed = [(folded, at) for at, character in enumerate(line) for folded in _fold(character)]
    plain, wanted = "".join(folded for folded, _ in printed), "".join(map(_fold, text))
    at = plain.find(wanted) if wanted else -1
    while at >= 0:
        yield printed[at][1], printed[at + len(wanted) - 1][1] + 1
        at = plain.find(wanted, at + 1)


def _fold(character: str) -> str:
    return "".join(unicodedata.normalize("NFKC", character).split())
