"""Header rows → columns in order, each with its role, unit and fiscal year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..figures import fiscal_year, money_unit, year_number
from ..layout.roles import header_role, header_text
from ..layout.tables import Table, TableRow

#: Roles whose cells are amounts of money.
MONEY_ROLES = frozenset(
    {
        "budget", "budget_previous", "budget_revised", "difference", "funding_national", "funding_other",
        "funding_general",
    }
)  # fmt: skip
FUNDING_ROLES = ("funding_national", "funding_other", "funding_general")
#: Roles whose cells hold figures of an attribute of a support program.
ATTRIBUTE_ROLES = frozenset(
    {"subsidy_rate", "subsidy_limit", "loan_limit", "loan_rate", "loan_term", "loan_pool", "guarantee_rate"}
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``position`` is where its header stands; ``header`` is its words, parent first."""

    position: int
    header: str
    role: str
    unit: str | None = None
    fiscal_year: str | None = None


def read_columns(table: Table, document_year: str) -> tuple[Column, ...]:
    """The columns of a table in printed order; columns without a header get the role ``unnamed``."""
    if not table.header:
        return ()
    leaves = _leaves(table.header)
    named = {position for position, _, _ in leaves}
    first = min(named)
    leaves = [(position, "", "") for position in range(first)] + leaves
    columns = [_column(position, parent, label, document_year) for position, parent, label in leaves]
    columns = _siblings(columns)
    unit = table.unit or next((column.unit for column in columns if column.role in MONEY_ROLES and column.unit), None)
    columns = [
        replace(column, unit=column.unit or ("%" if column.role == "percent" else unit))
        if column.role in MONEY_ROLES or column.role in ("percent", "subsidy_limit", "loan_limit", "loan_pool")
        else column
        for column in columns
    ]
    return tuple(_with_name(columns))


def _leaves(header: tuple[TableRow, ...]) -> list[tuple[int, str, str]]:
    """(position, parent, label) of each column; a second header row splits the columns above it."""
    top = {cell.position: cell.text for cell in header[0].cells}
    if len(header) == 1:
        return [(position, "", text) for position, text in sorted(top.items())]
    children = [(cell.position, cell.text) for row in header[1:] for cell in row.cells]
    children = _once(children)
    leaves = [(position, "", text) for position, text in top.items()]
    for position, label in children:
        parents = [place for place in top if place <= position]
        parent = top[max(parents)] if parents else ""
        if parents and (max(parents), "", parent) in leaves:
            leaves.remove((max(parents), "", parent))
        leaves.append((position, parent, label))
    return sorted(leaves)


def _once(children: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A sub-header that a shifted print repeats as a whole counts once, under the parent it ends at."""
    half = len(children) // 2
    labels = [header_text(label) for _, label in children]
    if half >= 2 and len(children) % 2 == 0 and labels[:half] == labels[half:]:
        return children[half:]
    return children


def _column(position: int, parent: str, label: str, document_year: str) -> Column:
    words = header_text(f"{parent} {label}")
    role = header_role(label) or (header_role(parent) if parent else None) or ("unnamed" if not label else "text")
    if header_text(label) == "その他":
        role = "other?"
    year = fiscal_year(label) or fiscal_year(parent)
    if role in ("group", "variant") and year and not header_text(label).startswith("年度"):
        role = "budget"
    if "前年度" in words and "比" not in words and "増減" not in words and role == "budget":
        year = None
        role = "budget_previous"
    if role == "budget" and year and _before(year, document_year):
        role = "budget_previous"
    return Column(position, f"{parent} {label}".strip(), role, money_unit(label) or money_unit(parent), year)


def _before(year: str, document_year: str) -> bool:
    number, own = year_number(year), year_number(document_year)
    return number is not None and own is not None and number < own


def _siblings(columns: list[Column]) -> list[Column]:
    """「その他」 beside 国庫 or 一般財源 is a fund; elsewhere it is one flag among flags."""
    funds = any(column.role in FUNDING_ROLES for column in columns)
    role = "funding_other" if funds else "flag"
    return [replace(column, role=role) if column.role == "other?" else column for column in columns]


def _with_name(columns: list[Column]) -> list[Column]:
    """Without a 事業名 column, the last worded column before the first amount names the row."""
    if any(column.role == "name" for column in columns):
        return columns
    amounts = [i for i, column in enumerate(columns) if column.role in MONEY_ROLES or column.role in ATTRIBUTE_ROLES]
    if not amounts or not any(column.role in MONEY_ROLES for column in columns):
        return columns
    worded = [
        i for i, column in enumerate(columns[: amounts[0]]) if column.role in ("group", "variant", "unnamed", "text")
    ]
    if not worded:
        return columns
    columns[worded[-1]] = replace(columns[worded[-1]], role="name")
    return columns


def is_label(text: str) -> str | None:
    """``total`` or ``subtotal`` when a cell is the label of a sum, with ``relisted`` for 再掲含む."""
    plain = re.sub(r"[\s　()（）。、・]", "", text)
    if re.fullmatch(r'["〃″”“〃]?再掲(を)?含む', plain):
        return "relisted"
    if re.fullmatch(r"(総合計|合計|総計|総額|部合計|全体合計|歳出合計|予算合計|部計|総合計額)", plain):
        return "total"
    if re.fullmatch(r".{0,14}(小計|計)", plain) and not re.search(r"(設計|統計|会計|家計|時計|推計|合計)$", plain):
        return "subtotal"
    return None
