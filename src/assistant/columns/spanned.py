"""A header that spans two columns of the rows below it: 資金名 over 経営安定資金 and 一般枠, without an empty cell."""

from __future__ import annotations

from ..figures import read_cell
from ..layout.roles import ATTRIBUTE_ROLES, MONEY_ROLES, header_role
from ..layout.tables import Table

LONGEST_TYPE = 24  # letters of what a row adds to a name: 女性・若者・シニア枠
_LEAST = 3  # rows that show it

Leaf = tuple[int, str, str]


def spread(table: Table, leaves: list[Leaf]) -> list[Leaf]:
    """The leaves (position, parent, label) of a table's header, those behind the spanning name moved by one.

    It is so where every row is one cell wider than the header, the cell behind the names is short or empty, and
    the figures then stand below the headers that speak of figures, as they did not before.
    """
    width = len(leaves)
    rows = [row for row in table.rows if len(row.cells) > 1]
    whole = [position for position, _, _ in leaves] == list(range(width))
    if not whole or len(table.header) != 1 or len(rows) < _LEAST or any(row.width != width + 1 for row in rows):
        return leaves
    place = next((index for index, (_, _, label) in enumerate(leaves) if header_role(label) == "name"), None)
    if place is None or not _types_stand(table, place + 1):
        return leaves
    moved = [(position + (position > place), parent, label) for position, parent, label in leaves]
    return moved if _misplaced(table, moved) < _misplaced(table, leaves) else leaves


def _types_stand(table: Table, position: int) -> bool:
    """Whether short words stand in a column, not in every row of which there is a name."""
    held = [cell.text for row in table.rows for cell in row.cells if cell.position == position]
    return bool(held) and all(len(text) <= LONGEST_TYPE and read_cell(text, "円") is None for text in held)


def _misplaced(table: Table, leaves: list[Leaf]) -> int:
    """How many cells without any digit stand below a header of figures, and figures below one of words."""
    figures = {place for place, _, label in leaves if header_role(label) in ATTRIBUTE_ROLES | MONEY_ROLES}
    headed = {place for place, _, _ in leaves}
    count = 0
    for cell in (cell for row in table.rows for cell in row.cells):
        bare = read_cell(cell.text, "円") is not None
        worded = not any(letter.isdigit() for letter in cell.text)
        count += (cell.position in figures and worded) or (cell.position not in figures and bare)
        count += bare and cell.position not in headed
    return count
