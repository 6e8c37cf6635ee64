"""Numbered items inside a table's cell, and the lines set in below each of them."""

from __future__ import annotations

import re

from ..layout import Cell
from .scopes import Scope

_ITEM = re.compile(r"^[(（](?P<number>[0-9０-９]{1,2})[)）][\s　]*(?P<text>[^\s　].*)$")
_NAME = re.compile(r"^(?P<name>[^\s　、。：:（()）0-9０-９][^\s　、。：:]{2,30})(?=$|[\s　：:])")


def numbers_items(cell: Cell, line: int) -> bool:
    """Whether the lines of a cell are items numbered from (1), of which one has more below or beside it."""
    numbers = [int(match["number"]) for _, _, text in cell.printed(line) if (match := _ITEM.match(text))]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def begins_item(text: str) -> bool:
    """Whether a line of a cell begins a numbered item."""
    return _ITEM.match(text) is not None


def enter_item(scope: Scope, raw: str, start: int, text: str, opened: int) -> int:
    """Go into the item that a line of such a cell begins, or out of the one it is not set in below.

    ``opened`` is how far the item above is set in; returned is the same for the line below.
    """
    indent = start - (raw.rfind("\t", 0, start) + 1)
    match = _ITEM.match(text)
    if match:
        named = _NAME.match(match["text"])
        scope.enter_marker("(n)", named["name"] if named else match["text"], int(match["number"]))
        return indent
    if indent <= opened:
        scope.stack.clear()
    return opened
