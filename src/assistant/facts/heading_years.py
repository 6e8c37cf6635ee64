"""What stands under 「前年度の実績」, 「採択結果（令和7年度）」 is of that year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..figures import fiscal_year, previous_year, year_number
from ..layout import Line
from ..programs.headings import is_heading
from ..records import Document, Fact, FactKind

_PAST = re.compile(r"(?:実績|結果|採択状況|利用状況|交付状況)(?:[（(][^（）()]*[)）])?[\s　]*$")
_LAST = re.compile(r"前年度|昨年度")
_KINDS = (FactKind.COUNT, FactKind.OTHER)


def of_the_heading(document: Document, lines: Sequence[Line], facts: Sequence[Fact]) -> list[Fact]:
    """The facts; counts and sums of the document's year under a heading of an earlier one are of that one."""
    own = year_number(document.fiscal_year)
    if own is None:
        return list(facts)
    years = _years(document, lines, own)
    return [
        replace(fact, fiscal_year=year)
        if fact.kind in _KINDS and fact.fiscal_year == document.fiscal_year and (year := years.get(fact.line_start))
        else fact
        for fact in facts
    ]


def _years(document: Document, lines: Sequence[Line], own: int) -> dict[int, str]:
    """The year of each line that stands under such a heading."""
    found: dict[int, str] = {}
    year: str | None = None
    whole = tuple(lines)
    for line in lines:
        if not line.blank and not line.tabular and is_heading(whole, line):
            year = _year(line.body, document.fiscal_year, own)
        elif year is not None:
            found[line.number] = year
    return found


def _year(heading: str, document_year: str, own: int) -> str | None:
    if not _PAST.search(heading):
        return None
    named = fiscal_year(heading)
    number = year_number(named) if named else None
    if number is not None:
        return named if number < own else None
    return previous_year(document_year) if _LAST.search(heading) else None
