"""Shares of a cost: 1/2, ２／３, 三分の二, 10/10, 定額, and 半数 as 50%.  Dates (4/1, 12/25) are none."""

from __future__ import annotations

import re
from fractions import Fraction

from ..records import Figure, FigureKind
from .money import SEPARATOR
from .numerals import plain, read_numeral

SIGNS = {"½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}

_SLASH = re.compile(r"([0-9]{1,3}) ?/ ?([0-9]{1,3})(?![0-9/A-Za-z]|[.:][0-9]|,[0-9]{3}(?![0-9/])|-[0-9])")
_WORDS = re.compile(r" ?分の ?")
_FIXED = re.compile(r"(?<![決予設査認算固改規])定額(?!給付|減税|制|法|料金|通信|預金|貯金|小為替|負担|部分|資金)")
_DATE_AFTER = re.compile(
    r" ?(?:\([月火水木金土日祝](?=[)・曜祝、,~～]|$)"
    r"|[日時]|月(?!額|々| ?[0-9][0-9,.]*[百千万億]*円)|ページ|頁|枚|締|〆|必着|消印|付[けで]|時点|現在|開催|開始|公募)"
)
_DATE_BEFORE = re.compile(r"(?:締切|締め切り|〆切|期限|期日|日時|日程|日付|開催日|申込日|公募開始)[^0-9]{0,3}$")


def read_rate(text: str, start: int) -> Figure | None:
    """The share, or range of shares, that starts at ``start`` of a folded text; ``number`` is the quotient."""
    fixed = _FIXED.match(text, start)
    if fixed:
        return Figure(text=fixed[0], kind=FigureKind.RATE, start=start, end=fixed.end())
    if text.startswith("半数", start):
        return Figure(text="半数", kind=FigureKind.PERCENT, start=start, end=start + 2, number=50.0, unit="%")
    first = _share(text, start)
    if first is None:
        return None
    value, end = first
    separator = SEPARATOR.match(text, end)
    second = _share(text, separator.end()) if separator else None
    if second is not None and second[0] > value:
        return Figure(
            text=text[start : second[1]],
            kind=FigureKind.RATE,
            start=start,
            end=second[1],
            number_min=plain(value),
            number_max=plain(second[0]),
        )
    return Figure(text=text[start:end], kind=FigureKind.RATE, start=start, end=end, number=plain(value))


def _share(text: str, start: int) -> tuple[Fraction, int] | None:
    if start < len(text) and text[start] in SIGNS:
        return SIGNS[text[start]], start + 1
    return _slash(text, start) or _words(text, start)


def _slash(text: str, start: int) -> tuple[Fraction, int] | None:
    found = _SLASH.match(text, start)
    if found is None or not _plausible(int(found[1]), int(found[2])):
        return None
    if _DATE_AFTER.match(text, found.end()) or _DATE_BEFORE.search(text, max(0, start - 12), start):
        return None
    return Fraction(int(found[1]), int(found[2])), found.end()


def _words(text: str, start: int) -> tuple[Fraction, int] | None:
    below = read_numeral(text, start)
    link = _WORDS.match(text, below.end) if below else None
    above = read_numeral(text, link.end()) if link else None
    if below is None or above is None or below.value.denominator != 1:
        return None
    if not 0 < above.value <= below.value or not _plausible(1, int(below.value)):
        return None
    return Fraction(above.value) / Fraction(below.value), above.end  # 「10分の1.5」 counts in halves


def _plausible(above: int, below: int) -> bool:
    return 1 <= above <= below and (2 <= below <= 10 or below == 100)
