"""Japanese text → typed figures: the one parser, for the sources at ingest and for the answers at verify.

::

    text ─fold─▶ one character for one ─scan─▶ phone · span · rate · money · measure ─qualify─▶ [Figure]

``folding`` and ``numerals`` are the ground; ``phones``, ``spans``, ``ratios``, ``money`` and ``measures`` (with
``units``) each read one sort of figure at one place; ``qualifiers`` reads what limits it; ``scanning`` goes through
the text; ``cells``, ``years`` and ``values`` serve tables, labels and comparisons.
"""

from __future__ import annotations

from ..records import Figure
from .cells import UNITS, money_unit, read_cell
from .scanning import scan
from .values import plain_yen, same_value
from .years import fiscal_year, previous_year, year_label, year_meant, year_number

__all__ = [
    "UNITS",
    "find_figures",
    "fiscal_year",
    "money_unit",
    "plain_yen",
    "previous_year",
    "read_cell",
    "same_value",
    "year_label",
    "year_meant",
    "year_number",
]


def find_figures(text: str, *, unit: str | None = None) -> list[Figure]:
    """Every figure in a text, sorted and without overlap; ``text[f.start:f.end] == f.text`` for each.

    A text that is nothing but a bare number is a figure only with ``unit``, as a table cell of that unit is.
    """
    if unit is not None:
        cell = read_cell(text, unit)
        if cell is not None:
            return [cell]
    return [figure for figure, _ in scan(text)]
