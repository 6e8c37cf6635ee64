"""A table's explanations that list what a program's money is for: 「(1) 講座の運営　62」 in the unit of the table."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import find_figures, read_cell
from ..layout import Cell
from ..programs.names import squeeze
from ..records import Fact, FactKind, Figure, FigureKind
from .attributes import fact_at
from .make import Say, Source
from .siblings import label_kind

_N = r"[0-9０-９]{1,3}(?:(?:[,，][0-9０-９]{3})+|[0-9０-９]*)(?:[.．][0-9０-９])?"
_ITEM = re.compile(
    r"^(?P<mark>[(（][0-9０-９]{1,2}[)）]|[①-⑳・○●■\-*]|[0-9０-９]{1,2}[.．])?[\s　]*"
    rf"(?P<name>[^\s　0-9０-９、。：:（()）][^\s　、。：:]{{1,30}})[\s　：:…]+(?P<amount>{_N})$"
)


def listed_amounts(source: Source, cell: Cell, line: int, unit: str | None) -> list[Fact]:
    """A fact for each named bare amount of a cell, where they are pieces of the row's own amount; else none.

    Named amounts that add up to it need no mark before them; of others each must be an item of a list.
    """
    whole = source.part.amount
    if not unit or unit in ("円", "%") or not whole:
        return []
    found = [each for each in _items(cell, line, unit) if label_kind(squeeze(each[0]["name"])) in (None, FactKind.BREAKDOWN)]
    total = sum(figure.yen or 0 for _, _, figure in found)
    marked = all(match["mark"] for match, _, _ in found)
    if not found or total > whole or not (marked or (total == whole and len(found) > 1)):
        return []
    facts: list[Fact] = []
    for match, offset, figure in found:
        name = squeeze(match["name"])
        say = Say(FactKind.BREAKDOWN, name, item=name)
        facts += fact_at(source, cell, line, replace(figure, start=offset, end=offset + len(figure.text)), say)
    return facts


def _items(cell: Cell, line: int, unit: str) -> list[tuple[re.Match[str], int, Figure]]:
    """Each line of a cell that is a name and a bare amount: the match, the amount's place in the cell, and the amount."""
    items = []
    offset = 0
    for _, _, text in cell.printed(line):
        at = cell.text.index(text, offset)
        offset = at + len(text)
        match = _ITEM.match(text)
        if match is None or any(figure.kind is not FigureKind.YEAR for figure in find_figures(match["name"])):
            continue
        figure = read_cell(match["amount"], unit)
        if figure is not None and figure.yen:
            items.append((match, at + match.start("amount"), figure))
    return items
