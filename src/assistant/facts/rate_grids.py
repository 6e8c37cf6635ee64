"""Facts of a grid of bare percentages: each is of its row and its column, 「基準料率、区分①」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..columns.rates import RateGrid
from ..figures import read_cell
from ..programs.names import clean_name, squeeze
from ..records import Fact, FactKind
from .attributes import fact_at
from .make import Say, Source

_PAID_OF = {"guarantee_rate": "保証料の", "loan_rate": "利子の"}


def rate_facts(source: Source, grid: RateGrid, subprogram: str | None) -> Iterator[Fact]:
    """One fact for each percentage; a grid names no part of its own, and a program's own row says its columns alone."""
    part = source.part
    for row in grid.rows:
        if not part.line_start <= row.line <= part.line_end:
            continue
        label = squeeze(row.cells[0].text)
        label = "" if clean_name(label) == part.name else label
        kind = FactKind(grid.role_of(row))
        if kind is not FactKind(grid.role) and "料" not in label:
            label = f"{_PAID_OF.get(grid.role, '')}{label}"  # the share of the fee that is paid, no grant
        group = squeeze(grid.groups[row.line].cells[0].text) if row.line in grid.groups else ""
        label = label if clean_name(group) == part.name or not group else f"{group}、{label}"
        label = f"{grid.case} {label}".strip()
        for cell in row.cells[1:]:
            figure = read_cell(cell.text, "%")
            head = grid.heads.get(cell.position)
            if figure is None or head is None:
                continue
            column = head if re.search(r"[一-龥ァ-ヶ]", head) else f"{grid.corner}{head}"
            figure = replace(figure, per=figure.per or (grid.per if figure.unit == "%" else None))
            say = Say(kind, subprogram, condition=f"{label}、{column}" if label else column)
            yield from fact_at(source, cell, row.line, figure, say)
