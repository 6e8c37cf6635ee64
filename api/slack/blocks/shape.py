"""The text of an answer as paragraphs, lists and tables: the rules of ``api/widget/blocks.js``.

Every run of words is ``(start, end)`` in the text, so that figures found in the whole text can be placed in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Run = tuple[int, int]
BULLET = "・"
_RULE = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_DEEPER, _HIGHER = "「『（(【［", "」』）)】］"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of words."""

    run: Run


@dataclass(frozen=True, slots=True)
class Points:
    """Lines that began with ・, without it."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; each row has as many cells as the head."""

    head: tuple[Run, ...]
    rows: tuple[tuple[Run, ...], ...]


def shapes_of(text: str) -> list[Paragraph | Points | Grid]:
    """What a literal text consists of, in its order."""
    lines = _lines(text)
    found: list[Paragraph | Points | Grid] = []
    points: list[Run] = []
    at = 0
    while at < len(lines):
        grid = _grid(text, lines, at)
        run = _trimmed(text, *lines[at])
        if grid is None and text.startswith(BULLET, run[0]) and run[0] < run[1]:
            points.append(_trimmed(text, run[0] + 1, run[1]))
            at += 1
            continue
        if points:
            found.append(Points(tuple(points)))
            points = []
        if grid is not None:
            found.append(grid)
            at += 2 + len(grid.rows)
            continue
        if run[0] < run[1]:
            found.append(Paragraph(run))
        at += 1
    return [*found, Points(tuple(points))] if points else found


def first_sentence(text: str, run: Run) -> int:
    """Where the first sentence of a run ends: behind its stop, outside of any quote or parenthesis."""
    depth = 0
    for place in range(*run):
        character = text[place]
        if character in _DEEPER:
            depth += 1
        elif character in _HIGHER:
            depth = max(0, depth - 1)
        elif character in "。！？" and depth == 0:
            return place + 1
    return run[1]


def _lines(text: str) -> list[Run]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    return lines


def _trimmed(text: str, start: int, end: int) -> Run:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _grid(text: str, lines: list[Run], at: int) -> Grid | None:
    def words(index: int) -> str:
        return text[slice(*lines[index])].strip() if index < len(lines) else ""

    if not words(at).startswith("|") or "-" not in words(at + 1) or not _RULE.fullmatch(words(at + 1)):
        return None
    head = _cells(text, lines[at])
    rows = []
    following = at + 2
    while words(following).startswith("|"):
        cells = _cells(text, lines[following])[: len(head)]
        end = lines[following][1]
        rows.append(tuple(cells + [(end, end)] * (len(head) - len(cells))))
        following += 1
    return Grid(tuple(head), tuple(rows))


def _cells(text: str, line: Run) -> list[Run]:
    """A bar that belongs to a cell's words is written ``\\|``."""
    start, end = _trimmed(text, *line)
    if text[start] == "|":
        start += 1
    if end > start and text[end - 1] == "|" and text[end - 2] != "\\":
        end -= 1
    cells, cell = [], start
    for at in range(start, end + 1):
        if at == end or (text[at] == "|" and text[at - 1] != "\\"):
            cells.append(_trimmed(text, cell, at))
            cell = at + 1
    return cells
