"""What a program is to reach, as a cell of its row says: 「計画認定 累計1,200件」 below 「KPI」."""

from __future__ import annotations

import re

from ..columns import Column
from ..figures import find_figures
from ..layout import Cell
from ..programs.names import squeeze
from ..records import Fact, FactKind, FigureKind
from .attributes import fact_at
from .make import Say, Source

_ENDING = re.compile(r"[\s　、：:]*(?:累計|年間?|約|[0-9０-９]+年間で)?[\s　]*$")
_TIMES = (FigureKind.YEAR, FigureKind.PERIOD, FigureKind.DURATION)


def aim_facts(source: Source, cell: Cell, line: int, column: Column) -> list[Fact]:
    """The last figure of the cell as a target of the column's year; what stands before it says of what."""
    figures = [figure for figure in find_figures(cell.text) if figure.kind not in _TIMES]
    if not figures:
        return []
    item = squeeze(_ENDING.sub("", cell.text[: figures[-1].start])) or squeeze(column.header)
    return fact_at(source, cell, line, figures[-1], Say(FactKind.TARGET, item=item, fiscal_year=column.fiscal_year))
