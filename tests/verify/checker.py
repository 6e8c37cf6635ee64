"""What must hold of any answer, checked from the answer, the corpus files and the index alone.

:func:`faults` returns a line for each promise that an answer breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from assistant.chain import Assistant
from assistant.figures import find_figures, same_value
from assistant.index import Index
from assistant.records import Answer, AnswerFigure, Fact, Figure, FigureKind
from assistant.values import as_figure

_MARKER = re.compile(r"\[(\d+)\]")


@cache
def lines_of(path: Path) -> tuple[str, ...]:
    """The lines of a file, as an editor numbers them."""
    return tuple(path.read_text(encoding="utf-8-sig").split("\n"))


@cache
def facts_of(index: Index) -> dict[str, Fact]:
    """Every fact of an index by its id."""
    return {fact.fact_id: fact for fact in index.facts()}


def faults(answer: Answer, index: Index, corpus: Path, question: str = "") -> list[str]:
    """Broken promises of one answer; none when it keeps them all."""
    return [
        *_citation_faults(answer, index, corpus),
        *_marker_faults(answer),
        *_figure_faults(answer, index),
        *_stray_faults(answer, index, question),
    ]


def tells(assistant: Assistant, corpus: Path, question: str, said: list[str], unsaid: list[str]) -> None:
    """Asserts that an answer keeps every promise, says some words and does not say others."""
    answer = assistant.ask(question)
    assert faults(answer, assistant.index, corpus, question) == []
    assert [words for words in said if words not in answer.text] == [], answer.text
    assert [words for words in unsaid if words in answer.text] == [], answer.text


def _citation_faults(answer: Answer, index: Index, corpus: Path) -> Iterator[str]:
    for citation in answer.citations:
        document = index.documents[citation.document]
        cited = "\n".join(lines_of(corpus / Path(document.path).name)[citation.line_start - 1 : citation.line_end])
        if not citation.quote or citation.quote not in cited:
            yield f"quote {citation.quote!r} does not stand on its lines"
        named = (citation.title, citation.publisher, citation.region, citation.fiscal_year, citation.stage)
        if named != (document.title, document.publisher, document.region, document.fiscal_year, document.stage):
            yield f"citation {citation.marker} misnames its source"
        passage = index.passages.get(int(citation.passage_id))
        if passage is None or not passage.line_start <= citation.line_start <= passage.line_end:
            yield f"passage {citation.passage_id} does not hold line {citation.line_start}"


def _marker_faults(answer: Answer) -> Iterator[str]:
    printed = list(dict.fromkeys(int(match[1]) for match in _MARKER.finditer(answer.text)))
    cited = [citation.marker for citation in answer.citations]
    if printed != list(range(1, len(printed) + 1)):
        yield f"markers {printed} are not contiguous"
    if cited != printed:
        yield f"citations {cited} are not the markers {printed}"
    if answer.status == "answered" and not cited:
        yield "an answer without a source"
    if answer.status != "answered" and any(figure.kind != "phone" for figure in answer.figures):
        yield "an abstention with figures"  # it may say whom to ask


def _figure_faults(answer: Answer, index: Index) -> Iterator[str]:
    facts = facts_of(index)
    quotes = {citation.marker: citation for citation in answer.citations}
    for figure in answer.figures:
        if figure.formula is not None:
            yield from _computed_faults(figure, answer, index)
            continue
        fact = facts.get(figure.fact_id)
        citation = quotes.get(figure.marker)
        if fact is None or citation is None:
            yield f"figure {figure.text} has no fact or no citation"
            continue
        for name in ("text", "yen", "yen_min", "yen_max", "number", "unit", "program", "subprogram", "condition"):
            if getattr(figure, name) != getattr(fact, name):
                yield f"figure {figure.text} differs from its fact in {name}"
        if figure.kind != fact.kind.value:
            yield f"figure {figure.text} is called {figure.kind}, its fact {fact.kind.value}"
        if figure.text not in citation.quote or citation.document != fact.document:
            yield f"the quote of marker {figure.marker} does not hold {figure.text}"
        if not citation.line_start <= fact.line_start <= citation.line_end:
            yield f"marker {figure.marker} does not cite line {fact.line_start} of {figure.text}"


def _computed_faults(figure: AnswerFigure, answer: Answer, index: Index) -> Iterator[str]:
    """A computed figure comes from figures of the same answer; money is reckoned again by hand."""
    facts = facts_of(index)
    ids = figure.fact_id.split("+")
    cited = {one.fact_id for one in answer.figures if one.formula is None}
    if not set(ids) <= cited or figure.marker not in {one.marker for one in answer.citations}:
        yield f"{figure.text} is computed from what the answer does not cite"
        return
    amounts = [facts[one].yen or 0 for one in ids]
    ways = {"sum": lambda: sum(amounts), "difference": lambda: amounts[0] - amounts[1]}
    if figure.yen is not None and figure.kind in ways and ways[figure.kind]() != figure.yen:
        yield f"{figure.text} is not {figure.formula}"
    if figure.kind == "share" and abs(100 * amounts[0] / amounts[1] - (figure.number or 0)) > 0.5:
        yield f"{figure.text} is not {figure.formula}"
    if figure.kind == "ratio" and abs(amounts[0] / amounts[1] - (figure.number or 0)) > 0.05:
        yield f"{figure.text} is not {figure.formula}"


def _stray_faults(answer: Answer, index: Index, question: str) -> Iterator[str]:
    facts = facts_of(index)
    known = [as_figure(facts[figure.fact_id]) for figure in answer.figures if figure.fact_id in facts]
    known += find_figures(question)
    known += [shown for figure in answer.figures for shown in find_figures(figure.text) if figure.formula]
    for figure in find_figures(_without_names(answer, index)):
        if figure.kind is not FigureKind.YEAR and not any(_same(figure, other) for other in known):
            yield f"{figure.text} is none of the answer's figures"


def _same(one: Figure, other: Figure) -> bool:
    return one.text == other.text or same_value(one, other)


def _without_names(answer: Answer, index: Index) -> str:
    """The text without markers and without the names of its programs, which keep their own digits."""
    text = _MARKER.sub("", answer.text)
    names = {citation.program for citation in answer.citations} | {figure.program for figure in answer.figures}
    names |= {figure.subprogram for figure in answer.figures if figure.subprogram}
    names |= {document.title for document in index.documents.values()}
    names |= {program.program for program in index.programs.values() if answer.status != "answered"}
    for name in sorted(names, key=len, reverse=True):
        for printed in (name, name.replace("「", "『").replace("」", "』")):
            text = text.replace(printed, "〓")
    return text


def value_of(record: Fact | AnswerFigure) -> object:
    """A comparable value of a fact or an answer's figure: yen, a number, a range, else its text."""
    if record.yen is not None:
        return record.yen
    if record.yen_min is not None or record.yen_max is not None:
        return (record.yen_min, record.yen_max)
    if record.number is None or record.kind in ("phone", "period"):
        return re.sub(r"\s", "", record.text)
    return round(record.number, 4)
