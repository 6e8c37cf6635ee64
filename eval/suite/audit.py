"""What is wrong with a case, seen from the documents and the tables made by reading; never from the assistant."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.documents import read_corpus
from assistant.records import Document
from assistant.tokens import nouns

from ..golden.rows import Row, read_table
from ..texts import folded
from .case import Case, Expected, Named, Value

TABLES = Path("tests/golden")
NEAR = 1e-4
# Words of almost every program's name: a question in everyday words cannot do without them.
COMMON = frozenset(
    re.split(
        "、",
        "事業、事業費、支援、補助、補助金、助成、助成金、融資、資金、貸付、制度、対策、推進、促進、強化、中小、企業、中小企業、県、県内、国、地域、"
        "会社、費、等、者、人、店、町、街、仕事、金、経費、予算、額、率、利用、活用、実施、開催、運営",
    )
)


@dataclass(frozen=True, slots=True)
class Truth:
    """The documents and what readers found in them."""

    documents: dict[str, Document]
    tables: dict[str, list[Row]]

    @property
    def programs(self) -> dict[str, list[str]]:
        """The names of each document's programs, rows that are sums or departments included."""
        return {name: list(dict.fromkeys(row.program for row in rows)) for name, rows in self.tables.items()}

    def row(self, figure: Expected) -> Row | None:
        """The row of a figure: same line, same print, and the same kind when the line prints it twice."""
        rows = [
            row
            for row in self.tables.get(figure.document, [])
            if row.line == figure.line and folded(row.text) == folded(figure.text)
        ]
        same = [row for row in rows if row.kind == figure.kind.value]
        return min(same or rows, key=lambda row: _apart(figure, row), default=None)

    def worth(self, document: str, line: int, text: str) -> float | None:
        """The value of a printed figure, as the tables have it."""
        rows = [row for row in self.tables.get(document, []) if row.line == line and folded(row.text) == folded(text)]
        value = next((row.yen if row.yen is not None else row.number for row in rows), None)
        return None if value is None else float(value)


def _apart(figure: Expected, row: Row) -> tuple[bool, ...]:
    """How far a row is from a figure: two rows of a line may differ in their program, part or condition alone."""
    return tuple(
        folded(getattr(figure, name)) != folded(getattr(row, name)) for name in ("program", "subprogram", "condition")
    )


def read_truth(corpus: Path, tables: Path) -> Truth:
    """The documents and their tables.  Raises TableProblem or CorpusError."""
    documents = {document.id: document for document in read_corpus(corpus).documents}
    return Truth(documents, {name: read_table(tables / f"{name}.jsonl") for name in documents})


def faults(case: Case, truth: Truth) -> list[str]:
    """What is wrong with a case, one phrase each."""
    if unknown := [name for name in case.documents if name not in truth.documents]:
        return [f"no document is called {', '.join(unknown)}"]
    found = [*_of_programs(case, truth), *_of_words(case, truth), *_of_sorts(case, truth)]
    for figure in case.expect:
        found += _of_computed(figure, truth) if figure.how else _of_printed(figure, truth)
    stated = {_worth(figure) for figure in case.expect}
    return found + [f"{one.text} is expected and forbidden" for one in case.forbid if _worth(one) in stated]


def _of_programs(case: Case, truth: Truth) -> Iterator[str]:
    names = {document: set(map(folded, programs)) for document, programs in truth.programs.items()}
    figures = [Named(document=one.document, program=one.program) for one in case.expect]
    for named in (*case.programs, *case.also, *figures):
        if folded(named.program) not in names.get(named.document, set()):
            yield f"{named.document} has no program {named.program}"
        elif named.document not in case.documents:
            yield f"{named.document} is not among its documents"
    asked = {(one.document, folded(one.program)) for one in case.programs}
    for one in figures:
        if (one.document, folded(one.program)) not in asked:
            yield f"{one.program} is not among its programs"


def _of_words(case: Case, truth: Truth) -> Iterator[str]:
    texts = [folded("".join(truth.documents[name].lines)) for name in case.documents]
    for words in case.words:
        if not words:
            yield "a list without words, which no answer holds"
        for word in (words,) if isinstance(words, str) else words:
            if not folded(word):
                yield "a word of blanks, which stands in every answer"
            elif not any(folded(word) in text for text in texts):
                yield f"{word} does not stand in its documents"
    if case.words and not case.lines and not case.expect:
        yield "words without lines: say where they stand"
    for document, line in case.lines:
        if document not in truth.documents or line > len(truth.documents[document].lines):
            yield f"{document} has no line {line}"


