"""A header of years over a second one of 件数 and 金額: what was lent or granted in each of those years."""

from __future__ import annotations

from ..figures import fiscal_year, read_cell
from ..layout.roles import header_role
from ..layout.tables import Table, TableRow


def whole_header(table: Table) -> tuple[TableRow, ...]:
    """The header, with the first row of the body where that divides the header's years.

    「資金区分　件数　金額　件数　金額」 below 「令和２年度　令和３年度」: each year spans as many columns, and no
    figure stands in the second row.
    """
    if len(table.header) != 1 or len(table.rows) < 2:
        return table.header
    head, first = table.header[0], table.rows[0]
    years = [cell.position for cell in head.cells]
    if len(years) < 2 or years[0] == 0 or not all(fiscal_year(cell.text) for cell in head.cells):
        return table.header
    below = [cell for cell in first.cells if cell.position >= years[0]]
    divides = len(below) >= 2 * len(years) and {cell.position for cell in below}.issuperset(years)
    worded = all(read_cell(cell.text, "円") is None and header_role(cell.text) for cell in below)
    return (head, first) if divides and worded else table.header
