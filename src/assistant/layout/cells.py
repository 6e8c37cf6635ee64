"""A table's cells: their text, and where in the document each stretch of it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..figures import money_unit, read_cell
from .labels import known_labels, plain
from .lines import Line

#: What sets the columns of a plain-text table apart; before an amount at the end of the line any space does.
GAP = re.compile(
    r"(?<![ 　])(?:(?= ?　　|[ 　]{3})[ 　]+|[ 　](?=[△▲]?[0-9０-９][0-9０-９,，.．]{0,16}[百千万億]{0,2}円[ 　]*$)"
    r"|(?<=額)　(?=[（(][^（()）]{0,8}年度[^（()）]{0,8}[)）][ 　]*$))"  # 「８年度要求額　（７年度当初額）」: two
)
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]+)\]\([^()\s]*\)")
_BREAK = re.compile(r"[ 　]*<br\s*/?>[ 　]*", re.IGNORECASE)
_BRACKETED = re.compile(r"[(（]\s*(?P<inner>[▲△+-]?\s*[0-9０-９][0-9０-９,，.．]*)\s*[)）]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a cell's text that is printed in one piece: it starts at ``offset`` of the text and at ``start``
    of the raw line ``line``."""

    offset: int
    line: int
    start: int
    length: int


def _offset_of(stretch: Stretch) -> int:
    return stretch.offset


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty: its position in its row, its text and where that stands in the raw line.

    A text that was printed in several stretches (on several lines, or with ``<br>``) has them joined by line feeds.
    """

    position: int
    text: str
    start: int
    stretches: tuple[Stretch, ...] = ()

    def place(self, start: int, end: int, line: int) -> tuple[int, int] | None:
        """Line and raw offset of ``text[start:end]`` in a row that begins on ``line``; None when it is broken."""
        if not self.stretches:
            return line, self.start + start
        stretch = self.stretches[max(0, bisect_right(self.stretches, start, key=_offset_of) - 1)]
        whole = stretch.offset <= start and end <= stretch.offset + stretch.length
        return (stretch.line, stretch.start + start - stretch.offset) if whole else None

    def printed(self, line: int) -> Iterator[tuple[int, int, str]]:
        """Line, raw offset and text of each stretch, in order."""
        if not self.stretches:
            yield line, self.start, self.text
        for stretch in self.stretches:
            yield stretch.line, stretch.start, self.text[stretch.offset : stretch.offset + stretch.length]

    def last_line(self, line: int) -> int:
        """The last line it stands on, in a row that begins on ``line``."""
        return self.stretches[-1].line if self.stretches else line


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row; ``line`` is the number of its first line."""

    line: int
    cells: tuple[Cell, ...]
    width: int


def split_cells(line: Line) -> TableRow:
    """A row's cells that hold something, with their positions."""
    raw = line.raw
    if "\t" in raw.strip(" ") or "|" not in raw or line.quoted:
        return _split(line.number, raw, "\t" if "\t" in raw or line.quoted else None, 0)
    if not raw.lstrip(" 　").startswith("|"):
        return _split(line.number, raw, "|", 0)
    offset = raw.index("|") + 1  # the outer pipes are a frame, not empty cells
    return _split(line.number, raw[: max(raw.rindex("|"), offset)], "|", offset)


def _split(number: int, raw: str, separator: str | None, offset: int) -> TableRow:
    if separator is None:
        return _split_by_gaps(number, raw)
    cells = []
    pieces = raw[offset:].split(separator)
    for position, piece in enumerate(pieces):
        text = piece.strip(" 　")
        if text:
            cells.append(_cell(position, number, offset + piece.index(text), text))
        offset += len(piece) + 1
    return TableRow(number, tuple(cells), len(pieces))


def _split_by_gaps(number: int, raw: str) -> TableRow:
    end = len(raw.rstrip(" 　"))
    start = len(raw) - len(raw.lstrip(" 　"))
    cells: list[Cell] = []
    for gap in GAP.finditer(raw, start, end):
        cells.append(Cell(len(cells), raw[start : gap.start()], start))
        start = gap.end()
    if start < end:
        cells.append(Cell(len(cells), raw[start:end], start))
    whole = _with_spaced_words(cells, raw)
    return TableRow(number, whole, len(whole))


def _with_spaced_words(cells: list[Cell], raw: str) -> tuple[Cell, ...]:
    """The cells of a line, one of 「対」 and 「象」 that stand beside each other: their letters are only set apart."""
    result: list[Cell] = []
    for cell in cells:
        before = result[-1] if result else None
        if before and len(before.text) == len(cell.text) == 1 and plain(before.text + cell.text) in known_labels():
            result[-1] = replace(before, text=raw[before.start : cell.start + 1])
        else:
            result.append(cell)
    return tuple(replace(cell, position=place) for place, cell in enumerate(result))


