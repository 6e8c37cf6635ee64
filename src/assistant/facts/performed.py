"""Tables of what was lent or paid, under 「利用状況」 or 「融資実績」: their amounts are no budget of the programs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..figures import fiscal_year, previous_year, year_number
from ..records import Fact, FactKind
from .make import Source

_DONE = re.compile(
    r"(?:利用|融資|貸付|採択|交付|支給|承諾|活用|取扱|執行|申請|受付)(?:等?の)?(?:状況|実績|件数)|実績(?:一覧|額|の推移|の概要)?(?:[（(]|$)|決算の?状況"
)
_PLANNED = re.compile(r"予算|要求|当初|計画|見込")
_RESULT = re.compile(r"^(?:交付|採択|利用|融資|支給|申請|貸付|応募|承諾)(?:決定)?(?:件数|金?額|者数|率|数)")
_AS_OF = re.compile(r"[（(](?P<when>[^（）()]*[0-9０-９元][^（）()]*現在)[)）]")
_MONEY = (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_CHANGE)


def of_the_past(source: Source, facts: Sequence[Fact]) -> list[Fact]:
    """The facts of a row; below a heading of results its amounts and growths are of no kind of their own."""
    heading = next((title for title in reversed(source.part.section) if _DONE.search(title)), None)
    if heading is None or _PLANNED.search(heading):
        return list(facts)
    return [_told(source, fact, heading) for fact in facts]


def _year_before(heading: str, own: str) -> str | None:
    """「昨年度の交付実績」 is of the year before the document's."""
    return previous_year(own) if re.search(r"[昨前]年度", heading) and year_number(own) is not None else None


def _told(source: Source, fact: Fact, heading: str) -> Fact:
    if _PLANNED.search(fact.item or ""):
        return fact
    document = source.layout.document
    named = fiscal_year(heading) or _year_before(heading, document.fiscal_year)
    year = named if named and fact.fiscal_year == document.fiscal_year else fact.fiscal_year
    when = _AS_OF.search(heading)
    kind = FactKind.OTHER if fact.kind in _MONEY else fact.kind
    own = fact.kind in (*_MONEY, FactKind.COUNT, FactKind.OTHER)
    condition = fact.condition or (when["when"] if when and own else None)
    counted = fact.kind in (FactKind.COUNT, FactKind.OTHER) and _RESULT.search(fact.item or "")
    condition = condition or (fact.item if counted else None)
    year = year if own else fact.fiscal_year
    return replace(fact, kind=kind, fiscal_year=year, condition=condition, stage=document.stage)
