"""Tables whose columns are programs: names head them, alone or over columns of their own.

「　｜安心資金｜　｜飛躍資金｜　」 over 「期間｜固定｜変動｜固定｜変動」, with a label and figures on each row below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ..figures import fiscal_year, read_cell
from ..layout.cells import TableRow, is_value
from ..layout.roles import DASHES, header_role, header_text
from ..layout.tables import Table
from .header import is_label
from .orient import summary_role
from .rates import is_rate, is_row_label, rate_of_table

LONGEST = 24  # letters of a name, or of what a row begins with
_RATES = ("guarantee_rate", "loan_rate", "subsidy_rate")
_MONEY = (("loan_pool", re.compile(r"融資枠|貸付枠")), ("budget", re.compile(r"予算|事業費")))
_DONE = re.compile(r"実績|決算|執行|利用状況")  # what was spent or lent is no budget
_RESULTS = {
    **dict.fromkeys(("件数", "承諾件数", "融資件数", "貸付件数", "交付件数", "採択件数", "実績件数"), "count"),
    **dict.fromkeys(("金額", "承諾金額", "融資額", "融資金額", "貸付額", "貸付金額", "交付額", "実績額"), "money"),
}
_COMPARES = re.compile(r"[率比]$|増減|割合")
_YEAR_FIRST = re.compile(r"^(?:令和|平成|[RH])[0-9元]{1,2}(?:年度)?")
_REFERS = re.compile(r"^[(（](?:参考|前年度?|昨年度|現行|改正前|改定前)[)）]")


@dataclass(frozen=True, slots=True)
class Matrix:
    """Figures by program and row: ``names`` stand at the first column of each, ``heads`` say what a column is of it."""

    names: dict[int, str]
    heads: dict[int, str]
    rows: tuple[TableRow, ...]

    def owner(self, position: int) -> int | None:
        """Where the name over the column at ``position`` stands."""
        return max((place for place in self.names if place <= position), default=None)


@dataclass(frozen=True, slots=True)
class Share:
    """What a row says of every program: ``role`` is its kind, ``year`` that of its amounts, ``item`` a part's name."""

    role: str
    year: str | None = None
    item: str | None = None


def read_matrix(table: Table) -> Matrix | None:
    """The names over a table's columns and the rows below them; None where its first row is no row of names."""
    own = [row for row in table.header if row.line >= table.line_start]
    printed = [*own, *(row for row in table.rows if row.cells)]
    if len(printed) < 2:
        return None
    top, *rows = printed
    names = {cell.position: re.sub(r"\s+", "", cell.text) for cell in top.cells if cell.position}
    if len(names) < 2 or not all(map(_is_worded, names.values())):
        return None
    places = sorted(names)
    divided = any(after - place > 1 for place, after in pairwise(places))
    heads: dict[int, str] = {}
    if divided:
        below, *rows = rows
        heads = {cell.position: re.sub(r"\s+", "", cell.text) for cell in below.cells if cell.position >= places[0]}
        if not rows or not set(names) < set(heads) or not all(map(_is_worded, heads.values())):
            return None
    return Matrix(names, heads, tuple(rows))


def _is_worded(text: str) -> bool:
    return len(text) <= LONGEST and not is_value(text) and text not in DASHES


def rates_of(matrix: Matrix, table: Table, heading: str) -> tuple[dict[int, str], str | None] | None:
    """The sort of rate in each column and the time it is for; None where not all figures are bare percentages."""
    told = rate_of_table(table, heading)
    bare = all(is_rate(cell.text) for row in matrix.rows for cell in row.cells[1:])
    if told is None or not bare or not all(map(_is_row, matrix.rows)):
        return None
    roles, per = told
    found: dict[int, str] = {}
    for position in {cell.position for row in matrix.rows for cell in row.cells if cell.position}:
        own = header_role(matrix.heads.get(position, ""))
        role = own if own in _RATES else roles[0] if len(roles) == 1 else None
        if role is None:
            return None
        found[position] = role
    return found, per


def _is_row(row: TableRow) -> bool:
    """A label with figures behind it."""
    label = row.cells[0]
    return label.position == 0 and is_row_label(label.text) and len(row.cells) > 1


def amounts_of(matrix: Matrix, table: Table, heading: str) -> dict[int, Share] | None:
    """What each row of amounts, by its line, says of the programs; None for a table of anything else.

    A heading or caption must say that these are budgets, or what is to be lent.
    """
    roles = [role for role, words in _MONEY if words.search(table.caption)]
    roles = roles if len(roles) == 1 else [role for role, words in _MONEY if words.search(heading)]
    if _DONE.search(f"{table.caption}\n{heading}"):
        return None
    if len(roles) != 1 or matrix.heads or table.unit in (None, "%"):
        return None
    told: dict[int, Share] = {}
    for row in matrix.rows:
        label = header_text(row.cells[0].text)
        if _COMPARES.search(label) and row.cells[0].position == 0:
            continue
        if not _is_row(row) or not all(_is_amount(cell.text, table.unit) for cell in row.cells[1:]):
            return None
        told[row.line] = _share(label, roles[0])
    return told if any(share.item is None for share in told.values()) else None


def results_of(matrix: Matrix, table: Table, heading: str) -> dict[int, str] | None:
    """What each column counts of what was done, 件数 or 金額, by position, in rows of years; None for other tables."""
    said = f"{table.caption}\n{heading}"
    if not _DONE.search(said) or not matrix.heads or any(len(row.cells) < 2 for row in matrix.rows):
        return None
    counts = {place: _RESULTS.get(header_text(head)) for place, head in matrix.heads.items() if place}
    years = all(row.cells[0].position == 0 and _YEAR_FIRST.match(header_text(row.cells[0].text)) for row in matrix.rows)
    if not years or None in counts.values() or ("money" in counts.values() and not table.unit):
        return None
    return {place: what for place, what in counts.items() if what}


def _is_amount(text: str, unit: str | None) -> bool:
    figure = read_cell(text, unit)
    return text in DASHES or (figure is not None and figure.yen is not None)


def _share(label: str, role: str) -> Share:
    bare = re.sub(r"^\((?P<inner>[^()]*)\)$", r"\g<inner>", label)
    if is_label(bare):
        return Share(role)
    if _YEAR_FIRST.match(bare):
        return Share(role, fiscal_year(bare))
    own = summary_role(bare) if role == "budget" else None
    if own is not None:
        return Share(own)
    return Share(role) if role != "budget" and header_role(bare) == role else Share("breakdown", None, label)


def without_reference(head: str) -> tuple[str, str | None]:
    """What a column says, and the year before it: 「（参考）R4責任共有対象」 → 責任共有対象, 令和4年度."""
    year = fiscal_year(head)
    bare = _REFERS.sub("", header_text(head))
    bare = re.sub(r"^[(（]?(?:令和|平成|[RH])[0-9元]{1,2}(?:年度)?[)）]?(?=[^年度])", "", bare) if year else bare
    return bare, year
