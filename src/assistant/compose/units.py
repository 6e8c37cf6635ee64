"""A program's own words in pieces that can be told whole: sentences, list items, cells of a table.

Each is an exact piece of its document's lines; one that layout broke over two lines holds the line feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ..figures import find_figures
from ..index import Index
from ..layout import Layout, Line, read_label
from ..lexicon import table
from ..programs.names import clean_name, match_form
from ..records import Passage, Program
from ..tokens import fold, short_words
from .cells import row_cells
from .pages import layout_of

_FURNITURE = re.compile(
    r"[\s　\-*+・･○◯◎●■◆□◇▼▶►★☆⚫✓✔❑▪▫◦•‣※＊#>|]+"
    r"|(?:[(（][0-9０-９]{1,2}[)）]|[①-⑳])(?![のはがをにでと])[\s　]*|\*\*"
)
_BULLET = re.compile(r"(?:(?<=[\s　])|(?<=。))(?=[・･●○◎■※①-⑳◆□])")
_INLINE = re.compile(r"(?P<label>[一-龠ぁ-んァ-ヶー・（）() 　]{2,16}?)[\s　]*[：:][\s　]*(?=\S)")
_SPACED = re.compile(r"(?P<label>[一-龠ァ-ヶー・]{2,10}(?:[（(][^）)]{1,6}[)）])?)[\s　]+(?=\S)")
_NESTED = re.compile(r"[「『（(【［\[〔]|[」』）)】］\]〕]")
_OPEN = "「『（(【［[〔"
_TITLE = 40  # characters of a line that may head others
# a bracket that says something heads nothing
_REMARKS = re.compile(r"[一-龠ァ-ヶー」』）)](?:は|を|が|も)[、一-龠ァ-ヶ「『]")
_NUMBERED = re.compile(r"[①-⑳]|[(（]?[0-9０-９]{1,2}[)）.．]")
_SUB = re.compile(r"[・･●※-]")
_FULL = 18  # characters of a line that layout may have broken
_ASIDE = re.compile(r"^[0-9０-９,，.]+(?:千円|万円|億円|円)|予算額?|要求額|0[0-9]{1,4}-[0-9]{1,4}-|(?:課|室|局|係)$")
_WORDED = re.compile(r"[ァ-ヶー]{3}|(?:(?![0-9〇一二三四五六七八九十百千万億兆円割分年月日約他])[一-龠]){2}|[ぁ-ん]{3}")
_BUDGETED = re.compile(r"(?:予算額?|要求額)[^。]{0,4}[0-9０-９*]")
_WIDE = 0.85  # of the longest line around it: as far as the page goes
_GOES_ON = re.compile(r"(?:[のをにへとがはもや、・]|して|し、|及び|又は|または|ための?)$")
_ENDS = "。．：:」』】］|）)"
_FEED = re.compile(r"[ \t　]*\n[ \t　>]*")
_BROKEN = re.compile(r"(?<=[ぁ-んァ-ヶー一-龠、])[ ](?=[ぁ-んァ-ヶー一-龠])")


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece that can be told: ``quote`` is exact, ``text`` is it without what layout put in.

    ``label`` is what the document calls it (対象者, a column's header), ``heads`` are the headings above it inside
    the program, ``form`` is sentence, item, cell or head.
    """

    passage: int
    quote: str
    text: str
    line: int
    label: str = ""
    heads: tuple[str, ...] = ()
    form: str = "item"


def units_of(program: Program, index: Index) -> tuple[Unit, ...]:
    """Every piece of what a document says of a program, in printed order; the same words only once."""
    return index.keep((units_of, program.id), lambda: _read(program, index))


def _read(program: Program, index: Index) -> tuple[Unit, ...]:
    page = layout_of(program.document, index)
    passages = sorted(index.passages_of(program.id), key=lambda passage: passage.line_start)
    names = {match_form(name) for name in (program.program, *program.aliases)}
    found: dict[str, Unit] = {}
    for passage in passages:
        if passage.document != program.document:
            continue
        for unit in _units(passage, program, page, index):
            if _says_something(unit, names):
                found.setdefault(fold(unit.text), unit)
    return tuple(found.values())


def shown(quote: str) -> str:
    """A quote in one line, without the blanks and line feeds that layout put between its words."""
    text = _FEED.sub("", quote).replace("\t", " ").strip()
    return closed_up(text) if len(text) >= 30 else text


def closed_up(text: str) -> str:
    """A text without the single blanks that layout put between Japanese letters."""
    return _BROKEN.sub("", text)


def printed_as(words: str, text: str) -> str | None:
    """The first exact piece of a text that prints some words, whatever its blanks and line feeds."""
    letters = [letter for letter in words if not letter.isspace()]
    if not letters:
        return None
    match = re.search(r"[\s　]*".join(map(re.escape, letters)), text)
    return match[0] if match else None