def _of_sorts(case: Case, truth: Truth) -> Iterator[str]:
    if case.type == "everyday" and (said := shared_words(case, truth)):
        yield f"an everyday question that says the name's own words: {'、'.join(said)}"
    if case.type in ("absent", "probe") and case.answerable and not case.note:
        yield f"a case of {case.type} that has an answer: say why in its note"
    if case.type in ("direct", "everyday", "condition", "premise") and case.answerable and not case.expect:
        yield f"a case of {case.type} expects a figure"


def shared_words(case: Case, truth: Truth) -> list[str]:
    """Words that the question shares with the names of its programs; places and words common to all names apart."""
    names = {word for name in _names(case) for word in _nouns(name)}
    places = {word for name in case.documents for word in _nouns(truth.documents[name].region)}
    return sorted((names & set(_nouns(case.question))) - COMMON - places)


def _names(case: Case) -> set[str]:
    parts = {one.subprogram for one in case.expect if one.subprogram}
    return parts | {one.program for one in case.programs} | {one.program for one in case.expect}


@cache
def _nouns(text: str) -> tuple[str, ...]:
    return tuple(sorted(word for word in nouns(text) if len(word) > 1))


def _of_printed(figure: Expected, truth: Truth) -> Iterator[str]:
    lines = truth.documents[figure.document].lines if figure.document in truth.documents else ()
    if figure.line is None or figure.line > len(lines):
        yield f"{figure.document} has no line {figure.line}"
    elif folded(figure.text) not in folded(lines[figure.line - 1]):
        yield f"{figure.document}:{figure.line} does not print {figure.text}"
    elif (row := truth.row(figure)) is None:
        yield f"{figure.document}:{figure.line} {figure.text}: the table has no such figure"
    else:
        yield from _unlike(figure, row)


def _unlike(figure: Expected, row: Row) -> Iterator[str]:
    at = f"{figure.document}:{figure.line} {figure.text}"
    for name in ("kind", "program", "subprogram", "condition"):
        stated, wanted = getattr(figure, name), getattr(row, name)
        if folded(stated) != folded(wanted) and (stated or name in ("kind", "program")):
            yield f"{at}: {name} {stated}, the table says {wanted}"
    wanted_value = (row.yen, row.yen_min, row.yen_max, row.number)
    if not all(map(_near, _value(figure), wanted_value)) and any(one is not None for one in wanted_value):
        yield f"{at}: value {_value(figure)}, the table says {wanted_value}"


def _of_computed(figure: Expected, truth: Truth) -> Iterator[str]:
    if unprinted := [part for part in figure.of if not _stands(truth, *part)]:
        document, line, text = unprinted[0]
        yield f"{figure.how}: {document}:{line} does not print {text}"
        return
    worths = [truth.worth(*part) for part in figure.of]
    if lost := [part for part, worth in zip(figure.of, worths, strict=True) if worth is None and figure.how != "count"]:
        yield f"the tables have no {lost[0][0]}:{lost[0][1]} {lost[0][2]}"
        return
    wanted = _computed(figure.how or "", [worth for worth in worths if worth is not None], len(figure.of))
    stated = figure.yen if figure.yen is not None else figure.number
    if wanted is None or stated is None or abs(wanted - stated) > max(NEAR, abs(wanted) * 1e-3 * (figure.yen is None)):
        yield f"{figure.how} {figure.text}: {stated}, computed {wanted}"


def _stands(truth: Truth, document: str, line: int, text: str) -> bool:
    lines = truth.documents[document].lines if document in truth.documents else ()
    return bool(folded(text)) and line <= len(lines) and folded(text) in folded(lines[line - 1])


def _computed(how: str, worths: Sequence[float], count: int) -> float | None:
    if how == "count":
        return float(count)
    if how == "sum":
        return sum(worths)
    if how == "product":
        return math.prod(worths)
    if len(worths) != 2:
        return None
    one, other = worths
    if how == "difference":
        return one - other
    return (one / other) * (100 if how == "share" else 1) if other else None


def _worth(value: Value) -> object:
    """What two figures are the same by: their value, or their print where they have none (a telephone number)."""
    worth = _value(value)
    return worth if any(one is not None for one in worth) else folded(value.text)


def _value(value: object) -> tuple[float | None, ...]:
    return tuple(getattr(value, name, None) for name in ("yen", "yen_min", "yen_max", "number"))


def _near(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else abs(one - other) <= NEAR
