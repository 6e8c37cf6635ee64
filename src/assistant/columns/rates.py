"""Grids of bare percentages: 「（単位：年％）」 over 区分 ① ② ③ …, each row a sort of the rate in the heading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..figures import read_cell
from ..layout.cells import Cell, TableRow
from ..layout.roles import ATTRIBUTE_ROLES, DASHES, MONEY_ROLES, header_role, header_text
from ..layout.tables import Table

_UNIT = re.compile(r"単[\s　]*位[\s　]*[：:]?[\s　]*(?P<per>年|月)?[\s　]*(?:率|利)?[\s　、，]*[%％]")
_IN_HEADING = re.compile(
    r"[（(][\s　]*(?P<per>年|月)?[率利]?[\s　・、，,]*[%％][\s　]*[)）]"
)  # 「保証料率（年率・％）」
_CASE = re.compile(r"[\s　【■・]*表[\s　]?[A-ZＡ-Ｚ0-9０-９]{0,2}[\s　：:]*[（(](?P<case>[^（()）%％]{3,20})[)）]$")
_NAMES = (
    ("guarantee_rate", re.compile(r"保証料")),
    ("loan_rate", re.compile(r"(?:融資|貸付)利?率|利率|金利")),
    ("subsidy_rate", re.compile(r"補助率|助成率")),
)
_TIMED = re.compile(r"[（(](?P<per>年|月)[率利]?[)）]")  # 「信用保証料率（年）」
_PAID = re.compile(r"補助|補給|助成")
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
    groups: dict[int, TableRow]  # by the line of a row, the one with words alone that it stands below
    case: str = ""  # for what all of it holds, as its own caption says: 「表Ｂ（責任共有対象外）」

    def role_of(self, row: TableRow) -> str:
        """What a row's figures are: fractions are the share of the rate that somebody else pays."""
        return "subsidy_rate" if _is_paid(row) else self.role


def rate_of_table(table: Table, heading: str) -> tuple[list[str], str | None] | None:
    """The sorts of rate that a caption in percent and a heading name, and the time; None without such a caption."""
    named = f"{table.caption}\n{heading}"
    unit = _UNIT.search(table.caption) or _IN_HEADING.search(named)
    timed = _TIMED.search(heading)
    per = unit["per"] if unit else None
    roles = [role for role, words in _NAMES if words.search(named)]
    return (roles, per or (timed["per"] if timed else None)) if unit else None


def rate_grid(table: Table, heading: str) -> RateGrid | None:
    """The grid that a table is below ``heading``; None for any other table."""
    told = rate_of_table(table, heading)
    own = [row for row in table.header if row.line >= table.line_start]  # below a caption nothing goes on
    head, *rows = [*own, *table.rows]
    if told is None or len(told[0]) != 1 or not rows or len(own) > 1:
        return None
    rows, groups = _grouped(rows)
    words = [cell for cell in head.cells if cell.position > 0]
    counted = [header_text(cell.text) for cell in words] == [str(number) for number in range(1, len(words) + 1)]
    short = counted or all(len(cell.text) <= _LONGEST and read_cell(cell.text, None) is None for cell in head.cells)
    known = any(header_role(cell.text) in ATTRIBUTE_ROLES | MONEY_ROLES for cell in words)
    if len(words) < 2 or not short or known or not all(_is_row(row, len(words)) for row in rows):
        return None
    corner = next((header_text(cell.text) for cell in head.cells if cell.position == 0), "")
    heads = {cell.position: re.sub(r"\s", "", cell.text) for cell in words}
    roles, per = told
    corner = corner if counted or corner not in _CORNER[1:] else ""
    return RateGrid(roles[0], per, corner, heads, tuple(rows), groups, _case_of(table))


def _case_of(table: Table) -> str:
    found = _CASE.match(table.caption.rpartition("\n")[2])
    return found["case"] if found else ""


def _grouped(rows: list[TableRow]) -> tuple[list[TableRow], dict[int, TableRow]]:
    """The rows with figures, and the row of a name alone that each stands below."""
    groups: dict[int, TableRow] = {}
    above: TableRow | None = None
    for row in rows:
        if len(row.cells) == 1 and row.cells[0].position == 0 and len(row.cells[0].text) <= _LONGEST:
            above = row
        elif above is not None:
            groups[row.line] = above
    heads = {row.line for row in groups.values()}
    return [row for row in rows if row.line not in heads], groups


def _is_paid(row: TableRow) -> bool:
    """「県の補助率　1/2　1/2」, 「県負担割合　5割 …」: shares of what is to be paid, by the label and the figures."""
    figures = [figure for cell in row.cells[1:] if (figure := read_cell(cell.text, None)) is not None]
    shares = all(figure.unit == "%" or figure.kind == "rate" for figure in figures)
    return bool(figures) and shares and _PAID.search(row.cells[0].text) is not None


def _is_row(row: TableRow, width: int) -> bool:
    """A label with a percentage, or none, in each column."""
    label, *values = row.cells if row.cells else (Cell(1, "", 0),)
    worded = label.position == 0 and is_row_label(label.text)
    rates = _is_paid(row) or all(is_rate(cell.text) for cell in values)
    return worded and 0 < len(values) <= width and rates


def is_row_label(text: str) -> bool:
    """Whether a cell says what its row is about: words, or a time such as 「３年超５年以内」."""
    figure = read_cell(text, None)
    return len(text) <= _LONGEST and (figure is None or figure.kind in ("duration", "period", "year"))


def is_rate(text: str) -> bool:
    """Whether a cell is a percentage without its sign, or a dash."""
    figure = read_cell(text, "%")
    return text in DASHES or (figure is not None and figure.unit == "%")