def _says_something(unit: Unit, names: set[str]) -> bool:
    """A line that only prints the program's name, its heading or its amount explains nothing."""
    if not _WORDED.search(unit.text) or (unit.text.endswith("、") and len(unit.text) < _TITLE):
        return False
    plain = match_form(clean_name(unit.text))
    if "。" not in unit.text and (not plain or any(plain == name for name in names)):
        return False
    if unit.text.count("〈") != unit.text.count("〉") or (len(unit.text) < 40 and _BUDGETED.search(unit.text)):
        return False
    name = next((name for name in names if len(name) > 5 and match_form(unit.text).startswith(name)), None)
    if name is None or len(unit.text) >= 60 or "。" in unit.text or unit.form == "cell":
        return True
    rest = re.sub(r"[【〈＜<〔].*?[】〉＞>〕]|[（(].*?[)）]", "", match_form(unit.text)[len(name) :])
    for figure in reversed(find_figures(rest)):
        rest = f"{rest[: figure.start]}{rest[figure.end :]}"
    for label in sorted(_labels() | _amount_labels(), key=len, reverse=True):
        rest = rest.replace(label, "")
    return len(rest) > 5 and _WORDED.search(rest) is not None


def _units(passage: Passage, program: Program, page: Layout, index: Index) -> Iterator[Unit]:
    """The pieces of one passage."""
    walk = _Walk(passage, page)
    number = passage.line_start
    while number <= passage.line_end:
        line = page.lines[number - 1]
        held = page.table_at(number)
        if held is not None and line.tabular:
            for cell in row_cells(held, number, program, index):
                yield from walk.cell(cell.quote, number, cell.label, cell.head)
            number += 1
        else:
            end = walk.end_of_block(number)
            yield from walk.prose(number, end)
            number = end + 1


class _Walk:
    """Reads a passage down its lines and keeps the label and the headings that stand above."""

    def __init__(self, passage: Passage, page: Layout) -> None:
        self._passage = passage
        self._page = page
        self._label = ""
        self._levels: list[tuple[str, str]] = []  # the sort of each heading and its words
        self._frame = ""  # the bracket that the label stands in
        self._fresh = False  # nothing was said yet below the last heading

    @property
    def _heads(self) -> tuple[str, ...]:
        return tuple(title for _, title in self._levels)

    def end_of_block(self, number: int) -> int:
        """The last line that goes on with what begins on line ``number``."""
        end = number
        while end < self._passage.line_end and self._goes_on(end):
            end += 1
        return end

    def _goes_on(self, number: int) -> bool:
        """Whether a line was broken by layout, not ended: it is full, open, and the next one brings no mark."""
        line, below = self._page.lines[number - 1], self._page.lines[number]
        if line.blank or below.blank or line.tabular or below.tabular or below.markers or _begins_anew(below):
            return False
        label = read_label(line)
        if label is not None and (not label.rest or label.role == "contact"):
            return False
        if self._is_open(line):
            return True
        if line.raw.rstrip()[-1:] in _ENDS or len(line.body) < _FULL or _amount(line):
            return False
        return self._is_full(number) or _GOES_ON.search(line.body) is not None or _cuts_a_word(line.body, below.body)

    def _is_full(self, number: int) -> bool:
        """Whether a line is as long as the longest around it."""
        near = self._page.lines[max(0, number - 12) : number + 12]
        longest = max(len(line.raw.strip()) for line in near if not line.tabular)
        return len(self._page.lines[number - 1].raw.strip()) >= _WIDE * longest

    @staticmethod
    def _is_open(line: Line) -> bool:
        text = line.raw
        return sum(text.count(sign) for sign in "（(〔「") > sum(text.count(sign) for sign in "）)〕」")

    def prose(self, start: int, end: int) -> Iterator[Unit]:
        """The sentences of a paragraph or of one item."""
        line = self._page.lines[start - 1]
        if line.blank:
            return
        fresh, self._fresh = self._fresh, False
        label = read_label(line)
        if label is not None:
            self._label, self._levels = label.name, []
            self._frame = line.body.strip()[:1]
            if label.rest:
                raw = line.raw[line.raw.find(label.rest) :] if label.rest in line.raw else label.rest
                yield from self._pieces(self._joined(raw, start, end), start, label.name)
            return
        raw = line.raw.strip(" 　\t")
        text = self._joined(raw, start, end)
        inline = self._inline(line)
        if inline is not None:
            rest = self._joined(line.raw[line.raw.find(inline[1]) :], start, end)
            yield from self._pieces(rest, start, inline[0])
        elif start == end and self._heads_others(line):
            self._fresh = fresh
            self._set_heading(line)
            yield from self._pieces(text, start, self._label, form="head")
        else:
            yield from self._pieces(text, start, self._label)

    def cell(self, quote: str, number: int, label: str, head: str) -> Iterator[Unit]:
        """The sentences and items of one cell."""
        heads = (*self._heads, head) if head else self._heads
        for unit in self._pieces(quote, number, label or self._label, form="cell"):
            yield replace(unit, heads=(*heads, *unit.heads[len(self._heads) :]))

    def _joined(self, raw: str, start: int, end: int) -> str:
        rest = [self._page.lines[number - 1].raw for number in range(start + 1, end + 1)]
        return "\n".join([raw, *rest]).rstrip()

    @staticmethod
    def _inline(line: Line) -> tuple[str, str] | None:
        """「対象者：県内の…」: the label and what follows it; without a colon only a known label."""
        match = _INLINE.match(line.body)
        if match is None and (spaced := _SPACED.match(line.body)):
            match = spaced if fold(spaced["label"]) in _labels() else None
        if match is None or match.end() >= len(line.body):
            return None
        rest = line.body[match.end() :]
        return (fold(match["label"]), rest) if rest in line.raw else None

    def _heads_others(self, line: Line) -> bool:
        text = line.body.strip()
        if all(fold(word) in _tags() for word in re.split(r"[、,，\s　]+", text)):
            return False
        if "。" in text or len(text) > _TITLE or text.endswith("、") or not text or _ASIDE.search(text):
            return False
        if text[0] in "（(" and _REMARKS.search(text):
            return False
        marked = line.marker("#", "(n)", "n.", "n", "①", "■", "n-n") is not None
        return marked or line.bold or text[0] in "【［[〈＜<（(" or (not line.markers and len(text) <= 24)

    def _set_heading(self, line: Line) -> None:
        """A heading stands below those of other sorts, and in place of the last one of its own sort."""
        opening = line.body.strip()[0]
        sort = _sort(line) if line.markers else opening if opening in _OPEN else ""
        if self._fresh and self._levels and self._levels[-1][0] == sort:
            sort += "'"  # right below one of its sort that says nothing: it stands below that one
        if sort in _OPEN and sort == self._frame:
            self._label = ""  # the next heading of the label's own form
        self._fresh = True
        sorts = [known for known, _ in self._levels]
        kept = self._levels[: sorts.index(sort)] if sort in sorts else self._levels[:2]
        self._levels = [*kept, (sort, line.body.strip())]

    def _pieces(self, quote: str, number: int, label: str, form: str = "") -> Iterator[Unit]:
        """Sentences, and items that marks set apart, each with where it begins."""
        above: tuple[str, ...] = ()  # the numbered item of a cell that its own items stand below
        for start, end in _spans(quote):
            piece = quote[start:end]
            lead = _FURNITURE.match(piece)
            while lead and lead.end():
                piece = piece[lead.end() :]
                lead = _FURNITURE.match(piece)
            piece = piece.strip(" 　\n\t|")
            if piece.endswith("**"):
                piece = piece[:-2]
            if not piece:
                continue
            at = number + quote[: quote.find(piece)].count("\n")
            own, rest = label, piece
            inline = _INLINE.match(piece) if form == "cell" else None
            if inline and inline.end() < len(piece):
                own, rest = fold(inline["label"]), piece[inline.end() :]
            sort = form or ("sentence" if piece.endswith("。") else "item")
            if form == "cell" and _NUMBERED.match(quote[start:end].strip()):
                above = (shown(rest),) if "。" not in rest else ()
            elif form == "cell" and above and not _SUB.match(quote[start:end].strip()):
                above = ()
            yield Unit(self._passage.id, rest, shown(rest), at, own, (*self._heads, *above), sort)


