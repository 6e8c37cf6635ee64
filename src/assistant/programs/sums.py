"""Tables read, and which of their sums is the total of its list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..columns import AlignedRow, Column, Field, Indicator
from ..columns.header import without_count
from ..layout import Table
from .parts import Part

_PLAIN = re.compile(r"^[\s　]*(合[\s　]*)?計[\s　]*$")


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table with its columns and rows resolved; ``parts`` is empty for a table inside a program's page."""

    table: Table
    columns: tuple[Column, ...]
    rows: tuple[AlignedRow, ...]
    parts: tuple[Part, ...]
    fields: tuple[Field, ...] = ()  # labels and values, where it is a record
    indicators: tuple[Indicator, ...] = ()  # the rows of a table of aims


def with_totals(readings: Sequence[TableReading]) -> list[TableReading]:
    """The readings; a 計 that ends a list and is its only sum is the list's total, not one subtotal of several."""
    result = list(readings)
    for run in _runs(result):
        sums = [(place, part) for place in run for part in result[place].parts if part.role in ("subtotal", "total")]
        programs = sum(part.role == "program" for place in run for part in result[place].parts)
        if len(sums) != 1 or programs < 2:
            continue
        place, part = sums[0]
        if place == run[-1] and part is result[place].parts[-1] and _PLAIN.match(without_count(part.printed)):
            result[place] = _with_total(result[place], part)
    return result


def _runs(readings: Sequence[TableReading]) -> Iterator[list[int]]:
    """Places of the tables of programs that go on with one another."""
    run: list[int] = []
    for place, reading in enumerate(readings):
        if not any(part.form == "row" for part in reading.parts):
            continue
        if run and not reading.table.continued:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _with_total(reading: TableReading, part: Part) -> TableReading:
    row = part.row
    total = replace(row, role="total") if row is not None else None
    rows = tuple(total if total is not None and one is row else one for one in reading.rows)
    parts = (*reading.parts[:-1], replace(part, role="total", row=total))
    return replace(reading, rows=rows, parts=parts)
