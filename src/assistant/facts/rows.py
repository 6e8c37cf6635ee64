"""Facts of a table's rows: each amount with the kind, year and unit of its column."""

from __future__ import annotations

import re
from dataclasses import replace

from ..columns import AlignedRow, Column
from ..columns.header import ATTRIBUTE_ROLES, FUNDING_ROLES
from ..figures import read_cell
from ..layout import Cell
from ..programs.names import squeeze
from ..records import Fact, FactKind, Figure, FigureKind
from .attributes import Heading, attribute_facts, placed
from .make import Say, Source
from .prose import cell_facts

_KINDS = {
    "budget": FactKind.BUDGET,
    "budget_previous": FactKind.BUDGET_PREVIOUS,
    "budget_revised": FactKind.BUDGET_REVISED,
    "percent": FactKind.BUDGET_CHANGE,
    "difference": FactKind.OTHER,
    "funding_national": FactKind.FUNDING_NATIONAL,
    "funding_other": FactKind.FUNDING_OTHER,
    "funding_general": FactKind.FUNDING_GENERAL,
    "period": FactKind.PERIOD,
}
_TEXT_ROLES = ("text", "variant", "unnamed", "department")


def row_facts(source: Source) -> list[Fact]:
    """Every figure of one row, with those in its worded cells."""
    row = source.part.row
    if row is None:
        return []
    return [fact for index, cell in row.cells.items() for fact in _cell_facts(source, row, index, cell)]


def _cell_facts(source: Source, row: AlignedRow, index: int, cell: Cell) -> list[Fact]:
    column = source.part.columns[index]
    summed = source.part.role in ("subtotal", "total")
    figure = _cell_figure(cell, column, summed=summed)
    if column.role in _KINDS and figure is not None:
        return [_amount(source, row, column, cell, figure)]
    if column.role in ATTRIBUTE_ROLES:
        return attribute_facts(source, cell, row.line, Heading(FactKind(column.role), column=column))
    if figure is not None and summed:
        say = Say(FactKind.COUNT, item=squeeze(column.header) or None)
        return [source.fact(placed(figure, cell), row.line, say)]
    if column.role in _KINDS or (column.role in _TEXT_ROLES and source.part.role == "program"):
        header = _header_item(column)
        facts = cell_facts(source, row.line, cell.start, cell.text)
        return [replace(fact, item=header) if _unnamed(fact, column) else fact for fact in facts]
    return []


def _unnamed(fact: Fact, column: Column) -> bool:
    """A period or a figure of no kind, of which its own cell says nothing, is what its column is headed."""
    return fact.item is None and column.role == "text" and fact.kind in (FactKind.PERIOD, FactKind.OTHER)


def _cell_figure(cell: Cell, column: Column, *, summed: bool) -> Figure | None:
    unit = column.unit
    if column.role in _KINDS and column.role not in ("percent", "period"):
        figure = read_cell(cell.text, unit)
        return figure if figure is not None and figure.kind is FigureKind.MONEY else None
    if column.role == "flag" and summed:
        return read_cell(cell.text, "件")
    if column.role in ("percent", "period"):
        return read_cell(cell.text, unit if column.role == "percent" else None)
    return read_cell(cell.text, None) if summed and column.role in _TEXT_ROLES else None


def _amount(source: Source, row: AlignedRow, column: Column, cell: Cell, figure: Figure) -> Fact:
    part = source.part
    kind = _KINDS[column.role]
    condition = None
    flags: list[str] = []
    if part.more and kind is FactKind.BUDGET:
        kind = FactKind.BREAKDOWN
        condition = next(iter(_texts(source, row, "text")), None)
        flags += _texts(source, row, "variant")
    doubt = row.doubt if column.role in FUNDING_ROLES else None
    if doubt:
        flags.append("suspect")
    say = Say(
        kind,
        item=_header_item(column),
        condition=condition,
        flags=tuple(flags),
        note=doubt,
        fiscal_year=column.fiscal_year if kind is not FactKind.BUDGET_CHANGE else None,
        stage=_stage(column),
    )
    if part.more:  # its flags are those of its own row, not of the row above
        source = replace(source, part=replace(part, flags=()))
    return source.fact(placed(figure, cell), row.line, say)


def _texts(source: Source, row: AlignedRow, role: str) -> list[str]:
    return [squeeze(cell.text) for index, cell in row.cells.items() if source.part.columns[index].role == role]


def _header_item(column: Column) -> str | None:
    """A column's header without its unit: 「R5事業費(千円)」 → R5事業費."""
    return re.sub(r"\s*[(（](単位[:：])?[千百万億]*円[)）]", "", squeeze(column.header)).strip() or None


def _stage(column: Column) -> str | None:
    """A column that names another state of the budget carries that state."""
    if column.role == "budget_revised":
        match = re.search(r"[0-9]+月(現計|補正後)|現計|補正後", re.sub(r"\s", "", column.header))
        return match.group() if match else "補正後"
    if column.role == "budget_previous" and "当初" in column.header:
        return "当初予算"
    return None
