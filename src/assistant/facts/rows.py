"""Facts of a table's rows: each amount with the kind, year and unit of its column."""

from __future__ import annotations

import re
from dataclasses import replace

from ..columns import AlignedRow, Column
from ..columns.header import ATTRIBUTE_ROLES, FUNDING_ROLES
from ..figures import read_cell
from ..layout import Cell, Layout
from ..programs import Part
from ..programs.names import squeeze
from ..records import Fact, FactKind, Figure, FigureKind, Program
from .conditions import condition_of
from .make import Say, make_fact
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


def row_facts(layout: Layout, part: Part, program: Program) -> list[Fact]:
    """Every figure of one row, with those in its worded cells."""
    row = part.row
    if row is None:
        return []
    facts: list[Fact] = []
    for index, cell in row.cells.items():
        column = part.columns[index]
        figure = _cell_figure(cell, column, summed=part.role in ("subtotal", "total"))
        if column.role in _KINDS and figure is not None:
            facts.append(_amount(layout, part, program, row, column, cell, figure))
        elif column.role in ATTRIBUTE_ROLES:
            facts += attribute_facts(layout, part, program, cell, row.line, FactKind(column.role), None, column)
        elif figure is not None and part.role in ("subtotal", "total"):
            item = squeeze(column.header) or None
            facts.append(
                make_fact(layout, part, program, _placed(figure, cell), row.line, Say(FactKind.COUNT, item=item))
            )
        elif column.role in _TEXT_ROLES and part.role == "program":
            facts += cell_facts(layout, part, program, row.line, cell.start, cell.text)
    return facts


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


def _placed(figure: Figure, cell: Cell) -> Figure:
    return replace(figure, start=figure.start + cell.start, end=figure.end + cell.start)


def _amount(
    layout: Layout, part: Part, program: Program, row: AlignedRow, column: Column, cell: Cell, figure: Figure
) -> Fact:
    kind = _KINDS[column.role]
    condition = None
    flags: list[str] = []
    if part.more and kind is FactKind.BUDGET:
        kind = FactKind.BREAKDOWN
        condition = next((squeeze(c.text) for i, c in row.cells.items() if part.columns[i].role == "text"), None)
        flags += [squeeze(c.text) for i, c in row.cells.items() if part.columns[i].role == "variant"]
    if "の一部" in cell.text:
        flags.append("の一部")
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
        stage=_stage(column, layout.document.fiscal_year),
    )
    return make_fact(layout, part if not part.more else replace(part, flags=()), program, _placed(figure, cell), row.line, say)


def _header_item(column: Column) -> str | None:
    """A column's header without its unit: 「R5事業費(千円)」 → R5事業費."""
    return re.sub(r"\s*[(（](単位[:：])?[千百万億]*円[)）]", "", squeeze(column.header)).strip() or None


def _stage(column: Column, year: str) -> str | None:
    """A column that names another state of the budget carries that state."""
    if column.role == "budget_revised":
        match = re.search(r"[0-9]+月(現計|補正後)|現計|補正後", re.sub(r"\s", "", column.header))
        return match.group() if match else "補正後"
    if column.role == "budget_previous" and "当初" in column.header:
        return "当初予算"
    return None


def attribute_facts(
    layout: Layout,
    part: Part,
    program: Program,
    cell: Cell,
    line: int,
    kind: FactKind,
    subprogram: str | None,
    column: Column | None = None,
    condition: str | None = None,
) -> list[Fact]:
    """Facts of a cell under a heading that says what its figures are: 補助率, 融資期間, 保証料率 …"""
    from .classify import Context, classify  # late: prose and rows share it
    from ..figures import find_figures

    whole = read_cell(cell.text, column.unit if column else None)
    figures = [whole] if whole is not None else find_figures(cell.text)
    facts: list[Fact] = []
    previous = 0
    carried: str | None = None
    for figure in figures:
        since = cell.text[previous : figure.start]
        found = condition_of(since, None) or (condition_of(cell.text[: figure.start], None) if "うち" in since else None)
        context = Context("content", subprogram, None, "row", since)
        other = classify(cell.text, figure, context, cell.text[: figure.start])
        fits = figure.kind.value in _FITTING[kind]
        say = Say(
            kind if fits else (other.kind if other else FactKind.OTHER),
            subprogram,
            item="据置期間" if "据置" in since else None,
            condition=found or (carried if "うち" in since else None) or condition,
            note=other.note if other else None,
        )
        carried = found or carried
        previous = figure.end
        facts.append(make_fact(layout, part, program, _placed(figure, cell), line, say))
    return facts


_FITTING: dict[FactKind, tuple[str, ...]] = {
    FactKind.SUBSIDY_RATE: ("rate", "percent"),
    FactKind.SUBSIDY_LIMIT: ("money",),
    FactKind.LOAN_LIMIT: ("money",),
    FactKind.LOAN_POOL: ("money",),
    FactKind.LOAN_RATE: ("percent",),
    FactKind.LOAN_TERM: ("duration",),
    FactKind.GUARANTEE_RATE: ("percent", "rate"),
}
