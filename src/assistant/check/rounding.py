"""An amount that is told roughly (約7億4,600万円, 3億円余り): which exact amounts it may stand for."""

from __future__ import annotations

import re
from decimal import Decimal

from ..records import Figure, FigureKind
from ..tokens import fold
from .place import Place

_SORTS = (FigureKind.MONEY, FigureKind.COUNT, FigureKind.PERCENT)
_AHEAD = re.compile(r"(?:約|およそ|おおよそ|おおむね|概ね|凡そ|ほぼ|ざっと|大体|だいたい)[ 　]*(?:年間?)?[ 　]*$")
_AROUND = re.compile(r"[ 　]*(?:程度|前後|規模|ほど|くらい|ぐらい|見当)")
_ABOVE = re.compile(r"[ 　]*(?:台(?![帳湾数])|余り?|あまり|強(?![化調制])|超(?![過え]))")
_BELOW = re.compile(r"[ 　]*(?:弱(?![点者])|近く|足らず)")
_MOST_BEFORE = re.compile(r"(?:最大|最高|最長|MAX)(?:で|は|でも)?[ 　]*(?:年|約)?[ 　]*$", re.I)
_MOST_BEHIND = re.compile(r"[ 　]*(?:まで|以内|以下|が(?:最大|最高|上限))")
_LEAST_BEFORE = re.compile(r"(?:最低|最小|最少|下限)(?:で|は|でも)?[ 　]*(?:年|約)?[ 　]*$")
_LEAST_BEHIND = re.compile(r"[ 　]*(?:から|以上|[～〜~])")
_DECIMALS = re.compile(r"[0-9]\.([0-9]+)")
_NEXT = 1e-6  # of a thousandth of a per cent: what floats leave
_ROUGH = 5.0  # per cent points
_SHARE = Decimal("0.1")  # of the amount: a rounding coarser than this says nothing of it


def says_roughly(value: Figure, place: Place) -> bool:
    """Whether a figure that the words around it call a rough one is ``value`` with fewer digits."""
    figure = place.figure
    exact, told = _number(value), _number(figure)
    if figure.kind not in _SORTS or value.kind is not figure.kind or exact is None or told is None or told <= 0:
        return False
    if figure.kind is not FigureKind.MONEY and value.unit != figure.unit:
        return False
    step = _step(told)
    if _ABOVE.match(place.after):
        return told <= exact < told + step
    if _BELOW.match(place.after):
        return told - step < exact <= told
    if _AHEAD.search(place.before) or _AROUND.match(place.after):
        return abs(exact - told) <= min(step / 2, told * _SHARE)
    return False


def _number(figure: Figure) -> Decimal | None:
    value = figure.yen if figure.kind is FigureKind.MONEY else figure.number
    return None if value is None else Decimal(repr(value))


def _step(number: Decimal) -> Decimal:
    """What the last digit told counts: ten million for 1億2千万円, a tenth for 16.8."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def says_in_percent(value: Figure, figure: Figure) -> bool:
    """Whether a percentage is a fraction that no percentage states exactly, rounded as it is printed (2/3: 66.7%)."""
    if value.kind is not FigureKind.RATE or figure.kind is not FigureKind.PERCENT:
        return False
    if value.number is None or figure.number is None or figure.unit == "ポイント":
        return False
    exact = value.number * 100
    endless = abs(exact * 1000 - round(exact * 1000)) > _NEXT
    return endless and abs(exact - figure.number) < float(_digits(figure)) / 2


def is_near(value: Figure, place: Place) -> bool:
    """Whether a percentage is a fraction cut short (66.6%, 66%) or told roughly (約7割): neither right nor wrong."""
    figure = place.figure
    if value.kind is not FigureKind.RATE or figure.kind not in (FigureKind.PERCENT, FigureKind.RATE):
        return False
    if value.number is None or figure.number is None or figure.unit == "ポイント":
        return False
    told = figure.number * (100 if figure.kind is FigureKind.RATE else 1)
    rough = _AHEAD.search(place.before) or _AROUND.match(place.after) or _ABOVE.match(place.after)
    step = _ROUGH if rough or _BELOW.match(place.after) else float(_digits(figure))
    return abs(value.number * 100 - told) < step and (bool(rough) or figure.kind is FigureKind.PERCENT)


def is_within(value: Figure, figure: Figure) -> bool:
    """Whether a single amount lies in a range that is stated, its ends included."""
    if value.kind is not figure.kind or (value.kind is not FigureKind.MONEY and value.unit != figure.unit):
        return False
    low, high = _ends(value)
    told = _number(figure)
    return low is not None and high is not None and told is not None and low <= told <= high


def says_end(value: Figure, place: Place) -> bool:
    """Whether a figure is called the highest or the lowest of a range, and is that one (最大6,000万円, 1.7%から)."""
    low, high = _ends(value)
    told = _number(place.figure)
    if told is None or not is_within(value, place.figure):
        return False
    return bool(
        (told == high and (_MOST_BEFORE.search(place.before) or _MOST_BEHIND.match(place.after)))
        or (told == low and (_LEAST_BEFORE.search(place.before) or _LEAST_BEHIND.match(place.after)))
    )


def _ends(value: Figure) -> tuple[Decimal | None, Decimal | None]:
    money = value.kind is FigureKind.MONEY
    ends = (value.yen_min, value.yen_max) if money else (value.number_min, value.number_max)
    low, high = (None if one is None else Decimal(repr(one)) for one in ends)
    return low, high


def _digits(figure: Figure) -> Decimal:
    """What the last digit printed counts, at most one: 0.1 for 66.7%, 1 for 67%."""
    match = _DECIMALS.search(fold(figure.text))
    return Decimal(1).scaleb(-len(match[1])) if match else Decimal(1)
