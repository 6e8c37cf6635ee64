"""Facts of a grid of bare percentages: each is of its row and its column, 「基準料率、区分①」."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..columns.rates import RateGrid
from ..figures import read_cell
from ..programs import Part
from ..programs.names import squeeze
from ..records import Fact, FactKind
from .attributes import fact_at
from .make import Say, Source


def rate_facts(source: Source, grid: RateGrid, subprogram: str | None, parts: Sequence[Part] = ()) -> Iterator[Fact]:
    """One fact for each percentage; a grid names no part of its own.

    ``parts`` are those of the grid's table: a row that is a program's own says its columns alone.
    """
    owned = {part.line_start for part in parts if part.line_start == part.line_end}
    mine = source.part.line_start if source.part.line_start in owned else None
    for row in grid.rows:
        if (row.line in owned) if mine is None else (row.line != mine):
            continue
        label = "" if mine else squeeze(row.cells[0].text)
        for cell in row.cells[1:]:
            figure = read_cell(cell.text, "%")
            head = grid.heads.get(cell.position)
            if figure is None or head is None:
                continue
            column = head if re.search(r"[一-龥ァ-ヶ]", head) else f"{grid.corner}{head}"
            say = Say(FactKind(grid.role), subprogram, condition=f"{label}、{column}" if label else column)
            yield from fact_at(source, cell, row.line, replace(figure, per=figure.per or grid.per), say)
