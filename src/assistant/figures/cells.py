"""Table cells and headers: a cell is one figure as a whole, and its column's header carries the unit."""

from __future__ import annotations

import re

from ..records import Figure, FigureKind
from .folding import fold
from .money import SCALES
from .numerals import Number, plain, read_numeral
from .scanning import scan

UNITS = (*SCALES, "%")
_NAMES = "百万円|十億円|千円|万円|億円|兆円|円|%|パーセント"
_BESIDE = r"(?:(?:[件人社者名回口戸台%]|団体|箇所|[かカヶケ]所|企業)数? ?[、,・/] ?)*"  # 「単位：件、百万円」
_STATED = re.compile(
    rf"単位 ?[::]? ?{_BESIDE}(?P<stated>{_NAMES})"
    rf"|[(\[【〔] ?(?:単位)? ?[::]? ?(?P<bracket>{_NAMES}) ?[)\]】〕]"
    rf"|^ ?(?P<alone>{_NAMES}) ?$"
)
_BARE = re.compile(r"(?P<sign>[▲△-] ?|\+)?(?P<low>[0-9][0-9,.]*)(?: ?~ ?(?P<high>[0-9][0-9,.]*))?")
_PADDING = " *\t\r\n"
_TIME_UNITS = {"年": "年", "月": "月", "か月": "月", "日": "日", "週": "週"}


def money_unit(text: str) -> str | None:
    """The unit that a caption or a column header states, as in 「（単位：千円）」 or 「予算額 (千円)」, or None.

    The answer is one of :data:`UNITS`: 円, 千円, 万円, 百万円, 億円, 十億円, 兆円 or %.
    """
    found = _STATED.search(fold(text))
    if found is None:
        return None
    name = found["stated"] or found["bracket"] or found["alone"]
    return "%" if name == "パーセント" else name


def read_cell(text: str, unit: str | None = None) -> Figure | None:
    """The one figure that a table cell is, or None for words, dashes and cells that hold more.

    A bare number takes the column's ``unit`` (「977,659」 under 千円 is 977,659,000 yen; without a unit it is a count
    with no unit); a cell that prints a unit keeps its own.
    """
    folded = fold(text)
    start = len(folded) - len(folded.lstrip(_PADDING))
    end = len(folded.rstrip(_PADDING))
    if start >= end:
        return None
    bare = _BARE.fullmatch(folded, start, end)
    if bare:
        figure = _bare(text, start, end, bare, unit)
        if figure is not None:
            return figure
    found = list(scan(text, cell=True))
    if len(found) != 1:
        return None
    figure, limits = found[0]
    around = folded[start : max(start, limits.start)] + folded[min(end, limits.end) : end]
    return None if around.strip(_PADDING) else figure


def _bare(text: str, start: int, end: int, bare: re.Match[str], unit: str | None) -> Figure | None:
    low = _number(bare["low"])
    high = _number(bare["high"]) if bare["high"] else None
    if low is None or (bare["high"] and (high is None or high < low)):
        return None
    if bare["sign"] and bare["sign"] != "+":
        if high is not None:
            return None
        low = -low
    return _in_unit(text[start:end], start, low, high, unit)


def _number(word: str) -> Number | None:
    numeral = read_numeral(word, 0)
    return numeral.value if numeral and numeral.end == len(word) and not numeral.misgrouped else None


def _in_unit(text: str, start: int, low: Number, high: Number | None, unit: str | None) -> Figure | None:
    end = start + len(text)
    if unit in SCALES:
        low, high = low * SCALES[unit], None if high is None else high * SCALES[unit]
        if low.denominator != 1 or (high is not None and high.denominator != 1):
            return None
        one, many = (int(low), (None, None)) if high is None else (None, (int(low), int(high)))
        return Figure(text, FigureKind.MONEY, start, end, yen=one, yen_min=many[0], yen_max=many[1], unit=unit)
    kind = FigureKind.PERCENT if unit == "%" else FigureKind.COUNT
    if unit in _TIME_UNITS:
        kind, unit = FigureKind.DURATION, _TIME_UNITS[unit]
    if high is None:
        return Figure(text, kind, start, end, number=plain(low), unit=unit)
    return Figure(text, kind, start, end, number_min=plain(low), number_max=plain(high), unit=unit)
