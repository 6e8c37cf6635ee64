"""Tables of what a rate is lowered or raised by: 「優遇区分　引下げ幅」 below 「利率の優遇」, a row for each case."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..figures import read_cell
from ..layout import Cell, Table
from ..layout.roles import header_text
from ..records import LOWERED, RAISED
from .names import squeeze
from .parts import Part
from .titles import is_generic, without_year

_LOWERS = re.compile(r"引き?下げ(?:幅|率|利率)?|割引(?:幅|率)|軽減(?:幅|率)|優遇(?:幅|率|利率)|差し?引(?:く率|き率)")
_RAISES = re.compile(r"上乗せ(?:幅|率)|加算(?:幅|率)|引き?上げ(?:幅|率)")
_LENT = re.compile(r"利率|金利|利子")
_GUARANTEED = re.compile(r"保証料")
_LONGEST = 60  # letters of a row's label


@dataclass(frozen=True, slots=True)
class Discount:
    """A row: for whom (``label``), the cell with the percentage, what rate it changes, and which way."""

    line: int
    label: str
    cell: Cell
    role: str
    note: str


def discounts_of(table: Table, heading: str) -> tuple[Discount, ...]:
    """The rows of such a table; empty for any other, and where nobody says which rate it is about."""
    own = [row for row in table.header if row.line >= table.line_start]  # below a caption nothing goes on
    head, *rows = [*own, *table.rows] or (None,)
    if head is None or len(own) > 1:
        return ()
    heads = {cell.position: header_text(cell.text) for cell in head.cells}
    place = next((at for at, text in heads.items() if at and (_LOWERS.search(text) or _RAISES.search(text))), None)
    role = _role(heads.get(place or 0, ""), *reversed(table.caption.split("\n")), heading)
    if place is None or role is None:
        return ()
    note = RAISED if _RAISES.search(heads[place]) else LOWERED
    found = []
    for row in rows:
        cells = {cell.position: cell for cell in row.cells}
        figure = read_cell(cells[place].text, "%") if place in cells else None
        if figure is None or figure.unit != "%" or 0 not in cells or len(cells[0].text) > _LONGEST:
            return ()
        found.append(Discount(row.line, squeeze(cells[0].text), cells[place], role, note))
    return tuple(found)


def _role(*told: str) -> str | None:
    """The rate that the words nearest to the table name alone."""
    for text in told:
        lent, guaranteed = _LENT.search(text), _GUARANTEED.search(text)
        if bool(lent) is not bool(guaranteed):
            return "loan_rate" if lent else "guarantee_rate"
    return None


def discount_parts(table: Table, path: tuple[str, ...]) -> tuple[Part, ...]:
    """A part for each row, of what the heading above names."""
    heading = path[-1] if path else ""
    if not heading or is_generic(heading):
        return ()
    return tuple(
        Part(
            name=without_year(heading),
            printed=row.label,
            form="section",
            line_start=row.line,
            line_end=row.line,
            role="total",
            section=path,
        )
        for row in discounts_of(table, heading)
    )
