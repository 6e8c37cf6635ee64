"""Figures as values: when two of them say the same, and a sum of money in plain words."""

from __future__ import annotations

import math
import re

from ..records import Figure, FigureKind
from .folding import fold
from .phones import phone_digits
from .spans import date_parts

_SHARES = (FigureKind.RATE, FigureKind.PERCENT)
_LENGTHS = (FigureKind.COUNT, FigureKind.DURATION)
_POINTS = (FigureKind.YEAR, FigureKind.PERIOD)
# Units that are one unit, with the factor into the common one.
_COMMON = {
    "人": ("名", 1), "企業": ("社", 1), "年": ("月", 12), "週": ("日", 7), "週間": ("日", 7), "日間": ("日", 1),
    "店": ("店舗", 1), "kW": ("kW", 1), "MW": ("kW", 1000), "㎞": ("km", 1), "m2": ("㎡", 1), "平方メートル": ("㎡", 1),
    "ヘクタール": ("ha", 1),
}  # fmt: skip
_STEPS = ((10**12, "兆"), (10**8, "億"), (10**4, "万"))


def same_value(a: Figure, b: Figure) -> bool:
    """Whether two figures state the same quantity, however they are printed.

    Kinds must agree: 3年 is not 3人, 500万円 is not 500万; a share in per cent equals a fraction only when it is
    exactly that (1/2 and 50%, but not 2/3 and 66.7%).  Bounds and ``per`` are not part of the quantity.
    """
    for group, compare in (
        ((FigureKind.MONEY,), _same_money),
        (_SHARES, _same_share),
        (_LENGTHS, _same_length),
        (_POINTS, _same_time),
        ((FigureKind.PHONE,), _same_phone),
    ):
        if a.kind in group:
            return b.kind in group and compare(a, b)
    return False


def plain_yen(yen: int) -> str:
    """A sum of ``yen`` (>= 0) in 兆, 億, 万 and 千: 19454000 is 1,945万4千円; a negative one gets ▲ before it."""
    if yen < 0:
        return "▲" + plain_yen(-yen)
    words, rest = "", yen
    for size, name in _STEPS:
        count, rest = divmod(rest, size)
        if count:
            words += f"{count:,}{name}"
    if words and rest and rest % 1000 == 0:
        return f"{words}{rest // 1000}千円"
    return f"{words}{rest:,}円" if rest or not words else f"{words}円"


def _same_money(a: Figure, b: Figure) -> bool:
    return (a.yen, a.yen_min, a.yen_max) == (b.yen, b.yen_min, b.yen_max) and _close(a.number, b.number)


def _same_share(a: Figure, b: Figure) -> bool:
    if a.number is None and a.number_min is None:  # 定額
        return b.number is None and b.number_min is None
    if a.kind is b.kind and a.unit != b.unit:
        return False
    if "ポイント" in (a.unit, b.unit) and a.unit != b.unit:
        return False
    return _all_close(_percents(a), _percents(b))


def _percents(figure: Figure) -> tuple[float | None, ...]:
    factor = 100.0 if figure.kind is FigureKind.RATE else 1.0
    return tuple(None if value is None else value * factor for value in _numbers(figure))


def _same_length(a: Figure, b: Figure) -> bool:
    unit_a, factor_a = _COMMON.get(a.unit or "", (a.unit, 1))
    unit_b, factor_b = _COMMON.get(b.unit or "", (b.unit, 1))
    if unit_a != unit_b:
        return False
    return _all_close(
        tuple(None if value is None else value * factor_a for value in _numbers(a)),
        tuple(None if value is None else value * factor_b for value in _numbers(b)),
    )


def _same_time(a: Figure, b: Figure) -> bool:
    if _years(a) != _years(b):
        return False
    days_a, days_b = (tuple(part for part in date_parts(fold(each.text)) if any(part)) for each in (a, b))
    return days_a == days_b


def _years(figure: Figure) -> tuple[float | None, float | None]:
    if figure.kind is FigureKind.YEAR:
        return figure.number, figure.number
    return figure.number_min, figure.number_max


def _same_phone(a: Figure, b: Figure) -> bool:
    return phone_digits(re.sub(r"[^0-9+]", "", fold(a.text))) == phone_digits(re.sub(r"[^0-9+]", "", fold(b.text)))


def _numbers(figure: Figure) -> tuple[float | None, float | None, float | None]:
    return figure.number, figure.number_min, figure.number_max


def _all_close(a: tuple[float | None, ...], b: tuple[float | None, ...]) -> bool:
    return all(_close(one, other) for one, other in zip(a, b, strict=True))


def _close(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-12)
