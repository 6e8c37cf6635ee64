"""How an amount has grown: differences, rates of growth, and ratios to the year before."""

from __future__ import annotations

import math
import re

from ..records import Fact, FigureKind
from ..values import as_figure
from .place import Place

_MUCH = r"(?:の|も|程度|ほど|ポイント|分|だけ|余り|あまり|強|弱|近く|大幅に?|大きく|ずつ|[ 　])*"
GREW = re.compile(
    rf"{_MUCH}[(（]?(?P<less>減(?!税|免)|マイナス|下回|縮小|削減|少な[いくか]|低[いくか]|下が|小さ[いくか]|ダウン|ﾏｲﾅｽ)?"
    r"(?P<more>増(?!強)|プラス|上回|拡大|伸び|多[いくか]|高[いくかま]|大き[いか]|上が)?"
)
_APART = re.compile(rf"{_MUCH}(?:差(?![し引])|開き|違い|超過|オーバー|不足|足り)")
_BEYOND = re.compile(rf"{_MUCH}(?:超え|下回|上回|割り?込|届か)")  # behind 「限度額を」
_DIFFERENCE = re.compile(
    r"(?:差額?|差引き?|差し引き|増減額?|増加額|減少額|増額幅|増加分|減少分|残り|残額)(?:は|が|で|：|:|[ 　]|約)*$"
)
_COMPARED = re.compile(r"(?:前年|昨年|対前年|去年|前回|当初)(?:度|度当初|当初)?比[^、。0-9０-９]{0,4}$")
_OVER = re.compile(r"(?:を|より|に)[ 　]*(?:約|さらに)?$")
_SIGN = re.compile(r"(?P<sign>[+＋▲△]|プラス|マイナス)[ 　]*約?$")
_FIGURE_END = re.compile(r"[円％%0-9０-９）)][ 　]*$")
_RATIO_WORD = re.compile(r"(?:対?(?:前年|昨年|去年)度?(?:当初)?(?:予算)?(?:比|対比)|の)[^、。0-9０-９増減伸]{0,4}$")
_CHANGE_WORD = re.compile(r"(?:増減率|増加率|伸び率|伸率|増額率|成長率)[^、。0-9０-９]{0,6}$")
_LOSS_WORD = re.compile(r"(?:減少率|減額率|削減率)[^、。0-9０-９]{0,6}$")
_ROUGH_BEFORE = re.compile(r"(?:約|およそ|ほぼ|概ね|おおむね|ざっと)[ 　]*$")
_ROUGH_BEHIND = re.compile(r"[ 　]*(?:弱|強|程度|ほど|くらい|ぐらい|近く|余り|超|台|前後)")
_WIDE = 5.0  # per cent points
_WHOLE = 100.0
_CLOSE = 1e-6


def is_difference(place: Place) -> bool:
    """Whether an amount is called what lies between two amounts, by a word, a verb or a sign."""
    if place.figure.kind is not FigureKind.MONEY:
        return False
    sign = _SIGN.search(place.before)
    signed = bool(sign and not _FIGURE_END.search(place.before[: sign.start()])) or place.figure.text[0] in "+＋▲△"
    said = _DIFFERENCE.search(place.bare) or _COMPARED.search(place.before) or _APART.match(place.after)
    beyond = _BEYOND.match(place.after) and _OVER.search(place.before)
    return bool(signed or said or beyond or grew(place))


def grew(place: Place) -> str:
    """``more`` or ``less`` when the words behind a figure say that something grew or shrank by it, else nothing."""
    match = GREW.match(place.after)
    return "" if match is None else "less" if match["less"] else "more" if match["more"] else ""


def says_same_change(fact: Fact, place: Place) -> bool:
    """Whether a percentage states a rate of growth: 129.9% of the year before is 29.9% more; 4.6% less is ▲4.6."""
    value, figure = as_figure(fact).number, place.figure
    if value is None or figure.number is None or figure.kind is not FigureKind.PERCENT or figure.unit == "ポイント":
        return False
    change = value - _WHOLE if _is_ratio(fact) else value
    way = _way(place)
    if way or _CHANGE_WORD.search(place.before):
        size = {"less": -abs(figure.number), "more": abs(figure.number)}.get(way, figure.number)
        return math.isclose(size, change, abs_tol=_CLOSE)
    if _RATIO_WORD.search(place.before) and figure.number >= _WHOLE / 2:
        return math.isclose(figure.number - _WHOLE, change, abs_tol=_CLOSE)
    return math.isclose(figure.number, value, abs_tol=_CLOSE)


def is_told_otherwise(fact: Fact, place: Place) -> bool:
    """Whether a percentage prints a rate's number as what it is not (129.9%増), without its sign, or rounded."""
    value, figure = as_figure(fact).number, place.figure
    if value is None or figure.number is None:
        return False
    if figure.unit == "ポイント":
        return True
    change = value - _WHOLE if _is_ratio(fact) else value
    apart = min(abs(abs(figure.number) - abs(one)) for one in (change, change + _WHOLE))
    if apart > _CLOSE and apart < _round_by(place):
        return True
    same = math.isclose(abs(value), abs(figure.number), abs_tol=_CLOSE)
    return same and (_is_ratio(fact) or not _way(place))


def _round_by(place: Place) -> float:
    """How far a rounded percentage may be off: 3割, 約28%, 30%; nothing for one with decimals."""
    text = place.figure.text
    if "割" in text or _ROUGH_BEFORE.search(place.before) or _ROUGH_BEHIND.match(place.after):
        return _WIDE
    return 0.0 if "." in text or "．" in text else 1.0


def _way(place: Place) -> str:
    """``more`` or ``less``, by a word or a sign."""
    sign = _SIGN.search(place.before)
    if _LOSS_WORD.search(place.before) or (place.figure.number or 0.0) < 0:
        return "less"
    return grew(place) or ("" if sign is None else "more" if sign["sign"] in "+＋プラス" else "less")


def _is_ratio(fact: Fact) -> bool:
    """「前年度比 129.9%」 prints a ratio; 「増減率 132.0」 is what was added."""
    words = f"{fact.item or ''}{fact.condition or ''}"
    return "比" in words and "増減" not in words and (fact.number or 0.0) >= _WHOLE / 2
