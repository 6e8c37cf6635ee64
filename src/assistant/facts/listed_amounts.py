"""A table's explanations that list what a program's money is for: 「(1) 講座の運営　62」 in the unit of the table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ..figures import find_figures, read_cell
from ..layout import Cell
from ..programs.names import squeeze
from ..records import INCLUDED, Fact, FactKind, Figure, FigureKind
from .attributes import fact_at
from .make import Say, Source, given_to
from .siblings import label_kind

_N = r"[0-9０-９]{1,3}(?:(?:[,，][0-9０-９]{3})+|[0-9０-９]*)(?:[.．][0-9０-９])?"
_ITEM = re.compile(
    r"^(?P<mark>[(（][0-9０-９]{1,2}[)）]|[①-⑳・○●■\-*]|[0-9０-９]{1,2}[.．]|うち[\s　]?)?[\s　]*"
    r"(?P<name>[^\s　0-9０-９、。：:（()）][^\s　、。：:]{1,30}?)"
    rf"(?:[（(][^（()）]{{1,30}}[)）][\s　：:…]*|[\s　：:…]+)(?P<amount>{_N})"
    r"(?P<terms>[\s　]*[（(][^（()）]*[)）])?[\s　]*$"
)
_CUT = re.compile(r"(?<=[\s　])(?=[・○●■①-⑳])|(?<=[\s　。])(?=うち[^\s　0-9０-９、。]{2})")


def with_listed(source: Source, cell: Cell, line: int, unit: str | None, facts: list[Fact]) -> list[Fact]:
    """The ``facts`` of a cell with one for each named bare amount, where they are pieces of the row's own amount.

    Named amounts that add up to it need no mark before them; of others each must be an item of a list.  What the
    bracket behind such an amount says, 「(補助率1/2、20件)」, is said of its item.
    """
    whole = source.part.amount
    if not unit or unit in ("円", "%") or not whole:
        return facts
    items = _items(cell, line, unit)
    found = [each for each in items if label_kind(squeeze(each[0]["name"])) in (None, FactKind.BREAKDOWN)]
    total = sum(figure.yen or 0 for match, _, figure in found if not _is_inner(match))
    marked = all(match["mark"] for match, _, _ in found)
    largest = max((figure.yen or 0 for _, _, figure in found), default=0)
    if not found or max(total, largest) > whole or not (marked or (total == whole and len(found) > 1)):
        return facts
    result = list(facts)
    for match, offset, figure in found:
        name = squeeze(match["name"])
        say = Say(FactKind.BREAKDOWN, name, item=name, note=INCLUDED if _is_inner(match) else None)
        result += fact_at(source, cell, line, replace(figure, start=offset, end=offset + len(figure.text)), say)
        ends = [cell.place(at, at + 1, line) for at in (offset - match.start("amount") + match.start("name"), offset)]
        result = [_of_item(fact, name, match, ends) for fact in result]
    return result


def _of_item(fact: Fact, name: str, match: re.Match[str], ends: list[tuple[int, int] | None]) -> Fact:
    """A fact that stands in an item's own words, before its amount or in the bracket behind it, is the item's."""
    first, amount = ends
    if fact.subprogram is not None or first is None or amount is None or fact.line_start != amount[0]:
        return fact
    at = int(fact.fact_id.rsplit(":", 1)[1])
    return given_to(fact, name) if first[1] <= at < amount[1] + match.end() - match.start("amount") else fact


def _is_inner(match: re.Match[str]) -> bool:
    """「うち旅費 1,200」 is a piece of the amount before it."""
    return (match["mark"] or "").startswith("うち")


def _items(cell: Cell, line: int, unit: str) -> list[tuple[re.Match[str], int, Figure]]:
    """Each line or item of a cell that is a name and a bare amount: the match, its place there, and the amount."""
    items = []
    for at, text in _pieces(cell, line):
        match = _ITEM.match(text)
        if match is None or any(figure.kind is not FigureKind.YEAR for figure in find_figures(match["name"])):
            continue
        if _is_inner(match) and "," not in unicodedata.normalize("NFKC", match["amount"]):
            continue  # 「うち女性　30」 may count people
        figure = read_cell(match["amount"], unit)
        if figure is not None and figure.yen:
            items.append((match, at + match.start("amount"), figure))
    return items


def _pieces(cell: Cell, line: int) -> Iterator[tuple[int, str]]:
    """The lines of a cell cut before each mark behind a space, with their places in the cell."""
    offset = 0
    for _, _, text in cell.printed(line):
        at = cell.text.index(text, offset)
        offset = at + len(text)
        cuts = [0, *(cut.start() for cut in _CUT.finditer(text)), len(text)]
        yield from ((at + start, text[start:end]) for start, end in pairwise(cuts) if end > start)
