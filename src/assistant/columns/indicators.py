"""Tables of a plan's aims: each row names what is measured, how much it was and how much it is to become."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..figures import money_unit, year_number
from ..layout.cells import Cell, TableRow
from ..layout.roles import DASHES, header_role, header_text
from ..layout.tables import Table
from .header import ATTRIBUTE_ROLES, MONEY_ROLES, Column
from .values import is_amount

MEASURED = ("target", "baseline")
_YEAR_ALONE = re.compile(
    r"(?:令和|平成|R|H)?[0-9元]{1,4}年?度?(?:\([^()]*\))?(?:末|時点)?(?:目標値?|実績値?|見込み?|現在)?(?:\([^()]*\))?"
)
_NUMBERED = re.compile(r"^[\s　]*(?:[0-9０-９]{1,2}|[Ⅰ-Ⅻ]|[一二三四五六七八九十])(?![0-9０-９年月日])")
_NO_VALUE = re.compile(r"検討|未定|調査|維持|増加|減少|向上|上昇|改善|以上|毎年|なし|皆増")


@dataclass(frozen=True, slots=True)
class Value:
    """A cell that says how much: its role (target or baseline), the year it speaks of, and its unit."""

    role: str
    cell: Cell
    fiscal_year: str | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row: what is measured, whose aim it is (empty where the table does not say) and the values.

    ``of_program`` tells that the aim is that of a program, not of a policy.
    """

    line: int
    line_end: int
    name: str
    whose: str
    of_program: bool
    values: tuple[Value, ...]


def read_indicators(table: Table, columns: Sequence[Column], year: str) -> tuple[Indicator, ...]:
    """The rows of a table of aims; empty for any other table, as for one that has amounts of a budget."""
    roles = _roles(columns, year)
    first = next((place for place, role in enumerate(roles) if role in MEASURED), 0)
    if not first or "target" not in roles:
        return ()
    name = _name_place(roles, first)
    found: list[Indicator] = []
    whose = ""
    for row in table.rows:
        cells = _placed(row, columns, roles, name)
        if cells is None:
            continue
        group = next((place for place in range(name) if place in cells and roles[place] in ("name", "whose")), None)
        if group is not None:
            whose = _whose(columns[group].header, cells[group].text)
        unit = next((cells[place].text for place in cells if roles[place] == "unit"), None)
        values = [
            Value(roles[place], cell, columns[place].fiscal_year, unit or _unit(columns[place].header))
            for place, cell in cells.items()
            if roles[place] in MEASURED and cell.text not in DASHES
        ]
        end = max(cell.last_line(row.line) for cell in cells.values())
        of_program = "name" in roles[:name]
        found.append(Indicator(row.line, end, cells[name].text, whose, of_program, tuple(values)))
    return tuple(found)


def _roles(columns: Sequence[Column], year: str) -> list[str]:
    """What each column holds; empty for a table that is about money or has no word of an aim.

    「R7 / R6」 in thousands of yen before a column of aims are the budgets of two years.
    """
    plain = [header_text(column.header) for column in columns]
    told = [header_role(text) for text in plain]
    if not {"target", "indicator"} & set(told):
        return []
    if "target" not in told and any(role == "indicator" for role in told[_last_budget(columns) :]):
        return []
    roles: list[str] = []
    for column, text, role in zip(columns, plain, told, strict=True):
        if role in (*MEASURED, "indicator", "name"):
            roles.append(str(role))
        elif text == "単位":
            roles.append("unit")
        elif column.fiscal_year and _YEAR_ALONE.fullmatch(text):
            roles.append(_of_year(column.fiscal_year, year, text))
        elif role in MONEY_ROLES | ATTRIBUTE_ROLES:
            return []
        else:
            roles.append("whose" if not any(each in MEASURED for each in roles) and role != "number" else "")
    return roles


def _last_budget(columns: Sequence[Column]) -> int:
    """The place of the last budget in a unit of money, else behind every column."""
    places = [place for place, column in enumerate(columns) if column.role in MONEY_ROLES and column.unit]
    return max(places, default=len(columns))


def _of_year(fiscal_year: str, own: str, header: str) -> str:
    """A column of a year before the document's says what was, any other what is to become."""
    number, now = year_number(fiscal_year), year_number(own)
    past = number is not None and now is not None and number < now
    return "baseline" if past or "実績" in header or "見込" in header else "target"


def _name_place(roles: Sequence[str], first: int) -> int:
    """The column that names what is measured: the one headed 指標, else the last of words before the values."""
    named = [place for place in range(first) if roles[place] == "indicator"]
    worded = [place for place in range(first) if roles[place] in ("whose", "name")]
    return (named or worded or [0])[-1]


def _placed(row: TableRow, columns: Sequence[Column], roles: Sequence[str], name: int) -> dict[int, Cell] | None:
    """The cells by column; a row whose merged first cell is not printed may stand one column to the left."""
    at = {column.position: place for place, column in enumerate(columns)}
    for shift in (0, 1) if name else (0,):
        cells = {at[cell.position + shift]: cell for cell in row.cells if cell.position + shift in at}
        values = [cell.text for place, cell in cells.items() if roles[place] in MEASURED]
        worded = name in cells and not is_amount(cells[name].text) and not _measures(cells[name].text)
        if len(cells) == len(row.cells) and worded and values and all(_could_be(text) for text in values):
            return cells
    return None


def _measures(text: str) -> bool:
    return re.match(r"[\s　約▲△]*[0-9０-９][0-9０-９,，.．]*[^0-9０-９]{0,4}$", text) is not None


def _could_be(text: str) -> bool:
    return text in DASHES or bool(re.search(r"[0-9０-９]", text)) or bool(_NO_VALUE.search(text))


def _whose(header: str, text: str) -> str:
    """「Ⅰ 続ける」 below 基本目標 is 基本目標Ⅰ 続ける."""
    head = re.sub(r"[（(].*$", "", header_text(header))
    return f"{head}{text}" if head and _NUMBERED.match(text) else text


def _unit(header: str) -> str | None:
    """「目標値（件）」 → 件."""
    if (unit := money_unit(header)) is not None:
        return unit
    found = re.search(r"[（(](?:単位[:：])?(?P<unit>[^\s（）()0-9０-９]{1,3})[)）]$", header.strip())
    return found["unit"] if found else None
