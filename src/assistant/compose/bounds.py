"""Whether what a question says of itself (従業員8人, 開業3年目, 36歳) lies within the bounds that a case sets."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from ..figures import find_figures
from ..records import Figure, FigureKind
from ..tokens import fold

_DAYS = {"年": 365.0, "年間": 365.0, "月": 30.4, "か月": 30.4, "週": 7.0, "週間": 7.0, "日": 1.0, "日間": 1.0}
_FIRMS = frozenset({"社", "者", "企業", "事業者"})
_PERSONS = frozenset({"人", "名"})
_YEARTH = re.compile(r"(?<![0-9年和成])(?P<number>[0-9]{1,2}|[一二三四五六七八九十])年目|(?P<first>初年度|初年目)")
#: One who has no business yet is asked for by 「創業前」, and lies before every year after a founding.
_FOUNDED = re.compile(r"創業|開業|起業|設立|独立")
_BEFORE = re.compile(r"(?:創業|開業|起業|設立|独立)(?:する)?(?:前|予定|準備)|これから(?:創業|開業|起業|独立)")
_NOT_YET = re.compile(
    r"(?:まだ|未だ)[^。、?]{0,8}(?:開[いけ業店]|始め|創業|起業|独立|出し)[^。、?]{0,8}(?:ない|ません|ず|前)"
    r"|(?:これから|来月|来春|来年|今度|近々)[^。、?]{0,12}(?:開(?:く|き|業|店)|始め|創業|起業|独立|立ち上げ)"
    r"|(?:創業|開業|起業|開店|独立)(?:する)?(?:の)?(?:前|予定|準備|つもり)"
    r"|(?:開く|始める|独立する|立ち上げる|店を出す)(?:予定|つもり|ところ|前|準備)"
)
_HALF = re.compile(r"(?<![0-9一-龠])半年")
#: 「4号認定」 is a case that 「5号」 is not.
_KIND_NO = re.compile(r"(?<![0-9.年月])(?P<number>[0-9]{1,2})号")
#: 「10人中3人が女性」 are 30 of 100.
_OF_ALL = re.compile(
    r"(?P<all>[0-9]{1,4})(?P<unit>人|名|社|件|店)(?:のうち|中|いるうち)、?[^。?]{0,10}?(?P<some>[0-9]{1,4})(?P=unit)"
)
_PIECES = re.compile(r"(?<![0-9])[、，,]|[、，,](?![0-9])")
_EITHER = re.compile(r"・|又は|または|若しくは|もしくは")
_BOUNDING = re.compile(r"以上|以下|未満|以内|超|場合|年間|円")
#: An age by its decade: a bound tells only where it holds, or does not, from one end to the other.
_DECADE = re.compile(r"(?<![0-9])(?P<tens>[1-9])0(?:歳)?代|(?<![一-龠])(?P<kanji>[二三四五六七八])十(?:歳)?代")
_DIGITS = {one: place for place, one in enumerate("〇一二三四五六七八九十")}
#: For how long is lent, in a case (融資期間が10年を超える場合) and as askers say it (12年借りる).
_TERM = re.compile(r"(?:融資|返済|貸付|借入|償還)の?期間")
_LENT = re.compile(
    r"年(?:間|ぐらい|くらい|ほど)?(?:で|かけて|がかりで|の|に|を)?(?:わたって|分割で)?、?(?:借|返|払|融資|ローン|償還|貸し|返済|借入)"
    r"|(?:返済|融資|借入|償還|期間|ローン)[^。、?]{0,6}[0-9]{1,2}年"
)
_WORDED = frozenset({"yen", "%", "day"})  # what many things have: the case must be spoken of in words too


@dataclass(frozen=True, slots=True)
class _Bound:
    dimension: str
    holds: Callable[[float], bool]


def holds(case: str, said: Sequence[Figure], plain: str, shared: Collection[str]) -> bool | None:
    """True or False when the question's figures tell; None when a case sets no bounds or nothing is said of them.

    ``said`` are the figures of the question and ``plain`` its words, ``shared`` the words that it has in common with
    the case.
    """
    kinds, said_kinds = set(_KIND_NO.findall(fold(case))), set(_KIND_NO.findall(plain))
    if kinds and said_kinds and not kinds & said_kinds:
        return False
    values = [*((sort, value, value) for sort, value in (*_values(said), *_spoken(plain))), *_decades(plain)]
    verdicts = []
    for piece in filter(_bounds, _PIECES.split(fold(case))):
        either = _EITHER.split(piece)
        found = [verdict for one in either if (verdict := _piece_holds(one, values, shared, plain)) is not None]
        bounded = "".join(one for one in either if _bounds(one))
        others = [one for one in either if not _bounds(one)]
        if found and not any(found) and any(word in one and word not in bounded for one in others for word in shared):
            continue  # 「女性・若者（35歳未満）」 of a woman
        verdicts += [any(found)] if found else []
    return all(verdicts) if verdicts else None


def _decades(plain: str) -> Iterator[tuple[str, float, float]]:
    for match in _DECADE.finditer(plain):
        low = 10.0 * (int(match["tens"]) if match["tens"] else _DIGITS[match["kanji"]])
        yield "歳", low, low + 9


def _piece_holds(
    piece: str, values: Sequence[tuple[str, float, float]], shared: Collection[str], plain: str
) -> bool | None:
    verdicts = []
    worded = _is_worded(piece) and not shared and not (_TERM.search(piece) and _LENT.search(plain))
    bounds = _bounds(piece)
    for dimension in dict.fromkeys(one.dimension for one in bounds):
        since = dimension == "day" and _FOUNDED.search(piece) and any(sort == "founded" for sort, _, _ in values)
        own = [(low, high) for sort, low, high in values if sort == ("founded" if since else dimension)]
        if not own or (dimension in _WORDED and worded):
            continue
        limits = [one for one in bounds if one.dimension == dimension]
        ends = [{all(one.holds(end) for one in limits) for end in value} for value in own]
        if any(len(end) == 1 for end in ends):
            verdicts.append({True} in ends)
    return all(verdicts) if verdicts else None


def _is_worded(case: str) -> bool:
    """Whether a case says more than its bounds."""
    rest = fold(case)
    for figure in reversed(find_figures(rest)):
        rest = rest[: figure.start] + rest[figure.end :]
    return re.search(r"[一-龠ァ-ヶ]", _BOUNDING.sub("", rest)) is not None


@cache
def _bounds(case: str) -> tuple[_Bound, ...]:
    before = [_Bound("founded", partial(operator.gt, 0.0))] if _BEFORE.search(case) else []
    own = [_Bound("nth", partial(operator.eq, float(number))) for number in _yearths(case)]
    return (*before, *own, *(found for figure in find_figures(case) for found in _bounds_of(figure, case)))


def _yearths(text: str) -> Iterator[int]:
    """The years counted from the first: 「2年目」, 「初年度」."""
    for match in _YEARTH.finditer(text):
        yield 1 if match["first"] else _DIGITS.get(match["number"]) or int(match["number"])


def _bounds_of(figure: Figure, case: str) -> Iterator[_Bound]:
    dimension, scale = _dimension(figure)
    if dimension is None:
        return
    low, high = (figure.yen_min, figure.yen_max) if dimension == "yen" else (figure.number_min, figure.number_max)
    if low is not None and high is not None:
        least, most = low * scale, high * scale
        yield _Bound(dimension, lambda value: least <= value <= most)
        return
    number = figure.yen if dimension == "yen" else figure.number
    if number is None:
        return
    edge, word = number * scale, figure.bound or ""
    if any(one in word for one in ("超", "より多")):
        yield _Bound(dimension, lambda value: value > edge)
    elif any(one in word for one in ("以上", "から")):
        yield _Bound(dimension, lambda value: value >= edge)
    elif any(one in word for one in ("未満", "より少")):
        yield _Bound(dimension, lambda value: value < edge)
    elif any(one in word for one in ("以下", "以内", "まで")):
        yield _Bound(dimension, lambda value: value <= edge)


def _values(said: Sequence[Figure]) -> Iterator[tuple[str, float]]:
    for figure in said:
        dimension, scale = _dimension(figure)
        number = figure.yen if dimension == "yen" else figure.number
        if dimension is not None and number is not None:
            yield dimension, number * scale


def _spoken(plain: str) -> Iterator[tuple[str, float]]:
    """「3年目」 is between two and three years, 「半年」 is six months."""
    for number in _yearths(plain):
        yield "day", (number - 0.5) * _DAYS["年"]
        yield "nth", float(number)
    for match in _OF_ALL.finditer(plain):
        yield "%", 100.0 * int(match["some"]) / max(int(match["all"]), 1)
    if _NOT_YET.search(plain):
        yield "founded", -1.0
    if _HALF.search(plain):
        yield "day", 6 * _DAYS["月"]


def _dimension(figure: Figure) -> tuple[str | None, float]:
    """What a figure measures, and how many of it its unit is."""
    unit = figure.unit or ""
    if figure.kind is FigureKind.MONEY:
        return "yen", 1.0
    if figure.kind is FigureKind.PERCENT:
        return "%", 1.0
    if figure.kind not in (FigureKind.COUNT, FigureKind.DURATION):
        return None, 1.0
    if unit in _DAYS:
        return "day", _DAYS[unit]
    if unit in _FIRMS or unit in _PERSONS:
        return "firm" if unit in _FIRMS else "person", 1.0
    return unit or None, 1.0
