"""Tables that belong to the program printed above them: its 枠 with their rates, the funds of its loan scheme."""

from __future__ import annotations

from ..layout import Layout, Line, Table
from ..layout.roles import ATTRIBUTE_ROLES, MONEY_ROLES, header_role
from .amounts import read_amount_line
from .titles import program_in

_REACH = 10  # lines between a program's name and its table
_STOPS = ("#", "■")


def tells_terms(table: Table) -> bool:
    """Whether the columns are what a program grants (補助率, 融資限度額) and not what programs cost."""
    roles = {header_role(cell.text) for row in table.header for cell in row.cells}
    return bool(roles & ATTRIBUTE_ROLES) and not roles & MONEY_ROLES


def owned_tables(layout: Layout) -> frozenset[int]:
    """First lines of the tables of terms that are set in below a program with its amount.

    Their rows are the parts of that program, even below a header such as 資金名.
    """
    return frozenset(
        table.line_start for table in layout.tables if tells_terms(table) and _owner(layout.lines, table) is not None
    )


def _owner(lines: tuple[Line, ...], table: Table) -> Line | None:
    depth = _indent(lines[table.line_start - 1])
    for line in reversed(lines[max(0, table.line_start - 1 - _REACH) : table.line_start - 1] if depth else ()):
        if line.tabular or line.marker(*_STOPS):
            return None
        if line.blank or not line.markers or line.indent >= depth:
            continue
        found = read_amount_line(line.body)
        if found is not None and found.name and found.figure is not None:
            return line if program_in(found.name) else None
    return None


def _indent(line: Line) -> int:
    return len(line.raw) - len(line.raw.lstrip(" 　"))
