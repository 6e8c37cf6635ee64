"""What an answer rests on, compared with the files themselves: quotes, figures in quotes, figures in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.figures import find_figures, same_value
from assistant.records import Answer, Figure, FigureKind

from ..texts import folded
from .case import Case

Sources = Mapping[str, tuple[str, ...]]  # the lines of each document
Part = tuple[float, float]  # so many of so many

_MARKER = re.compile(r"\[\d+\]")
_NAME = re.compile(r"[「『][^「」『』]*[」』]")
_UNCOUNTED = frozenset({FigureKind.YEAR})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts of one answer, each as so many of so many.

    ``exact``: quotes that stand on their lines.  ``held``: figures that their citation's quote holds.  ``bound``:
    figures of the text that are figures of the answer, or the asker's own.  ``recalled``: lines that the answer rests
    on, cited.  ``precise``: citations of the right programs.
    """

    exact: Part
    held: Part
    bound: Part
    recalled: Part
    precise: Part


def evidence_of(case: Case, answer: Answer, sources: Sources) -> Evidence:
    """The counts of an answer to a case."""
    exact = [
        _stands(one.quote, sources.get(one.document, ()), one.line_start, one.line_end) for one in answer.citations
    ]
    quotes = {one.marker: folded(one.quote) for one in answer.citations}
    held = [folded(one.text) in quotes.get(one.marker, "") for one in answer.figures]
    own = {(one.document, folded(one.program)) for one in (*case.programs, *case.also)}
    precise = (
        [(one.document, folded(one.program)) in own for one in answer.citations] if own and case.answerable else []
    )
    return Evidence(
        _part(exact), _part(held), _part(_bound(case, answer)), _recalled(case, answer), _part(precise)
    )  # fmt: skip


def _part(marks: list[bool]) -> Part:
    return float(sum(marks)), float(len(marks))


def _stands(quote: str, lines: tuple[str, ...], start: int, end: int) -> bool:
    return bool(quote.strip()) and 1 <= start <= end <= len(lines) and quote in "\n".join(lines[start - 1 : end])


def _bound(case: Case, answer: Answer) -> list[bool]:
    """Each figure of the text, without markers and names: whether it is one of the answer's, or one that was asked."""
    text = _NAME.sub("〓", _MARKER.sub("", answer.text))
    told = [figure for one in answer.figures for figure in find_figures(one.text)]
    told += [figure for said in (*case.history, case.question) for figure in find_figures(said)]
    words = [folded(one.condition) + folded(one.subprogram) for one in answer.figures]
    return [
        _among(figure, told) or _valued(figure, answer) or any(folded(figure.text) in word for word in words)
        for figure in find_figures(text)
        if figure.kind not in _UNCOUNTED
    ]


def _among(figure: Figure, told: list[Figure]) -> bool:
    return any(figure.text == other.text or same_value(figure, other) for other in told)


def _valued(figure: Figure, answer: Answer) -> bool:
    """A figure in plain yen is bound by its value: 1,945万4千円 beside 19,454 in a column of 千円."""
    if figure.yen is None:
        return any(
            one.number is not None and figure.number is not None and abs(one.number - figure.number) < 1e-4
            for one in answer.figures
        )
    return any(figure.yen in (one.yen, one.yen_min, one.yen_max) for one in answer.figures)


def _recalled(case: Case, answer: Answer) -> Part:
    """Of the lines that a case rests on, as many as are needed, those that a citation covers; of answers only."""
    places = {(document, line) for document, line, _ in case.evidence}
    if not places or answer.status != "answered":
        return 0.0, 0.0
    needed = min(case.need or len(places), len(places))
    found = sum(
        any(one.document == document and one.line_start <= line <= one.line_end for one in answer.citations)
        for document, line in places
    )
    return float(min(found, needed)), float(needed)
