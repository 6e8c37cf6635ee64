"""A cell with one line for each size of a business: 「従業員数5人以下　200万円」, 「6～20人　500万円」."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..layout import Cell

_SIZE = re.compile(
    r"^[\s　・]*(?P<of>[一-龥ァ-ヶー・]{0,12}?)[\s　]*"
    r"(?P<size>[0-9０-９][0-9０-９,，.．]*[万億]?(?:人|名|社|者|円|㎡|台|年|店舗)?"
    r"(?:[\s　]*[～~〜\-－][\s　]*[0-9０-９][0-9０-９,，.．]*[万億]?(?:人|名|社|者|円|㎡|台|年|店舗))?"
    r"(?:以上|以下|未満|超(?:える)?)?(?:[、\s　]*[0-9０-９,，]+[万億]?(?:人|名|社|者|円|㎡|台|年|店舗)(?:以下|未満))?)"
    r"[\s　：:]+(?=(?:最大|上限|年|月額|一律)?[\s　]*[0-9０-９])"
)
_MEASURED = re.compile(r"[人名社者円㎡台年舗上下満超る]$")
FEWEST = 2  # lines of sizes in one cell


def sized_lines(cell: Cell, line: int) -> Iterator[tuple[int, Cell, str]]:
    """Line, rest and size of each line of such a cell in a row that begins on ``line``; nothing for other cells.

    What the first size is of, 従業員数, the lines below it leave out.
    """
    printed = list(cell.printed(line)) if cell.stretches else []
    found = [_SIZE.match(text) for _, _, text in printed]
    if len(printed) < FEWEST or not all(match and _MEASURED.search(match["size"]) for match in found):
        return
    of = ""
    for (number, start, text), match in zip(printed, found, strict=True):
        if match is not None:
            of = match["of"] or of
            rest = text[match.end() :]
            yield number, Cell(cell.position, rest, start + match.end()), f"{of}{match['size']}"
