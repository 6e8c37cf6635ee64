"""A table of one account, 「○○資金特別会計」: its rows (貸付金, 公債費 …) are parts of the account and no programs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..columns import AlignedRow, Column
from ..layout import Table
from ..layout.roles import header_role
from .names import clean_name
from .parts import Part

_ACCOUNT = re.compile(
    r"^[\s　■◆○●・0-9０-９.．]*(?P<name>[^\s　。：:]{3,30}(?:特別|企業|事業)会計)[\s　]*(?:[（(].*)?$"
)


def account_of(table: Table, columns: Sequence[Column], path: tuple[str, ...]) -> str | None:
    """The account that a table is of, by its caption or the heading above it; None where its rows name programs."""
    name = next((column for column in columns if column.role == "name"), None)
    if name is None or header_role(name.header) == "name" or any(column.role == "group" for column in columns):
        return None
    told = (_ACCOUNT.match(line) for line in (*reversed(table.caption.split("\n")), *path[-1:]))
    return next((clean_name(found["name"]) for found in told if found), None)


def account_parts(
    rows: Sequence[AlignedRow], columns: tuple[Column, ...], account: str, path: tuple[str, ...]
) -> tuple[Part, ...]:
    """A part for each row, all of the one account; what names a row is a part of it, the sum is its own."""
    typed = tuple(replace(column, role="type") if column.role == "name" else column for column in columns)
    return tuple(
        Part(
            name=account,
            printed=account,
            form="row",
            line_start=row.line,
            line_end=row.line_end,
            role="department",
            section=path,
            row=row,
            columns=typed if row.role == "program" else columns,
        )
        for row in rows
        if row.role in ("program", "subtotal", "total")
    )
