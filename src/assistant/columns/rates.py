"""Grids of bare percentages: 「（単位：年％）」 over 区分 ① ② ③ …, each row a sort of the rate in the heading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..figures import read_cell
from ..layout.cells import Cell, TableRow
from ..layout.roles import ATTRIBUTE_ROLES, DASHES, MONEY_ROLES, header_role, header_text
from ..layout.tables import Table

_UNIT = re.compile(r"単[\s　]*位[\s　]*[：:]?[\s　]*(?P<per>年|月)?[\s　]*(?:率|利)?[\s　、，]*[%％]")
_NAMES = (
    ("guarantee_rate", re.compile(r"保証料")),
    ("loan_rate", re.compile(r"(?:融資|貸付)利?率|利率|金利")),
    ("subsidy_rate", re.compile(r"補助率|助成率")),
)
_TIMED = re.compile(r"[（(](?P<per>年|月)[率利]?[)）]")  # 「信用保証料率（年）」
_CORNER = ("区分", "項目", "種別", "")
_LONGEST = 24  # letters of what heads a column or a row


@dataclass(frozen=True, slots=True)
class RateGrid:
    """Rows of bare percentages: ``role`` is what they are, ``per`` the time, ``heads`` the columns by position."""

    role: str
    per: str | None
    corner: str
    heads: dict[int, str]
    rows: tuple[TableRow, ...]


def rate_grid(table: Table, heading: str) -> RateGrid | None:
    """The grid that a table is below ``heading``; None for any other table."""
    unit = _UNIT.search(table.caption)
    named = f"{table.caption}\n{heading}"
    roles = [role for role, words in _NAMES if words.search(named)]
    head, *rows = [*table.header, *table.rows]
    if unit is None or len(roles) != 1 or not rows or len(table.header) > 1:
        return None
    words = [cell for cell in head.cells if cell.position > 0]
    short = all(len(cell.text) <= _LONGEST and read_cell(cell.text, None) is None for cell in head.cells)
    known = any(header_role(cell.text) in ATTRIBUTE_ROLES | MONEY_ROLES for cell in words)
    if len(words) < 2 or not short or known or not all(_is_row(row, len(words)) for row in rows):
        return None
    corner = next((header_text(cell.text) for cell in head.cells if cell.position == 0), "")
    heads = {cell.position: re.sub(r"\s", "", cell.text) for cell in words}
    timed = _TIMED.search(heading)
    per = unit["per"] or (timed["per"] if timed else None)
    return RateGrid(roles[0], per, "" if corner in _CORNER[1:] else corner, heads, tuple(rows))


def _is_row(row: TableRow, width: int) -> bool:
    """A label with a percentage, or none, in each column."""
    label, *values = row.cells if row.cells else (Cell(1, "", 0),)
    worded = label.position == 0 and len(label.text) <= _LONGEST and read_cell(label.text, None) is None
    return worded and 0 < len(values) <= width and all(_is_rate(cell.text) for cell in values)


def _is_rate(text: str) -> bool:
    figure = read_cell(text, "%")
    return text in DASHES or (figure is not None and figure.unit == "%")