def _sort(line: Line) -> str:
    """What marks a line apart from others: the number behind a bullet (「- (2)」) rather than the bullet."""
    return next((marker.kind for marker in line.markers if marker.kind != "-"), line.markers[0].kind)


def _begins_anew(line: Line) -> bool:
    """Whether a line begins with a label or a bracket: it does not go on with the one above."""
    plain = fold(line.body[:20])
    return read_label(line) is not None or line.body[:1] in "【〈［[＜<(（" or plain.startswith(tuple(_labels()))


def _cuts_a_word(above: str, below: str) -> bool:
    """Whether a word stands across the end of a line."""
    head, tail = above[-12:], below[:12]
    return any(word.start < len(head) < word.end and word.known for word in short_words(head + tail))


def _amount(line: Line) -> bool:
    return re.search(r"[0-9０-９](?:[百千万億]*円)?[ 　*）)]*$", line.raw) is not None


@cache
def _amount_labels() -> frozenset[str]:
    return frozenset(fold(word) for entry in table("guard")["label"] for word in entry["words"])


@cache
def _tags() -> frozenset[str]:
    """Kinds of support, printed above a program as its tags."""
    return frozenset(fold(word) for word in table("labels")["support"]["words"])


@cache
def _labels() -> frozenset[str]:
    return frozenset(fold(word) for entry in table("labels").values() for word in entry["words"])


def _spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences and items of a text begin and end; nothing is cut inside brackets."""
    cuts = [0]
    depth = 0
    bullets = {match.start() for match in _BULLET.finditer(text)}
    for place, letter in enumerate(text):
        if place in bullets and not depth and place:
            cuts.append(place)
        if _NESTED.match(letter):
            depth = depth + 1 if letter in _OPEN else max(0, depth - 1)
        elif letter == "。" and not depth:
            cuts.append(place + 1)
    ends = [*cuts[1:], len(text)]
    return [(start, end) for start, end in zip(cuts, ends, strict=True) if text[start:end].strip()]
