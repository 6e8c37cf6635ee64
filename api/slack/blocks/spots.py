"""Where an answer's figures stand in its text: the rules of ``api/widget/figures.js``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.records import AnswerFigure

from .escaping import literal

_SCALE = "兆億万千百十"
_MONEY = re.compile(r"(?:兆|億|百万|千万|万|千)?円")
_MARKER = re.compile(r"\[(\d+)\]")
_JOINTS = ".,．，/／"
LONGEST = 200  # a text that is longer is no figure


@dataclass(frozen=True, slots=True)
class Wanted:
    """A figure that is looked for."""

    text: str
    unit: str
    marker: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place ``[start, end)``; ``unit`` characters of it are the figure's unit that its print leaves out."""

    start: int
    end: int
    unit: int = 0

    def overlaps(self, other: Spot) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int
    end: int
    marker: int


def spots_of(text: str, figures: Sequence[AnswerFigure]) -> list[Spot]:
    """The places of the figures in a literal text, in its order; none overlaps another."""
    return spots_of_wanted(text, [Wanted(literal(one.text), literal(one.unit or ""), one.marker) for one in figures])


def spots_of_wanted(text: str, figures: Sequence[Wanted]) -> list[Spot]:
    """The places: each figure has one of its own where it can, and all where its source is named again."""
    marks = [_Mark(found.start(), found.end(), int(found[1])) for found in _MARKER.finditer(text)]
    spots: list[Spot] = []
    longest_first = sorted((one for one in figures if 0 < len(one.text) <= LONGEST), key=lambda one: -len(one.text))
    for figure in dict.fromkeys(longest_first):
        best, most = None, -1
        for spot in _occurrences(figure, text, marks):
            score = _cited(spot, figure, text, marks)
            if score > most and not any(spot.overlaps(other) for other in spots):
                best, most = spot, score
        if best is not None:
            spots.append(best)
    for figure in dict.fromkeys(longest_first):
        for spot in _occurrences(figure, text, marks):
            if _cited(spot, figure, text, marks) == 2 and not any(spot.overlaps(other) for other in spots):
                spots.append(spot)
    return sorted(spots, key=lambda spot: spot.start)


def _occurrences(figure: Wanted, text: str, marks: Sequence[_Mark]) -> list[Spot]:
    """A bare 5 may be that of a year: where one is followed by its unit, only such are meant."""
    found = [
        spot for spot in _written(figure, text)
        if not any(spot.start < mark.end and mark.at < spot.end for mark in marks)
    ]  # fmt: skip
    return [spot for spot in found if spot.unit] or found


def _written(figure: Wanted, text: str) -> Iterator[Spot]:
    """A source may print blanks within a figure (19,454 千円) that an answer leaves out."""
    for form in dict.fromkeys((figure.text, re.sub(r"\s+", "", figure.text))):
        start = text.find(form) if form else -1
        while start >= 0:
            end = start + len(form)
            if not _cuts_before(text, start) and not _cuts_after(text, end, figure.unit):
                unit = figure.unit if not figure.text.endswith(figure.unit or "\n") else ""
                length = len(unit) if unit and text.startswith(unit, end) else 0
                yield Spot(start, end + length, length)
            start = text.find(form, start + 1)


def _is_digit(character: str) -> bool:
    return bool(character) and character in "0123456789０１２３４５６７８９"


def _cuts_before(text: str, start: int) -> bool:
    """Whether a number goes on before: 1,|500万円, 1億|500万円, 1|/2."""
    if not _is_digit(text[start]) and text[start] not in _SCALE:
        return False
    before = text[start - 1 : start]
    return _is_digit(before) or (
        bool(before) and before in _JOINTS + _SCALE and _is_digit(text[max(start - 2, 0) : start - 1])
    )


def _cuts_after(text: str, end: int, unit: str) -> bool:
    """Whether a number goes on after: 500|,000円, 1億|500万円, or its unit is another: 500|万円 for 500千円."""
    last, after = text[end - 1], text[end : end + 1]
    if last in _SCALE and _is_digit(after):
        return True
    if not _is_digit(last):
        return False
    if _is_digit(after) or (bool(after) and after in _JOINTS and _is_digit(text[end + 1 : end + 2])):
        return True
    money = _MONEY.match(text, end)
    return money is not None and bool(unit) and money.group() != unit


def _cited(spot: Spot, figure: Wanted, text: str, marks: Sequence[_Mark]) -> int:
    """2: the markers that come next name the figure's source; 1: a marker of the same line does; 0: none."""
    after = [mark for mark in marks if mark.at >= spot.end]
    end = after[0].at if after else 0
    if after and "\n" not in text[spot.end : end]:
        for mark in after:
            if mark.at != end:
                break
            if mark.marker == figure.marker:
                return 2
            end = mark.end
    line_start, line_end = text.rfind("\n", 0, spot.start), text.find("\n", spot.end)
    return int(
        any(
            mark.marker == figure.marker and mark.at > line_start and (line_end < 0 or mark.at < line_end)
            for mark in marks
        )
    )
