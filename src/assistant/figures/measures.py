"""Everything counted that is no money: 129.9%, 7割, ▲4.6%, 10～20名, 16.8万件, 3～5年, 24月."""

from __future__ import annotations

import re

from ..records import Figure, FigureKind
from .money import REVERSED, SEPARATOR
from .numerals import Number, Numeral, inherited, plain, read_numeral
from .units import Unit, is_heading, read_unit

_SIGN = re.compile(r"[▲△-] ?")
_BOUND = re.compile(r"以[内上下]|未満|程度|超|まで|間")


def read_measure(text: str, start: int) -> Figure | None:
    """The percentage, length of time or count that starts at ``start`` of a folded text.

    ``number`` is in the printed unit, and a share in tenths (7割) is a percentage; a sign belongs to percentages only.
    """
    sign = _SIGN.match(text, start)
    first = _numeral(text, sign.end() if sign else start)
    if first is None:
        return None
    unit = _unit(text, first)
    ranged = None if sign else _range(text, first, unit)
    if ranged is not None:
        return ranged
    if unit is None or (sign and unit.kind is not FigureKind.PERCENT) or is_heading(text, start, first.end, unit):
        return None
    value = _value(first.value, unit)
    return _figure(text, start, unit, number=-value if sign else value)


def _figure(
    text: str,
    start: int,
    unit: Unit,
    *,
    number: float | None = None,
    low: float | None = None,
    high: float | None = None,
    suspect: str | None = None,
) -> Figure:
    return Figure(
        text=text[start : unit.end],
        kind=unit.kind,
        start=start,
        end=unit.end,
        number=number,
        number_min=low,
        number_max=high,
        unit=unit.name,
        suspect=suspect,
    )


def _numeral(text: str, start: int) -> Numeral | None:
    numeral = read_numeral(text, start)
    if numeral is None or numeral.misgrouped or numeral.bare:
        return None
    return numeral


def _unit(text: str, numeral: Numeral) -> Unit | None:
    unit = read_unit(text, numeral.end)
    if unit is None or (numeral.kanji and not unit.fits_kanji(numeral.word)):
        return None
    if unit.kind is FigureKind.DURATION and _is_calendar(text, numeral, unit):
        return None
    if unit.name == "分" and text[max(0, numeral.start - 1) : numeral.start] == "時":
        return None  # 9時30分 is a time of day
    return unit


def _is_calendar(text: str, numeral: Numeral, unit: Unit) -> bool:
    """9月 is a month of the year, 24月 and 6月以内 are lengths; 2020年 that is no whole date is still a year."""
    printed = text[numeral.end : unit.end].strip()
    if numeral.word == "一" and printed == "年":
        return _BOUND.match(text, unit.end) is None  # 一年 alone is mostly a part of a phrase
    if printed == "月":
        return numeral.value <= 12 and _BOUND.match(text, unit.end) is None
    return printed == "年" and not numeral.kanji and "," not in numeral.word and 1900 <= numeral.value <= 2100


def _range(text: str, first: Numeral, unit: Unit | None) -> Figure | None:
    separator = SEPARATOR.match(text, unit.end if unit else first.end)
    second = _numeral(text, separator.end()) if separator else None
    last = _unit(text, second) if second else None
    if separator is None or second is None or last is None or not _same_unit(unit, last):
        return None
    if is_heading(text, first.start, second.end, last):
        return None
    low = _value(first.value if unit else inherited(first, second), unit or last)
    high = _value(second.value, last)
    if low <= high:
        return _figure(text, first.start, last, low=low, high=high)
    if unit is None and "~" in separator[0]:
        return _figure(text, first.start, last, low=low, suspect=REVERSED)
    return None


def _same_unit(unit: Unit | None, last: Unit) -> bool:
    return unit is None or (unit.kind is last.kind and unit.name == last.name)


def _value(value: Number, unit: Unit) -> float:
    return plain(value * unit.factor) + unit.extra
