"""The first cell of a row, cut in two by a line feed: its beginning stands alone on the line above the row.

Whoever prints a group's title between rows has tabs behind it as behind every other row; a short line without any, in
the midst of the rows, is the beginning of the cell below.  Where no such title shows that, the words must tell: what
stands below can be nothing but the end of a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .cells import TableRow, behind, is_value, split_cells
from .lines import Line

LONGEST = 24  # letters of the beginning of a name
FEWEST = 2  # titles with tabs behind them that show how a document prints titles
_ENDS_SO = re.compile(
    r"^(?:(?:事業|費|補助金|助成金|交付金|負担金|貸付金|支援|対策|推進|促進|整備|等|運営|管理)+(?:[(（].*[)）])?$|[ーッャュョァィゥェォン）)」])"
)
_TITLE = re.compile(r"[。：:]|^[【〔［\[（(＜〈《].*[】〕］\])）＞〉》]$|(?:課|室|局|部|班|係|(?<!会)計)$")
_KATAKANA = re.compile(r"[ァ-ヶー]")


def with_cut_cells(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, those that begin the first cell of the row below them being marked as part of the table."""
    titles = sum(_is_lone(line) for line in lines) >= FEWEST
    result = list(lines)
    for place in range(1, len(lines) - 1):
        if _begins_cell(lines[place - 1], lines[place], lines[place + 1], titled=titles):
            result[place] = replace(lines[place], indent=0, markers=(), tabular=True, quoted=True)
    return tuple(result)


def with_whole_cells(rows: list[TableRow], lines: Sequence[Line]) -> list[TableRow]:
    """The rows of a table's ``lines``, each with the beginning of its first cell that stands above it."""
    cut = {line.number for line in lines if line.quoted and "\t" not in line.raw and not _TITLE.search(line.body)}
    result: list[TableRow] = []
    for row in rows:
        above = result[-1] if result else None
        if above is not None and above.line in cut and above.width == 1 and row.line == above.line + 1:
            result[-1] = behind(above, row)
        else:
            result.append(row)
    return result


def _is_lone(line: Line) -> bool:
    """A title between rows, with the tabs of a whole row behind it."""
    return line.tabular and line.raw.count("\t") > 1 and "\t" not in line.raw.rstrip() and bool(line.raw.strip())


def _begins_cell(above: Line, line: Line, row: Line, *, titled: bool) -> bool:
    tabs = row.raw.count("\t")
    if line.tabular or line.blank or not (above.tabular and row.tabular) or tabs < 2 or above.raw.count("\t") != tabs:
        return False
    head = line.raw.strip()
    if not 2 <= len(head) <= LONGEST or line.markers or _TITLE.search(head) or line.raw[0] in " 　":
        return False
    cells = split_cells(row).cells
    worded = bool(cells) and cells[0].position == 0 and not is_value(cells[0].text)
    if not worded or not any(is_value(cell.text) for cell in cells[1:]):
        return False
    rest = cells[0].text
    torn = bool(_KATAKANA.match(head[-1]) and _KATAKANA.match(rest))
    return titled or torn or _ENDS_SO.match(rest) is not None
