"""Each cell of a table gets its column: by header, by what it holds, by position, and by arithmetic.

Printed tables that were flattened to text shift: a merged group cell pushes a row to the right, an empty
cell vanishes.  A row is therefore aligned with its columns in order (never by position alone), and where
that leaves a choice, 国庫 + その他 + 一般財源 = 事業費 and the subtotals of the table decide.  ``orient`` says which
tables are read along their rows instead, and ``wrap`` joins rows that were printed on several lines.
"""

from __future__ import annotations

from .align import AlignedRow, align
from .funding import resolve, settled
from .header import Column, read_columns
from .indicators import Indicator, read_indicators
from .orient import Field, is_labelled, is_state, is_summary, label_role, label_width, read_fields, summary_role
from .wrap import rejoined

__all__ = [
    "AlignedRow",
    "Column",
    "Field",
    "Indicator",
    "align",
    "is_labelled",
    "is_state",
    "is_summary",
    "label_role",
    "label_width",
    "read_columns",
    "read_fields",
    "read_indicators",
    "rejoined",
    "resolve",
    "settled",
    "summary_role",
]
