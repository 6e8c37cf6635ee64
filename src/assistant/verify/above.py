"""What stands over a passage and belongs to it: its section's headings, its columns' header, a mark's explanation."""

from __future__ import annotations

import re

from ..layout.cells import is_value
from ..records import Document, Passage
from ..tokens import fold

_FAR = 400  # lines
#: A mark with what it stands for: 「◎…拡充」, 「〔新〕：新規事業」.
_LEGEND = re.compile(
    r"(?:[○◯◎△▲☆★●◇◆□■▽▼]|[〔【〈＜(（][^〔【〈＜(（〕】〉＞)）]{1,3}[〕】〉＞)）])"
    r"[」』]?(?:[…‥・.．]+|[＝=：:]|は)[\s　]*[一-龥]{2,8}"
)
#: What a note below or above a table begins with.
_NOTE = re.compile(
    r"[（(［\[]?(?:※|＊|\*|注)|凡例|[〔【〈(（][^〔【〈(（〕】〉)）]{1,4}[〕】〉)）][…‥：:＝=一-龠]|[（(].*[)）]$"
)
_LEAST = 3  # columns of a header


def line_above(quote: str, passage: Passage, document: Document) -> int | None:
    """The nearest line above a passage that prints these words as a heading over it; None when there is none."""
    for number in range(passage.line_start - 1, max(0, passage.line_start - 1 - _FAR), -1):
        line = document.lines[number - 1]
        if quote in line and (_is_section(quote, passage) or _is_header(line) or _LEGEND.fullmatch(quote)):
            return number
    return None


def note_line(quote: str, document: Document) -> int | None:
    """The line of a note or a legend of a document that prints these words; None when none does."""
    first = quote.split("\n")[0]
    for number, line in enumerate(document.lines, 1):
        whole = "\n".join(document.lines[number - 1 : number + quote.count("\n")])
        if first in line and quote in whole and _NOTE.match(line.strip(" 　\t-・")):
            return number
    return None


def _is_section(quote: str, passage: Passage) -> bool:
    plain = fold(quote)
    return len(plain) > 2 and any(plain == fold(title) for title in passage.section)


def _is_header(line: str) -> bool:
    """Whether a line heads columns: words alone, no amount among them."""
    cells = [cell.strip() for cell in re.split(r"[\t|]", line) if cell.strip()]
    return len(cells) >= _LEAST and not any(is_value(cell) or len(cell) == 1 for cell in cells)
