"""What is told, piece by piece, put together to messages within Slack's limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from . import limits
from .escaping import mrkdwn, runs
from .message import Block, Message
from .rich import Element, block, cell, portions, said, section, weight

_FRAME = 160  # what a block, a section and a list put around their elements, as JSON
_JOINT = 70  # what parts a line or a point from the one before
_BLOCKS = limits.BLOCKS - 4  # the rest is for what ends the last message
_EMPTY = "（表示できる内容がありません）"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words.  ``opens``: it begins a block of its own; ``keeps``: it never ends a message."""

    elements: Sequence[Element]
    opens: bool = False
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list."""

    elements: Sequence[Element]
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: its head and rows, each cell the elements of its words."""

    head: Sequence[Sequence[Element]]
    rows: Sequence[Sequence[Sequence[Element]]]


Piece = Line | Item | Rows


def packed(pieces: Iterable[Piece], last: Sequence[Block] = ()) -> list[Message]:
    """Messages of the pieces in their order, at least one; the blocks ``last`` end the last one."""
    packer = _Packer(limits.MESSAGE - weight(list(last)) - 2 * _FRAME)
    for piece in pieces:
        packer.add(piece)
    return packer.finish(last)


@dataclass(slots=True)
class _Packer:
    room: int  # for the blocks of one message, as JSON
    done: list[Message] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    taken: int = 0
    characters: int = 0  # of the message's table
    kept: Line | None = None  # comes with whatever follows

    def add(self, piece: Piece) -> None:
        if isinstance(piece, Line) and piece.keeps:
            self.kept = piece
        elif isinstance(piece, Rows):
            self._table(piece)
        else:
            self._words(piece)

    def _words(self, piece: Line | Item) -> None:
        for number, part in enumerate(portions(piece.elements)):
            kept, self.kept = self.kept, None
            kept_cost = weight(list(kept.elements)) + _JOINT if kept else 0
            self._make_room(weight(part) + kept_cost + 2 * _FRAME)
            before = len(self.blocks)
            if kept:
                self._line(kept.elements, kept.opens, goes_on=False)
                self.texts.append(said(kept.elements))
            if isinstance(piece, Item) and (number == 0 or not self.blocks):
                self._item(part, piece.opens and not kept)
            elif isinstance(piece, Item):
                self.blocks[-1]["elements"][-1]["elements"][-1]["elements"].extend(part)
            else:
                self._line(part, piece.opens and number == 0 and not kept, goes_on=number > 0)
            self.texts.append(said(part))
            self.taken += weight(part) + kept_cost + _JOINT + (len(self.blocks) - before) * _FRAME

    def _open(self, opens: bool) -> list[Element] | None:
        """The parts of the block that goes on; None where a new one begins."""
        if opens or not self.blocks or self.blocks[-1]["type"] != "rich_text":
            return None
        parts: list[Element] = self.blocks[-1]["elements"]
        return parts

    def _line(self, elements: Sequence[Element], opens: bool, *, goes_on: bool) -> None:
        parts = self._open(opens)
        if parts is None:
            self.blocks.append(block(section(elements)))
        elif parts[-1]["type"] != "rich_text_section":
            parts.append(section(elements))
        else:
            # Lines are parted by a break within one section: that is a new line wherever Slack is read.
            parts[-1]["elements"] += [*([] if goes_on else [{"type": "text", "text": "\n"}]), *elements]

    def _item(self, elements: Sequence[Element], opens: bool) -> None:
        parts = self._open(opens)
        if parts is not None and parts[-1]["type"] == "rich_text_list":
            parts[-1]["elements"].append(section(elements))
            return
        listed = {"type": "rich_text_list", "style": "bullet", "elements": [section(elements)]}
        if parts is None:
            self.blocks.append(block(listed))
        else:
            parts.append(listed)

    def _table(self, table: Rows) -> None:
        if not _fits(table):
            for number, row in enumerate((table.head, *table.rows)):
                self._words(Line(_in_line(row), opens=number == 0))
            return
        is_open = False
        head = [cell(one) for one in table.head]
        settings = {"column_settings": [{"is_wrapped": True}] * len(head)}
        for row in table.rows:
            cells, letters = [cell(one) for one in row], _letters(row)
            rows = self.blocks[-1]["rows"] if is_open else None
            if rows is None or not self._takes(rows, weight(cells), letters):
                has_table = any(one["type"] == "table" for one in self.blocks)
                cost = weight(head) + weight(cells) + weight(settings) + _FRAME
                self._make_room(self.room + 1 if has_table else cost)
                rows = [head]
                self.blocks.append({"type": "table", "rows": rows, **settings})
                self.taken += weight(head) + weight(settings) + _FRAME
                self.characters = _letters(table.head)
                self.texts.append(said(_in_line(table.head)))
                is_open = True
            rows.append(cells)
            self.taken += weight(cells) + 2
            self.characters += letters
            self.texts.append(said(_in_line(row)))

    def _takes(self, rows: list[list[Block]], heavy: int, letters: int) -> bool:
        return (
            len(rows) < limits.TABLE_ROWS
            and self.characters + letters <= limits.TABLE_CHARACTERS
            and self.taken + heavy + 2 <= self.room
        )

    def _make_room(self, cost: int) -> None:
        if self.blocks and (self.taken + cost > self.room or len(self.blocks) >= _BLOCKS):
            self._close()

    def _close(self) -> None:
        self.done.append(Message(fallback(self.texts), tuple(self.blocks)))
        self.blocks, self.texts, self.taken, self.characters = [], [], 0, 0

    def finish(self, last: Sequence[Block]) -> list[Message]:
        self.kept = None
        if not self.blocks and not self.done and not last:
            self._words(Line([{"type": "text", "text": _EMPTY}]))
        self.blocks.extend(last)
        if self.blocks:
            self._close()
        return self.done


def _fits(table: Rows) -> bool:
    """Whether a table can be one: each of its rows, with its head, is well within a message."""
    if not 0 < len(table.head) <= limits.TABLE_COLUMNS or not table.rows:
        return False
    return all(weight([cell(one) for one in row]) <= limits.PORTION for row in (table.head, *table.rows))


def _in_line(row: Sequence[Sequence[Element]]) -> list[Element]:
    elements: list[Element] = []
    for number, one in enumerate(row):
        elements += [*([{"type": "text", "text": "｜"}] if number else []), *one]
    return elements or [{"type": "text", "text": "｜"}]


def _letters(row: Sequence[Sequence[Element]]) -> int:
    return sum(max(len(said(one)), 4) for one in row)


def fallback(texts: Sequence[str]) -> str:
    """Lines for notifications and screen readers, escaped, as many as there is room for."""
    lines: list[str] = []
    room = limits.FALLBACK
    for text in texts:
        for part in runs(text):
            escaped = mrkdwn(part)
            if len(escaped) + 2 > room:
                return "\n".join([*lines, "…"])
            lines.append(escaped)
            room -= len(escaped) + 1
    return "\n".join(lines).strip() or _EMPTY
