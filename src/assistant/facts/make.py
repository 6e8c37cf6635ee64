"""One way to make a fact, so that id, quote, year and stage are always set alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from ..figures import previous_year, year_number
from ..layout import Layout
from ..lexicon import words
from ..programs import Part
from ..records import Fact, FactKind, Figure, Program

LONGEST_QUOTE = 480
_BROKEN = re.compile(r"[ 　]*\n[ 　]*")  # a case that runs over two lines
_SUPPLEMENT = re.compile(r"[0-9０-９]+月補正|補正予算")


@cache
def _marks() -> frozenset[str]:
    return frozenset(words("flags", "inherited", "not_by_parts"))


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


@dataclass(frozen=True, slots=True)
class Source:
    """The part of a document that figures are read from, and the program it speaks of."""

    layout: Layout
    part: Part
    program: Program
    brackets_before: bool = False  # the document says that an amount in brackets is last year's

    def raw(self, line: int) -> str:
        """Line ``line`` (1-based) as printed."""
        return self.layout.document.lines[line - 1]

    def fact(self, figure: Figure, line: int, say: Say) -> Fact:
        """A fact for ``figure``, whose offsets count in raw line ``line``."""
        document = self.layout.document
        year, stage = self._when(say)
        return Fact(
            fact_id=f"{document.id}:{line}:{figure.start}",
            document=document.id,
            program_id=self.program.id,
            program=self.program.program,
            subprogram=say.subprogram,
            kind=say.kind,
            item=say.item,
            condition=_BROKEN.sub("", say.condition).lstrip("）)、，。　 ") or None if say.condition else None,
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
            flags=self._flags(figure, say),
            line_start=line,
            line_end=line,
            quote=quote_around(self.raw(line), figure.start, figure.end),
            note=figure.suspect or say.note,
        )

    def _flags(self, figure: Figure, say: Say) -> tuple[str, ...]:
        # 「新規」 at a program's name is said of the program; a part has it only where it is printed beside the part
        own = self.part.flags if not say.subprogram else [flag for flag in self.part.flags if flag not in _marks()]
        flags = [*own, *say.flags]
        if self.program.role != "program":
            flags.append(self.program.role)
        if figure.suspect:
            flags.append("suspect")
        return tuple(dict.fromkeys(flags))

    def _when(self, say: Say) -> tuple[str, str]:
        """Fiscal year and stage: the column's own, else the document's; last year's budget is of last year."""
        document = self.layout.document
        if say.kind is FactKind.BUDGET_PREVIOUS:
            own = document.fiscal_year  # a document may name no year: then last year's is not known either
            before = previous_year(own) if year_number(own) is not None else own
            return say.fiscal_year or before, say.stage or "前年度予算"
        if say.stage is None and document.stage == "補正予算" and (say.item or "").startswith("当初予算"):
            return say.fiscal_year or document.fiscal_year, "当初予算"
        supplementary = say.stage is None and _SUPPLEMENT.search(self.part.printed)
        return say.fiscal_year or document.fiscal_year, "補正予算" if supplementary else say.stage or document.stage


def given_to(fact: Fact, part: str) -> Fact:
    """A fact of a program as one of its part ``part``; the marks at the program's name do not hold for it."""
    return replace(fact, subprogram=part, flags=tuple(flag for flag in fact.flags if flag not in _marks()))


def quote_around(raw: str, start: int, end: int) -> str:
    """An exact piece of a line that holds [start, end): the line, or the sentences around it when it is long."""
    if len(raw) <= LONGEST_QUOTE:
        return raw.strip()
    first = max(0, start - LONGEST_QUOTE // 2)
    last = min(len(raw), end + LONGEST_QUOTE // 2)
    left = max((match.end() for match in re.finditer(r"[。\t]", raw[first:start])), default=0) + first
    right = next((match.end() for match in re.finditer(r"[。\t]", raw[end:last])), last - end) + end
    return raw[left:right].strip()


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)
