"""One printed line: its markers, its indentation and the words behind them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

CIRCLED = "①-⑳㉑-㉟㊱-㊿"

#: Marker classes, tried in this order at the start of what is left of a line.
_MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("#", re.compile(r"#{1,6}\s+")),
    ("p", re.compile(r"[pPｐＰ][.．]?[ 　]?[0-9０-９]{1,3}[ 　]+(?=[^\s0-9０-９])")),  # the page of a guide: 「p3　…」
    ("-", re.compile(r"[-*+]\s+(?=\S)")),
    ("(n)", re.compile(r"[(（]\s*[0-9０-９]{1,2}\s*[)）]\s*(?![,、，(（])")),
    ("①", re.compile(rf"[{CIRCLED}]\s*")),
    ("n-n", re.compile(r"[0-9０-９]{1,2}(?:[-－‐][0-9０-９]{1,2}){1,2}[.．]?[ 　]+(?=[^\s0-9０-９])")),
    ("n.", re.compile(r"[0-9０-９]{1,2}[.．](?![0-9０-９])\s*")),
    ("n", re.compile(r"[0-9０-９]{1,2}[ 　]+(?=[^\s0-9０-９/／,，.．～〜~億万千百円%％*×])")),
    ("■", re.compile(r"[■◆●□◇▼▶►★☆]\s*")),
    ("・", re.compile(r"[・･○◯◎✓✔❑▪▫◦•‣]\s*(?=\S)")),
    ("※", re.compile(r"[※＊]\s*[0-9０-９]{0,2}\s*")),
)
_ANCHOR = re.compile(r"[ 　]*\{#[\w.:-]+\}[ 　]*$")  # the address that a web page gives to its heading
_EMPHASIS = re.compile(r"\*\*|__")
_PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_BARE_PIPES = re.compile(r"^[^|]*[^|\s][^|]*(?:[ 　]\|[ 　][^|]*){2,}$")  # 「指標名 | 現状値 | 目標値」
_CAPTION = re.compile(r"^[(（\[［〔【]?\s*単\s*位\s*[：:]?\s*[一-龥％%、，,・\s]{1,12}[)）\]］〕】]?$")
_PAGE = re.compile(r"^[-－‐–—―~～]+\s*[0-9０-９]{1,4}\s*[-－‐–—―~～]+$|^[pPｐＰ][.．]?[0-9０-９]{1,4}$")
_NUMBER = re.compile(r"^[0-9０-９]{1,3}$")
_NOTE = re.compile(
    r"^(?:[（(]?注[\s　]*[0-9０-９]{0,2}[）):：\s　]|[※＊])[^\t]{10,}$"
)  # below a table, filled up with tabs


@dataclass(frozen=True, slots=True)
class Marker:
    """A list or heading marker: its class (``-``, ``(n)``, ``①`` …) and its text as printed."""

    kind: str
    text: str

    @property
    def number(self) -> int | None:
        """The number of a numbering marker."""
        digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", self.text))
        return int(digits) if digits else None


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed (``raw``) and read: ``body`` is what stands behind its markers, without emphasis."""

    number: int
    raw: str
    body: str
    indent: int
    markers: tuple[Marker, ...]
    tabular: bool
    quoted: bool = False  # it goes on with a cell that a line feed broke
    begin: int = 0  # where in ``raw`` an item begins that stands behind the label of its section
    unit: str | None = None  # of amounts printed without one, as a caption above says

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not self.body and not self.markers

    @property
    def bold(self) -> bool:
        """Whether the whole line is emphasised, as some headings are."""
        text = self.raw.strip()
        return len(text) > 4 and text.startswith("**") and text.endswith("**") and text.count("**") == 2

    def marker(self, *kinds: str) -> Marker | None:
        """The first of its markers that is of one of ``kinds``."""
        return next((marker for marker in self.markers if marker.kind in kinds), None)


def read_lines(raw_lines: tuple[str, ...]) -> tuple[Line, ...]:
    """Every line of a document, in order; ``result[0]`` is line 1."""
    piped = [False, *(_BARE_PIPES.match(raw) is not None for raw in raw_lines), False]
    return tuple(
        _piped_line(number, raw)
        if piped[number] and (piped[number - 1] or piped[number + 1])
        else read_line(number, raw, between=_between(raw_lines, number))
        for number, raw in enumerate(raw_lines, 1)
    )


def _piped_line(number: int, raw: str) -> Line:
    """A row of a table whose pipes stand between the cells alone; two below one another make a table."""
    return Line(number, raw, raw.strip(), 0, (), True)


def _between(raw_lines: tuple[str, ...], number: int) -> bool:
    """Whether a line stands alone between blank lines, or at the end of the document."""
    above = raw_lines[number - 2] if number > 1 else ""
    below = raw_lines[number] if number < len(raw_lines) else ""
    return not above.strip() and not below.strip()


def _is_row(raw: str, *, between: bool) -> bool:
    """A line of tabs or pipes; a caption or a page number that tabs push to the middle of the page is no row."""
    if _PIPE_ROW.match(raw):
        return not _CAPTION.match(raw.strip("| 　"))
    if "\t" not in raw.strip(" "):
        return False
    text = raw.strip()
    if _NOTE.match(text):
        return False
    return not (_CAPTION.match(text) or _PAGE.match(text) or (between and _NUMBER.match(text)))


def read_line(number: int, raw: str, *, between: bool = False) -> Line:
    """A line read by itself; ``between`` blank lines, a number is the page's."""
    if _is_row(raw, between=between):
        return Line(number, raw, raw.strip(), 0, (), True)
    if _PAGE.match(raw.strip()):  # a page's number says nothing of what stands around it
        return Line(number, raw, "", 0, (), False)
    stripped = raw.lstrip(" 　\t" if "\t" in raw else " 　")
    indent = len(raw) - len(stripped)
    markers, rest = markers_of(_ANCHOR.sub("", _EMPHASIS.sub("", stripped)).strip())
    return Line(number, raw, rest, indent, markers, False)


def markers_of(rest: str) -> tuple[tuple[Marker, ...], str]:
    """The markers at the start of a text, and the words behind them."""
    markers: list[Marker] = []
    while rest:
        for kind, pattern in _MARKERS:
            match = pattern.match(rest)
            if match and not (markers and kind in ("#", "-")):
                markers.append(Marker(kind, match.group().strip()))
                rest = rest[match.end() :]
                break
        else:
            break
    return tuple(markers), rest.strip()
