"""Document → lines and tables: what the page's form tells, before anyone asks what it means.

Layout decides by markers, tabs, blank lines and header words; it never knows a document's name.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..records import Document
from .cut import with_cut_cells
from .definitions import with_definitions
from .feeds import with_fed_rows
from .items import with_tabbed_items
from .label_rows import with_label_rows
from .labels import Label, read_label
from .lines import Line, Marker, read_lines
from .outlined import with_outlined_tables
from .quoted import with_quoted_rows
from .rests import with_rests
from .spaced import with_spaced_tables
from .spaced_fields import with_spaced_fields
from .strips import with_worded_rows
from .tables import Cell, Table, read_tables
from .units import bare_amounts, unit_of_all, with_unit, with_units

__all__ = ["Cell", "Label", "Layout", "Line", "Marker", "Table", "bare_amounts", "layout", "read_label", "with_unit"]


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's lines (``lines[0]`` is line 1) and its tables, in order."""

    document: Document
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]

    def table_at(self, number: int) -> Table | None:
        """The table that line ``number`` is part of."""
        return next((table for table in self.tables if table.line_start <= number <= table.line_end), None)


def layout(document: Document) -> Layout:
    """Read the form of a document; linear in its length."""
    lines = with_worded_rows(
        with_rests(with_quoted_rows(with_spaced_tables(with_definitions(with_label_rows(read_lines(document.lines))))))
    )
    lines = with_spaced_fields(with_outlined_tables(lines))
    lines = with_units(with_cut_cells(with_fed_rows(with_tabbed_items(lines))))
    return Layout(document, lines, read_tables(lines, unit_of_all(lines)))
