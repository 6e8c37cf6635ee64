"""Facts of a table of discounts: what a rate is lowered or raised by, in the case of its row."""

from __future__ import annotations

from collections.abc import Iterable

from ..figures import read_cell
from ..programs import TableReading
from ..programs.discounts import Discount, discounts_of
from ..records import Fact, FactKind
from .attributes import fact_at
from .make import Say, Source


def discounts_by_line(tables: Iterable[TableReading]) -> dict[int, Discount]:
    """The rows of all such tables that are parts of a document, by their lines."""
    read = (reading for reading in tables if reading.parts and reading.parts[0].form == "section")
    found = (row for each in read for row in discounts_of(each.table, each.parts[0].section[-1]))
    return {row.line: row for row in found}


def discount_facts(source: Source, row: Discount) -> list[Fact]:
    """The fact of one row."""
    figure = read_cell(row.cell.text, "%")
    say = Say(FactKind(row.role), condition=row.label, note=row.note)
    return fact_at(source, row.cell, row.line, figure, say) if figure is not None else []
