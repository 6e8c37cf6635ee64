"""The year that a cell's own words give to the figure behind them: 「180億円（令和8年度　150億円）」."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import fiscal_year, previous_year, year_number
from .make import Say

_OF_YEAR = re.compile(
    r"(?:^|[（(〔［\[＜<〈《、，,／/\s　])"
    r"(?P<year>(?:令和|平成|[RHＲＨ])[\s　]?[0-9０-９元]{1,2}[\s　]?年度|前年度|昨年度)"
    r"(?:の?(?:実績|当初))?(?:は|の)?[\s　：:]*(?:約|年率?)?[\s　]*$"
)


def of_its_year(say: Say, left: str, document_year: str) -> Say:
    """``say`` with the year that stands right before its figure, which ``left`` is the text before."""
    found = _OF_YEAR.search(left)
    if found is None or say.fiscal_year is not None:
        return say
    named = found["year"]
    if named not in ("前年度", "昨年度"):
        return replace(say, fiscal_year=fiscal_year(named))
    return replace(say, fiscal_year=previous_year(document_year)) if year_number(document_year) is not None else say
