"""A text → what it states, piece by piece: its sentences, and the cells of its tables with their row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..figures import find_figures
from ..records import FigureKind

# A sentence without an end (a table pasted as one line) is cut behind a comma, so that checking stays linear.
_SENTENCE = re.compile(r"[^。\n]{0,1000}[^。\n、 　]{0,200}[。\n、 　]?")
_LINE = re.compile(r"[^\n]*\n?")
_PIPES = re.compile(r"[|｜│]")
_RULE = re.compile(r"[\s|｜│:：+＋\-－―─━=＝]*")
_BARE = re.compile(r"[ 　]*(?:約|[▲△\-−－])?[0-9０-９][0-9０-９,，.．]*[ 　]*")
_UNIT = re.compile(r"(?:単位[ 　]*[:：]?|[（(\[［〔／/])[ 　]*((?:百|千|万|十億|億)?円)")
_UNIT_LINE = re.compile(
    r"[ 　※*]*[（(\[［]?[ 　]*(?:金額の)?単位[ 　]*[:：]?[^。\n]{0,10}円[ 　]*[）)\]］]?[ 　\r]*\n?"
)
_COUNTS = re.compile(
    r"(?:数|番号|No\.?|№|頁|ページ|率|比|年|^年度|期間|割合|%|％)[ 　]*(?:[（(][^（）()]*[）)])?[ 　]*$", re.I
)
# 「信用補完対策費　546,621」: a name and a bare number set off behind it
_SET_OFF = re.compile(r"(?P<name>[^0-9０-９\n][^\n]*?)[ 　:：…]+(?P<number>[0-9０-９][0-9０-９,，]{2,})[ 　\r]*\n?")
# 「上限500万、」: an amount whose 円 is left out, as people do; 500万人 and 500万件 are none
_SHORT = re.compile(
    r"(?<![0-9０-９.．,，第])(?:{n}[兆億])?{n}(?:千万|百万|億|万)"
    r"(?=[ 　\t\n、。）)」】/／・~〜～?？!！]|[，,](?![0-9０-９])|まで|以内|以下|程度|くらい|ぐらい|ほど"
    r"|です|でし|だ|で[、すしよ]|に|は|が|の|を|と|も|$)".format(n="[0-9０-９][0-9０-９,，.．]*")
)
_LABELS = 4  # cells before a figure that tell what it is
_LONGEST_LABEL = 200
_HEADS = 3  # rows of a table's head
_CAPTION = 3  # lines above a table in which its unit may stand


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of a text as it is to be read; ``places`` has the place of each character, -1 for what is not there.

    Not there in this place are the labels of a cell's row and column, and a unit that a column's head states.
    ``of``: what the row of a table is about; ``open``: its figures are of several names, which of which is not said.
    """

    said: str
    places: tuple[int, ...]
    of: tuple[str, ...] = ()
    open: bool = False

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the text some words stand, without what was added; an empty span when all of it was."""
        own = [place for place in self.places[start:end] if place >= 0]
        return (own[0], own[-1] + 1) if own and self.places[start] >= 0 else (0, 0)


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    line: str
    cells: list[_Cell]

    @property
    def has_figures(self) -> bool:
        return any(_is_figure(cell.text) for cell in self.cells)


def statements(text: str) -> Iterator[Statement]:
    """What a text states, in its order; rows of a table one cell at a time."""
    rows: list[_Row] = []
    above: list[str] = []
    for match in _LINE.finditer(text):
        cells = _cells(match.start(), match.group())
        if len(cells) > 1:
            rows.append(_Row(match.start(), match.group(), cells))
            continue
        if rows and _UNIT_LINE.fullmatch(match.group()):
            above.append(match.group())
            continue
        yield from _table(rows, above)
        if rows:
            above, rows = [], []
        above = [*above, match.group()][-_CAPTION:]
        yield from _sentences(match.start(), match.group())
    yield from _table(rows, above)


def _sentences(start: int, line: str) -> Iterator[Statement]:
    for match in _SENTENCE.finditer(line):
        if match.group().strip():
            yield _with_yen(match.group(), start + match.start())


def _with_yen(said: str, start: int) -> Statement:
    """A sentence with 円 behind the amounts that leave it out."""
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for match in _SHORT.finditer(said):
        pieces += [said[done : match.end()], "円"]
        places += [*range(start + done, start + match.end()), -1]
        done = match.end()
    return Statement("".join((*pieces, said[done:])), (*places, *range(start + done, start + len(said))))


def _cells(start: int, line: str) -> list[_Cell]:
    """The cells of a line, cut at tabs or at bars; one cell when it is no row."""
    body = line.rstrip("\r\n")
    if "\t" in body:
        marks = [match.span() for match in re.finditer("\t", body)]
    else:
        marks = [match.span() for match in _PIPES.finditer(body)]
        if len(marks) < 2:
            pair = _SET_OFF.fullmatch(line)
            return [_Cell(start + pair.start(part), pair[part]) for part in (1, 2)] if pair else [_Cell(start, line)]
        edges = (not body[: marks[0][0]].strip(" 　>"), not body[marks[-1][1] :].strip())
        body = body[: marks[-1][0]] if edges[1] else body
        marks = marks[: -1 if edges[1] else None]
        if edges[0] and marks:
            begin = marks.pop(0)[1]
            start, body, marks = start + begin, body[begin:], [(one - begin, end - begin) for one, end in marks]
    bounds = [0, *(place for span in marks for place in span), len(body)]
    return [_Cell(start + one, body[one:end]) for one, end in zip(bounds[::2], bounds[1::2], strict=True)]


def _table(rows: list[_Row], above: list[str]) -> Iterator[Statement]:
    """The rows of a table: those with figures cell by cell, the others as they are; these are heads of what follows."""
    heads: list[list[_Cell]] = []
    caption = _UNIT.search(" ".join(above))
    below = False  # whether a row with figures has come since the head
    for row in rows:
        if row.has_figures:
            below = True
            yield from _row(row.cells, _heads_of(row.cells, heads), caption[1] if caption else None)
        elif not _RULE.fullmatch(row.line):
            if sum(bool(cell.text.strip()) for cell in row.cells) > 1:
                heads = [*(() if below else heads), row.cells][-_HEADS:]
                below = False
            yield from _sentences(row.start, row.line)


def _heads_of(cells: list[_Cell], heads: list[list[_Cell]]) -> list[str]:
    """What stands above each cell of a row."""
    fitting = [head for head in heads if len(head) >= len(cells)]
    return [
        "　".join(text for head in fitting if (text := head[at].text.strip()[:_LONGEST_LABEL]))
        for at in range(len(cells))
    ]


def _row(row: list[_Cell], heads: list[str], caption: str | None) -> Iterator[Statement]:
    labels: list[str] = []
    unit, told = caption, 0
    for cell, head in zip(row, heads, strict=True):
        own = _UNIT.search(head)
        unit = own[1] if own else unit
        text = cell.text.strip(" 　")
        if not text:
            continue
        bare = bool(_BARE.fullmatch(text))
        if not _is_figure(text):
            labels = [*labels, text[:_LONGEST_LABEL]][-_LABELS:]
            continue
        if bare and (not labels or not unit or (_COUNTS.search(head or labels[-1]) and not own)):
            continue
        told += 1
        if bare and not head and told > 1:
            continue  # no head says what a second column has
        before = "　".join((*labels, head)) + "：" if labels or head else ""
        start = cell.start + cell.text.index(text)
        for one in _sentences(start, text):
            if bare and unit:
                one = Statement(one.said + unit, (*one.places, *(-1 for _ in unit)))
            yield Statement(before + one.said, (*(-1 for _ in before), *one.places), of=tuple(labels))


def _is_figure(text: str) -> bool:
    """Whether a cell holds a figure, with its unit or without."""
    return bool(_BARE.fullmatch(text)) or any(one.kind is not FigureKind.YEAR for one in find_figures(text))
