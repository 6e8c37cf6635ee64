"""One way to make a fact, so that id, quote, year and stage are always set alike."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..figures import previous_year
from ..layout import Layout
from ..programs import Part
from ..records import Fact, FactKind, Figure, Program

LONGEST_QUOTE = 480


@dataclass(frozen=True, slots=True)
class Say:
    """What is known of a figure beside its value."""

    kind: FactKind
    subprogram: str | None = None
    item: str | None = None
    condition: str | None = None
    flags: tuple[str, ...] = ()
    note: str | None = None
    fiscal_year: str | None = None
    stage: str | None = None


def make_fact(layout: Layout, part: Part, program: Program, figure: Figure, line: int, say: Say) -> Fact:
    """A fact for ``figure``, whose offsets count in raw line ``line``."""
    document = layout.document
    year, stage = _when(document.fiscal_year, document.stage, part, say)
    flags = [*part.flags, *say.flags]
    if program.role != "program":
        flags.append(program.role)
    if figure.suspect:
        flags.append("suspect")
    return Fact(
        fact_id=f"{document.id}:{line}:{figure.start}",
        document=document.id,
        program_id=program.id,
        program=program.program,
        subprogram=say.subprogram,
        kind=say.kind,
        item=say.item,
        condition=say.condition,
        text=figure.text,
        yen=figure.yen,
        yen_min=figure.yen_min,
        yen_max=figure.yen_max,
        number=_rounded(figure.number),
        number_min=_rounded(figure.number_min),
        number_max=_rounded(figure.number_max),
        unit=figure.unit,
        bound=figure.bound,
        per=figure.per,
        fiscal_year=year,
        stage=stage,
        flags=tuple(dict.fromkeys(flags)),
        line_start=line,
        line_end=line,
        quote=quote_around(document.lines[line - 1], figure.start, figure.end),
        note=figure.suspect or say.note,
    )


def quote_around(raw: str, start: int, end: int) -> str:
    """An exact piece of a line that holds [start, end): the line, or the sentences around it when it is long."""
    if len(raw) <= LONGEST_QUOTE:
        return raw.strip()
    left = max((match.end() for match in re.finditer(r"[。\t]", raw[:start])), default=0)
    left = max(left, start - LONGEST_QUOTE // 2)
    right = next((match.end() for match in re.finditer(r"[。\t]", raw[end:])), len(raw) - end) + end
    right = min(right, end + LONGEST_QUOTE // 2)
    return raw[left:right].strip()


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)


def _when(year: str, stage: str, part: Part, say: Say) -> tuple[str, str]:
    if say.kind is FactKind.BUDGET_PREVIOUS:
        return say.fiscal_year or previous_year(year), say.stage or "前年度予算"
    if say.stage is None and re.search(r"[0-9０-９]+月補正|補正予算", part.printed):
        return say.fiscal_year or year, "補正予算"
    return say.fiscal_year or year, say.stage or stage
