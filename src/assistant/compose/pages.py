"""The form of each document and the columns of each of its tables, read when they are first asked for and kept.

Aligning the rows of a wide table takes longer than answering a question; nothing of it depends on the question.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..columns import AlignedRow, Column, align, read_columns
from ..index import Index
from ..layout import Layout, Table, layout
from ..records import Document


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's columns and its rows by the line that they begin on; both empty where it has no columns."""

    columns: tuple[Column, ...]
    rows: dict[int, AlignedRow]


def layout_of(document: str, index: Index) -> Layout:
    """The form of a document."""
    return index.keep((layout_of, document), lambda: layout(index.documents[document]))


def columns_of(held: Table, document: Document, index: Index) -> Columns:
    """The columns of one table of a document."""
    return index.keep((columns_of, document.id, held.line_start), lambda: _columns(held, document))


def _columns(held: Table, document: Document) -> Columns:
    columns = read_columns(held, document.fiscal_year) or ()
    return Columns(columns, {row.line: row for row in reversed(align(held, columns))} if columns else {})
