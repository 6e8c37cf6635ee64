"""Facts of tables whose columns are programs: rates by period, budgets by item, one program's columns or all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..columns.matrix import Matrix, Share, amounts_of, rates_of, read_matrix, results_of, without_reference
from ..figures import fiscal_year, read_cell, year_number
from ..layout import Table
from ..layout.cells import Cell
from ..layout.tables import TableRow
from ..programs.names import squeeze
from ..records import Fact, FactKind
from .attributes import fact_at
from .make import Say, Source
from .rows import KINDS


def matrix_facts(source: Source, table: Table, position: int | None) -> list[Fact] | None:
    """The facts of the columns below the name at ``position``; None for a table that is no matrix of rates or amounts.

    Without a position those of all, the names being parts of the source's program; amounts are not read then.
    """
    matrix = read_matrix(table)
    heading = source.part.section[-1] if source.part.section else ""
    if matrix is None:
        return None
    if rates_of(matrix, table, heading) is not None:
        return list(_rates(source, table, matrix, heading, position))
    results = results_of(matrix, table, heading) if position is not None else None
    if results is not None:
        return list(_results(source, table, matrix, results, position, heading))
    amounts = amounts_of(matrix, table, heading) if position is not None else None
    return None if amounts is None else list(_amounts(source, table, matrix, amounts, position))


def _cells(matrix: Matrix, position: int | None) -> Iterator[tuple[TableRow, Cell]]:
    for row in matrix.rows:
        for cell in row.cells:
            owner = matrix.owner(cell.position)
            if cell.position and owner is not None and (position is None or owner == position):
                yield row, cell


def _rates(source: Source, table: Table, matrix: Matrix, heading: str, position: int | None) -> Iterator[Fact]:
    roles, per = rates_of(matrix, table, heading) or ({}, None)
    for row, cell in _cells(matrix, position):
        figure = read_cell(cell.text, "%")
        if figure is None:
            continue
        head, year = without_reference(matrix.heads.get(cell.position, ""))
        label = squeeze(row.cells[0].text)
        owner = matrix.names.get(matrix.owner(cell.position) or 0)
        say = Say(
            FactKind(roles[cell.position]),
            owner if position is None else None,
            condition="、".join(text for text in (label, head) if text),
            fiscal_year=year,
        )
        yield from fact_at(source, cell, row.line, replace(figure, per=figure.per or per), say)


def _results(
    source: Source, table: Table, matrix: Matrix, told: dict[int, str], position: int | None, heading: str
) -> Iterator[Fact]:
    """What was lent or paid in each year: 「２　融資実績」 over years with 件数 and 金額."""
    about = squeeze(re.sub(r"^[（(]?[0-9０-９一二三四五六七八九十]{1,2}[）)]?[\s　.．、]+", "", heading)) or None
    for row, cell in _cells(matrix, position):
        money = told.get(cell.position) == "money"
        figure = read_cell(cell.text, table.unit if money else "件")
        if figure is not None:
            kind = FactKind.OTHER if money else FactKind.COUNT
            say = Say(
                kind, item=matrix.heads[cell.position], condition=about, fiscal_year=fiscal_year(row.cells[0].text)
            )
            yield from fact_at(source, cell, row.line, figure, say)


def _amounts(
    source: Source, table: Table, matrix: Matrix, told: dict[int, Share], position: int | None
) -> Iterator[Fact]:
    for row, cell in _cells(matrix, position):
        share = told.get(row.line)
        figure = read_cell(cell.text, table.unit)
        if share is not None and figure is not None:
            yield from fact_at(source, cell, row.line, figure, _say(source, share, squeeze(row.cells[0].text)))


def _say(source: Source, share: Share, label: str) -> Say:
    if share.item is not None:
        return Say(FactKind.BREAKDOWN, share.item, item=share.item)
    if share.role == "loan_pool":
        return Say(FactKind.LOAN_POOL, fiscal_year=share.year)
    own, document = year_number(share.year or ""), year_number(source.layout.document.fiscal_year)
    before = share.role == "budget" and own is not None and document is not None and own < document
    kind = FactKind.BUDGET_PREVIOUS if before else KINDS[share.role]
    return Say(kind, item=label, fiscal_year=share.year)
