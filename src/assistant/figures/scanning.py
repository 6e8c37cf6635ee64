"""One pass from left to right: at each place where a figure can start, the readers are asked in turn.

What no reader takes is skipped as a whole number, so 「500万円」 can never come out of 「1,500万円」.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..records import Figure, FigureKind
from .folding import fold, hide_addresses
from .measures import read_measure
from .money import SEPARATOR, read_money
from .numerals import skip_numeral
from .phones import read_phone
from .qualifiers import Qualifiers, read_qualifiers
from .ratios import SIGNS, read_rate
from .spans import read_span

_WORDS = "〇一二三四五六七八九十百千"
_START = re.compile(
    rf"[0-9{_WORDS}{''.join(SIGNS)}]|¥(?= ?[0-9])|[▲△] ?(?=[0-9¥])|-(?=[0-9¥])|\+(?=81)|\((?=0[0-9]{{1,4}}\))"
    r"|(?:令和|平成|昭和|大正|明治)(?= ?[0-9元一二三四五六七八九十])|[RHS](?=[0-9])|定額|(?<!過)半数(?!近く)"
)
#: Behind the second of two figures: 「300万円から500万円に引き上げ」, 「1/2から2/3に、上限を20万円から30万円に拡充」.
CHANGED = re.compile(
    r" ?(?:以内|まで)?(?:に|へと?)(?:、|さらに|それぞれ)*(?:[^。、]{1,12}を[^。、]{1,20}から[^。、]{1,16}に)?"
    r"(?:引き?上げ|引き?下げ|見直|変更|拡充|増額|減額|改定|改正|改め|拡大|縮小|増や|減ら|延長|短縮|アップ|増加|減少"
    r"|増員|減員|増強|なり|なっ)"
)
_TIMES = (FigureKind.PERIOD, FigureKind.YEAR, FigureKind.PHONE)
_BEFORE = 4  # characters before a figure that its reader looks at
_ANY = re.compile(rf"[0-9０-９{_WORDS}{''.join(SIGNS)}定元半]")


def scan(text: str, *, cell: bool = False) -> Iterator[tuple[Figure, Qualifiers]]:
    """Every figure of a text from left to right, with the words that limit it; offsets are the text's own."""
    if _ANY.search(text) is None:
        return
    folded = hide_addresses(text, fold(text))
    last = 0  # where the figure before, with the words after it, ends
    found = _START.search(folded)
    while found:
        at = found.start()
        figure = _unjoined(folded, _read(folded, at, last, cell), last, cell)
        if figure is None:
            following = _skip(folded, at)
        else:
            limits = read_qualifiers(folded, figure.start, figure.end, last)
            printed = text[figure.start : figure.end]
            yield replace(figure, text=printed, bound=limits.bound, per=limits.per), limits
            last = following = limits.end
        found = _START.search(folded, following)


def _unjoined(text: str, figure: Figure | None, last: int, cell: bool) -> Figure | None:
    """「300万円から500万円に引き上げ」 is no range: the first of two figures, the second being read after it."""
    if figure is None or figure.kind in _TIMES or "から" not in figure.text or not CHANGED.match(text, figure.end):
        return figure
    base = max(0, figure.start - _BEFORE)
    end = figure.start + figure.text.index("から")
    first = _read(text[base:end], figure.start - base, max(0, last - base), cell)
    return replace(first, start=first.start + base, end=first.end + base) if first is not None else figure


def _read(text: str, at: int, last: int, cell: bool) -> Figure | None:
    """Asks the readers in their order; what stands directly before decides which of them may answer."""
    first, before = text[at], text[at - 1] if at else ""
    if at != last and not (before == "," and at - 1 == last) and _is_joined(text, at, first, before):
        return None
    named = (before.isascii() and before.isalnum() and at != last) or before == "_"
    if first in "令平昭大明RHS":
        return None if first in "RHS" and (named or before in ("-", ".")) else read_span(text, at, cell=cell)
    if first in "0(+" and not (named and before.isdigit()):
        phone = read_phone(text, at)
        if phone is not None:
            return phone
    ordinal = before == "第" or text[max(0, at - 2) : at] == "第 "
    if ordinal or _is_vague(first, before):
        return None
    if named:
        return read_money(text, at) if first.isdigit() else None
    if first == "-" and before.strip():
        # A dash between two things is no minus; after a word (前年比-4.6%) it is one for percentages.
        return None if before.isascii() or before == "円" else read_measure(text, at)
    return _unnamed(text, at, first, cell)


def _unnamed(text: str, at: int, first: str, cell: bool) -> Figure | None:
    if first.isdecimal() or first == "二":
        span = read_span(text, at, cell=cell)
        if span is not None:
            return span
    if first not in "¥▲△-":
        rate = read_rate(text, at)
        if rate is not None:
            return rate
    return read_money(text, at) or read_measure(text, at)


def _is_joined(text: str, at: int, first: str, before: str) -> bool:
    # 1-2-3, 4/1 and 2.0.1: what follows the mark is a part of something that was not a figure.
    return before in ("-", "/", ".", ",", ":") and at > 1 and text[at - 2] in "0123456789" and first.isdecimal()


def _is_vague(first: str, before: str) -> bool:
    # 数十社, 何百万円
    return first in _WORDS and before != "" and before in "数何幾"


def _skip(text: str, at: int) -> int:
    first = text[at]
    if not first.isdecimal() and first not in _WORDS:
        return at + 1
    end = skip_numeral(text, at)
    # 第1～3回: the second number is as ordinal as the first.
    if at and text[at - 1] == "第":
        separator = SEPARATOR.match(text, end)
        if separator and separator.end() < len(text) and text[separator.end()].isdecimal():
            end = skip_numeral(text, separator.end())
    return end
