"""Amounts in brackets that a note says are those of the year before: 「【　】内は令和6年度補正予算額」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..figures import fiscal_year, previous_year, year_number
from ..layout import Line
from ..records import Document, Fact, FactKind

_CLOSING = {"【": "】", "〔": "〕", "［": "］", "[": "]", "《": "》", "〈": "〉", "＜": "＞"}
_NOTE = re.compile(
    r"(?P<open>[【〔［\[《〈＜])[\s　]*[】〕］\]》〉＞]\s*(?:書き?)?内?(?:の(?:数字|数値|計数|額|金額))?は、?"
    r"[^。、]{0,12}?"
    r"(?:(?P<before>前年度?|昨年度)|(?P<year>(?:令和|平成|[RHＲＨ])[\s　]?[0-9０-９元]{1,2}[\s　]?年度))"
    r"(?P<of>[^。、]{0,16})"
)
_NAMED = (FactKind.OTHER, FactKind.BUDGET, FactKind.BREAKDOWN)


@dataclass(frozen=True, slots=True)
class _Legend:
    year: str
    stage: str


def of_the_legend(document: Document, lines: Sequence[Line], facts: Sequence[Fact]) -> list[Fact]:
    """The facts, an amount alone in such brackets being last year's budget of what it stands with."""
    legends = _legends(document)
    return [_read(fact, lines, legends) for fact in facts] if legends else list(facts)


def _legends(document: Document) -> dict[str, _Legend]:
    own = year_number(document.fiscal_year)
    found: dict[str, _Legend] = {}
    for line in document.lines if own is not None else ():
        for note in _NOTE.finditer(line):
            year = fiscal_year(note["year"]) if note["year"] else previous_year(document.fiscal_year)
            if year is not None and own is not None and year_number(year) == own - 1:
                found[note["open"]] = _Legend(year, "補正予算" if "補正" in note["of"] else "前年度予算")
    return found


def _read(fact: Fact, lines: Sequence[Line], legends: dict[str, _Legend]) -> Fact:
    line = lines[fact.line_start - 1]
    if fact.kind not in _NAMED or fact.yen is None or line.tabular:
        return fact
    start = int(fact.fact_id.rsplit(":", 1)[1])
    before = line.raw[:start].rstrip(" 　")
    after = line.raw[start + len(fact.text) :].lstrip(" 　")
    legend = legends.get(before[-1:])
    if legend is None or not after.startswith(_CLOSING[before[-1:]]):
        return fact
    return replace(
        fact, kind=FactKind.BUDGET_PREVIOUS, item="前年度", condition=None, fiscal_year=legend.year, stage=legend.stage
    )
