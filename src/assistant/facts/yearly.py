"""Amounts of a budget that their own words give to an earlier year: 「（令和6年度当初予算額 180億円）」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..figures import fiscal_year, year_number
from ..layout import Line
from ..records import Document, Fact, FactKind

_SUPPLEMENT = "補正予算"
_REACH = 24  # letters before an amount in which its year may stand
_OF_YEAR = re.compile(
    r"(?P<year>(?:令和|平成|R|H|Ｒ|Ｈ)[\s　]?[0-9０-９元]{1,2}?[\s　]?年?度?)の?"
    r"(?:当初|(?P<more>[0-9０-９一二三四五六七八九十]{0,2}月?補正|第?[0-9０-９]次補正))?(?:予算|要求)?(?:案|額|総額)*"
    r"[\s　：:はがでにも*]*(?:総額)?[\s　約*]*$"
)


def of_their_year(document: Document, lines: Sequence[Line], facts: Sequence[Fact]) -> list[Fact]:
    """The facts, a budget being of the year that its words give it, the one before the document's the one before it.

    What a supplement added in that year stands beside the year's budget and is a budget of its own.
    """
    own = year_number(document.fiscal_year)
    return (
        [_of_its_year(fact, lines, own, supplement=document.stage == _SUPPLEMENT) for fact in facts]
        if own is not None
        else list(facts)
    )


def _of_its_year(fact: Fact, lines: Sequence[Line], own: int, *, supplement: bool) -> Fact:
    line = lines[fact.line_start - 1]
    if fact.kind is not FactKind.BUDGET or line.tabular:
        return fact
    start = int(fact.fact_id.rsplit(":", 1)[1])
    found = _OF_YEAR.search(line.raw[max(0, start - _REACH) : start])
    year = fiscal_year(found["year"]) if found else None
    if year is None or year_number(year) == own:
        return fact
    if found is not None and found["more"] and not supplement:
        return replace(fact, fiscal_year=year, stage=_SUPPLEMENT, condition=fact.condition or f"{_SUPPLEMENT}額")
    if year_number(year) != own - 1:  # 「令和3年度予算額 2億円」 in a document of 令和5年度
        return replace(fact, fiscal_year=year)
    return replace(fact, kind=FactKind.BUDGET_PREVIOUS, fiscal_year=year, stage="前年度予算")
