"""An index whose every text is a payload, and answers of such texts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from assistant.index import Content
from assistant.records import Answer, AnswerFigure, Check, Citation, Document, Fact, FactKind, Passage, Program

from .payloads import ALL, tagged

AMOUNT = 12_340_000
PRINTED = "1,234万円"
KINDS = list(FactKind)


def lines_of(number: int) -> tuple[str, ...]:
    """A document's lines: its payload over as many as it has, then a line with a figure."""
    return (*tagged(number).split("\n"), f"{number}号の予算額\t{PRINTED}")


def hostile_content() -> Content:
    """A document, a program, a passage and a fact for each payload."""
    numbers = range(len(ALL))
    return Content(
        documents=tuple(map(document, numbers)),
        programs=tuple(map(program, numbers)),
        passages=tuple(map(passage, numbers)),
        facts=tuple(map(fact, numbers)),
        checks=(Check("d0", tagged(0), True, tagged(1), 1, 1),),
    )


def document(number: int) -> Document:
    """A document all of whose labels are the payload."""
    lines, text = lines_of(number), tagged(number)
    return Document(
        id=f"d{number}",
        title=text,
        publisher=text,
        region=text,
        fiscal_year=text,
        stage=text,
        sha256=hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest(),
        lines=lines,
        path=f"d{number}.md",
        url=ALL[number],
        licence=text,
    )


def program(number: int) -> Program:
    """The one program of that document."""
    text = tagged(number)
    return Program(
        id=f"p{number}",
        document=f"d{number}",
        program=text,
        aliases=(text,),
        subprograms=(text,),
        section=(text,),
        departments=(text,),
        contacts=(text,),
        fiscal_year=text,
        stage=text,
        line_start=1,
        line_end=len(lines_of(number)),
    )


def passage(number: int) -> Passage:
    """All of that document's lines."""
    lines = lines_of(number)
    return Passage(
        number + 1, f"d{number}", f"p{number}", tagged(number), (tagged(number),), 1, len(lines), "\n".join(lines)
    )


def fact(number: int) -> Fact:
    """The figure of that document's last line; its number stands for its kind too."""
    text, last = tagged(number), len(lines_of(number))
    return Fact(
        fact_id=f"d{number}:{last}:0",
        document=f"d{number}",
        program_id=f"p{number}",
        program=text,
        subprogram=text,
        kind=KINDS[number % len(KINDS)],
        item=text,
        condition=text,
        text=PRINTED,
        yen=AMOUNT + number,
        yen_min=None,
        yen_max=None,
        number=None,
        number_min=None,
        number_max=None,
        unit=text,
        bound=text,
        per=text,
        fiscal_year=text,
        stage=text,
        flags=(text, ALL[number]),
        line_start=last,
        line_end=last,
        quote=lines_of(number)[-1],
        note=text,
    )


def cited(number: int, marker: int) -> Citation:
    """A citation all of whose labels are the payload."""
    text = tagged(number)
    return Citation(
        marker=marker,
        passage_id=str(number + 1),
        document=f"d{number}",
        title=text,
        program=text,
        subprogram=text,
        quote=text,
        line_start=1,
        line_end=len(lines_of(number)) - 1,
        publisher=text,
        region=text,
        fiscal_year=text,
        stage=text,
        url=ALL[number],
    )


def counted(number: int, marker: int) -> AnswerFigure:
    """A figure all of whose labels are the payload."""
    text = tagged(number)
    return AnswerFigure(
        text=f"{number}円",
        kind=[str(kind) for kind in KINDS][number % len(KINDS)] if number % 3 else ALL[number],
        yen=number,
        number=None,
        unit=text,
        program=text,
        subprogram=text,
        condition=text,
        fact_id=text,
        marker=marker,
        formula=text,
    )


def spoken(question: str, numbers: Sequence[int]) -> Answer:
    """An answer that holds the payloads in its text, a list, a table, and in everything that stands around them."""
    said = [f"{tagged(number)}は{number}円です[{marker}]。" for marker, number in enumerate(numbers, 1)]
    listed = [f"・{tagged(number)}" for number in numbers]
    cells = [f"| {tagged(number)} | {number}円[{marker}] |" for marker, number in enumerate(numbers, 1)]
    return Answer(
        question,
        "answered",
        None,
        "\n".join([*said, *listed, "| 事業 | 数値 |", "|---|---|", *cells]),
        citations=tuple(cited(number, marker) for marker, number in enumerate(numbers, 1)),
        figures=tuple(counted(number, marker) for marker, number in enumerate(numbers, 1)),
        notices=tuple(tagged(number) for number in numbers),
        suggestions=tuple(tagged(number) for number in numbers),
    )