def _cell(position: int, line: int, start: int, text: str) -> Cell:
    if "](" in text and "<" not in text:
        return _linked(position, line, start, text)
    if "<" not in text:
        return Cell(position, text, start)
    printed = []
    at = 0
    for match in (*_BREAK.finditer(text), None):
        end = match.start() if match else len(text)
        if text[at:end]:
            printed.append((line, start + at, text[at:end]))
        at = match.end() if match else at
    return stretched(position, printed) if len(printed) > 1 else Cell(position, text, start)


def _linked(position: int, line: int, start: int, text: str) -> Cell:
    """A cell whose links are their words alone: 「[出店補助金](#no1)【拡充】」 is 出店補助金 and 【拡充】."""
    printed: list[tuple[int, int, str]] = []
    at = 0
    for link in (*_LINK.finditer(text), None):
        spans = [(at, link.start() if link else len(text)), *([link.span("words")] if link else [])]
        printed += [(line, start + first, text[first:last]) for first, last in spans if text[first:last].strip()]
        at = link.end() if link else at
    return stretched(position, printed) if len(printed) > 1 else Cell(position, printed[0][2], printed[0][1])


def stretched(position: int, printed: Iterable[tuple[int, int, str]]) -> Cell:
    """One cell of stretches printed apart: (line, raw offset, text) of each."""
    stretches: list[Stretch] = []
    texts: list[str] = []
    offset = 0
    for line, start, text in printed:
        stretches.append(Stretch(offset, line, start, len(text)))
        texts.append(text)
        offset += len(text) + 1
    return Cell(position, "\n".join(texts), stretches[0].start, tuple(stretches))


def stacked(rows: Sequence[TableRow]) -> TableRow:
    """One row of lines that stand below one another, each going on with the cells of the first."""
    if len(rows) == 1:
        return rows[0]
    printed: dict[int, list[tuple[int, int, str]]] = {}
    for row in rows:
        for cell in row.cells:
            printed.setdefault(cell.position, []).extend(cell.printed(row.line))
    cells = tuple(stretched(position, printed[position]) for position in sorted(printed))
    return TableRow(rows[0].line, cells, max(row.width for row in rows))


def behind(row: TableRow, rest: TableRow) -> TableRow:
    """Two lines of one row that a line feed inside a cell cut in two: the last cell goes on as the first below."""
    cells = list(row.cells)
    shift = row.width - 1
    for cell in rest.cells:
        if cell.position == 0 and cells and cells[-1].position == shift:
            printed = [*cells[-1].printed(row.line), *cell.printed(rest.line)]
            cells[-1] = stretched(shift, _unquoted(printed))
        else:
            cells.append(stretched(cell.position + shift, cell.printed(rest.line)))
    return TableRow(row.line, tuple(cells), shift + rest.width)


def _unquoted(printed: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Without the quotes that an export puts around a cell of several lines."""
    line, start, text = printed[0]
    last, at, end = printed[-1]
    if text.startswith('"') and end.endswith('"'):
        printed = [(line, start + 1, text[1:]), *printed[1:-1], (last, at, end[:-1])]
    return [piece for piece in printed if piece[2]] or [(line, start, text)]


def unbracketed(row: TableRow) -> TableRow:
    """A row of which every amount stands in brackets, as a relisted program's do, with the amounts bare."""
    numbers = [cell for cell in row.cells if re.match(r"[(（]?[▲△+-]?\s*[0-9０-９][0-9０-９,，.．]*[)）]?$", cell.text)]
    found = {cell.position: match for cell in numbers if (match := _BRACKETED.fullmatch(cell.text))}
    bare = [cell for cell in numbers if cell.position not in found and not _is_no_amount(cell)]
    if len(found) < 2 or bare or len(row.cells) == len(found):
        return row
    cells = tuple(
        Cell(cell.position, match["inner"], cell.start + match.start("inner"))
        if (match := found.get(cell.position))
        else cell
        for cell in row.cells
    )
    return TableRow(row.line, cells, row.width)


def _is_no_amount(cell: Cell) -> bool:
    """The number of a row, or the share by which its amounts have grown, which is printed as it is."""
    return cell.position == 0 or re.fullmatch(r"[▲△+-]?\s*[0-9０-９]{1,3}[.．][0-9０-９]", cell.text) is not None


def is_value(text: str) -> bool:
    """Whether a cell holds a figure alone: an amount, a share, a count."""
    figure = read_cell(text, None)
    return figure is not None and figure.kind not in ("year", "period") and money_unit(text) is None
