"""Facts of a cell that holds all sources of a row's money, below 財源内訳."""

from __future__ import annotations

from dataclasses import replace

from ..columns import Column
from ..columns.source_cells import holds_sources, sources_in
from ..figures import money_unit, read_cell
from ..layout import Cell
from ..programs.names import squeeze
from ..records import Fact, FactKind
from .attributes import fact_at
from .make import Say, Source
from .sources import name_of_source

_ANY_OTHER = ("他", "特", "特財")
_OWN = ("市", "町", "村", "区")  # a town's own money in its budget, and not in a prefecture's


def source_facts(source: Source, column: Column, cell: Cell, line: int) -> list[Fact] | None:
    """A fact for each source of a cell below such a header; None where the cell is no list of sources.

    A name that is not known as one is one of the others where all of them add up to the row's amount.
    """
    unit = money_unit(column.header) or next((each.unit for each in source.part.columns if each.role == "budget"), None)
    found = sources_in(cell.text) if holds_sources(column) else []
    if not found:
        return None
    figures = [read_cell(each.amount, unit) for each in found]
    whole = sum(figure.yen or 0 for figure in figures if figure is not None) == source.part.amount
    facts: list[Fact] = []
    for each, figure in zip(found, figures, strict=True):
        role = each.role or ("funding_other" if whole and each.name not in _OWN else None)
        if figure is None or figure.yen is None or role is None:
            continue
        name = f"{each.name}（{each.note}）" if each.note and each.name.startswith("その他") else each.name
        case = name_of_source(name) if role == "funding_other" and each.name not in _ANY_OTHER else None
        moved = replace(figure, start=each.start + figure.start, end=each.start + figure.end)
        facts += fact_at(source, cell, line, moved, Say(FactKind(role), item=squeeze(name), condition=case))
    return facts
