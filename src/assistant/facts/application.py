"""When one may apply, said in words below 受付期間: 随時, 「開催の30日前まで」."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..columns import Column
from ..figures import find_figures
from ..layout import Cell
from ..layout.roles import header_text
from ..programs.names import squeeze
from ..records import Fact, FactKind, Figure, FigureKind
from .attributes import fact_at
from .make import Say, Source

LONGEST = 40  # letters of such a cell
_APPLIED = re.compile(r"受付|申請|募集|公募|申込|締切|期限")
_TIMED = re.compile(
    r"随時|通年|常時|未定|先着|年度|予算.{0,8}(?:達|終了)|[0-9０-９][\s　]*(?:年|[かカヶケ箇]?月|日|週)"
    r"|[0-9０-９][/／][0-9０-９]{1,2}[\s　]*[～〜~-]"
)


def with_application(source: Source, cell: Cell, line: int, column: Column, facts: Sequence[Fact]) -> list[Fact]:
    """``facts`` of a cell below such a header that prints no date, with the whole of its words as the period."""
    text = cell.text
    dated = any(figure.kind in (FigureKind.YEAR, FigureKind.PERIOD) for figure in find_figures(text))
    told = _APPLIED.search(header_text(column.header)) and _TIMED.search(text)
    if dated or not told or len(text) > LONGEST or "\n" in text:
        return list(facts)
    figure = Figure(text, FigureKind.PERIOD, 0, len(text))
    whole = fact_at(source, cell, line, figure, Say(FactKind.PERIOD, item=squeeze(column.header) or None))
    ids = {fact.fact_id for fact in whole}
    return [*whole, *(fact for fact in facts if fact.kind is not FactKind.PERIOD and fact.fact_id not in ids)]
