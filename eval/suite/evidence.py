"""What an answer rests on, compared with the files themselves: quotes, figures in quotes, figures in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.figures import find_figures, same_value
from assistant.figures.loose import loose_money
from assistant.records import Answer, AnswerFigure, Figure, FigureKind

from ..texts import folded
from .case import Case, Value
from .computed import is_computed

Sources = Mapping[str, tuple[str, ...]]  # the lines of each document
Part = tuple[float, float]  # so many of so many

_MARKER = re.compile(r"\[(\d+)\]")
_NAME = re.compile(r"[「『][^「」『』]*[」』]")
NEAR = 1e-4
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
    quotes = {one.marker: one.quote for one in answer.citations}
    held = [
        is_computed(one, answer, asked_figures(case)) if one.formula else _holds(quotes.get(one.marker, ""), one.text)
        for one in answer.figures
    ]
    own = {(one.document, folded(one.program)) for one in (*case.programs, *case.also)}
    precise = (
        [(one.document, folded(one.program)) in own for one in answer.citations] if own and case.answerable else []
    )
    recalled = _recalled(case, answer, sources)
    return Evidence(_part(exact), _part(held), _part(_bound(case, answer)), recalled, _part(precise))


def _part(marks: list[bool]) -> Part:
    return float(sum(marks)), float(len(marks))


def _stands(quote: str, lines: tuple[str, ...], start: int, end: int) -> bool:
    return bool(quote.strip()) and 1 <= start <= end <= len(lines) and quote in "\n".join(lines[start - 1 : end])


def _holds(quote: str, text: str) -> bool:
    """Whether a quote prints a figure that is no piece of a longer one; the page's blanks inside it do not count."""
    plain, wanted = unicodedata.normalize("NFKC", quote), folded(text)
    before = r"(?<!\d)(?<!\d[.,])" if wanted[:1].isdigit() else ""
    behind = r"(?!\d|[.,]\d)" if wanted[-1:].isdigit() else ""
    gapped = r"\s*".join(map(re.escape, wanted))
    return bool(wanted) and re.search(f"{before}{gapped}{behind}", plain) is not None


def figures_of(answer: Answer) -> list[Figure]:
    """The figures that an answer's text tells, years apart: without its markers and the names of what it cites.

    Characters that nobody sees are dropped first, as they would hide a figure from the parser and not from a reader.
    """
    seen = "".join(letter for letter in answer.text if unicodedata.category(letter) != "Cf")
    markers = {one.marker for one in answer.citations}
    text = _MARKER.sub(lambda match: "" if int(match[1]) in markers else match[1], seen)
    names = {folded(name) for one in answer.citations for name in (one.program, one.subprogram, one.title)}
    text = _NAME.sub(lambda match: "〓" if folded(match[0][1:-1]) in names else match[0], text)
    return [figure for figure in find_figures(text) if figure.kind not in _UNCOUNTED]


def asked_figures(case: Case) -> list[Figure]:
    """The figures that the asker says, sums without 円 among them."""
    said = (*case.history, case.question)
    return [figure for text in said for figure in (*find_figures(text), *loose_money(text))]


def _bound(case: Case, answer: Answer) -> list[bool]:
    """Each figure of the text: whether it is one of the answer's, of a condition's, or one that was asked."""
    texts = [part for one in answer.figures for part in (one.text, one.condition, one.subprogram) if part]
    told = [*asked_figures(case), *(figure for text in texts for figure in find_figures(text))]
    return [_among(figure, told) or any(tells(figure, one) for one in answer.figures) for figure in figures_of(answer)]


def _among(figure: Figure, told: list[Figure]) -> bool:
    return any(figure.text == other.text or same_value(figure, other) for other in told)


def tells(figure: Figure | AnswerFigure, one: AnswerFigure | Value, near: float = NEAR) -> bool:
    """Equal in value: yen (1,945万4千円 for 19,454 of 千円), the two ends of a range, or a number.

    What has no value is compared as printed.
    """
    if one.yen is not None:
        return figure.yen == one.yen
    if one.yen_min is not None or one.yen_max is not None:
        return (figure.yen_min, figure.yen_max) == (one.yen_min, one.yen_max)
    if one.number is not None:
        return figure.yen is None and figure.number is not None and abs(figure.number - one.number) <= near
    return folded(figure.text) == folded(one.text)


def _recalled(case: Case, answer: Answer, sources: Sources) -> Part:
    """Of the lines that a case rests on, as many as are needed, those that a citation covers; of answers only."""
    places = {(document, line) for document, line, _ in case.evidence}
    if not places or answer.status != "answered":
        return 0.0, 0.0
    needed = min(case.need or len(places), len(places))
    cited = [
        one
        for one in answer.citations
        if _stands(one.quote, sources.get(one.document, ()), one.line_start, one.line_end)
    ]
    found = sum(
        any(one.document == document and one.line_start <= line <= one.line_end for one in cited)
        for document, line in places
    )
    return float(min(found, needed)), float(needed)
