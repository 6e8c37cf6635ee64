"""Sums of money: 16億7022万1千円, 19,454 千円, ３千万～６千万円, ¥500,000, and what broken lines make of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..records import Figure, FigureKind
from .numerals import Number, Numeral, inherited, plain, read_numeral

SEPARATOR = re.compile(r" ?(?:~|-|ー|から|ないし|乃至) ?")
SCALES = {"円": 1, "千円": 10**3, "万円": 10**4, "百万円": 10**6, "億円": 10**8, "十億円": 10**9, "兆円": 10**12}
REVERSED = "範囲の終わりが始まりより小さい"
_MISGROUPED = "桁区切りの位置が合わない"

_YEN = re.compile(
    r" {0,2}(?:(百万|千万|十億|[十百千万億兆]) ?)?円(?![滑卓形満熟陣柱盤環弧筒周建貨]|借款|[高安](?![いくか]))"
)
_SIGN = re.compile(r"(?:([▲△-]) ?)?(¥)? ?")
# Justified lines tear digits apart: 1 5 0 万円, 2 , 000千円.
_TORN = re.compile(
    r"(?<![0-9] )(?:[0-9](?: (?:, )?[0-9]){1,12}|[0-9]{1,3}(?: , [0-9]{3}| ?, ?0[0-9]{2})+)(?![0-9])"
    r"(?= ?(?:百万|[千万億])? ?円)"
)


_UNIT = r"(?P<unit>百万|千万|十億|[千万億]) ?円"
# 「2,650(1,720)百万円」: one unit behind two amounts, the second of another year; none is the year's before 「(-)」
_SHARED = re.compile(rf" ?\( ?(?:[0-9][0-9,.]*|[-ー–—―]+) ?\) ?{_UNIT}")
_SHARING = re.compile(rf" ?\) ?{_UNIT}")
_BEFORE_SHARING = re.compile(r"[0-9] ?\( ?$")
_UNITS_ALONE = frozenset(SCALES) | {"百万", "千万", "十億", "億"}


@dataclass(frozen=True, slots=True)
class _Amount:
    numeral: Numeral
    end: int
    yen: bool  # 円 (or ¥) is printed


def read_money(text: str, start: int) -> Figure | None:
    """The sum that starts at ``start`` of a folded text; a range is one figure with both ends, in yen."""
    sign = _SIGN.match(text, start)
    assert sign is not None  # every part of it is optional
    first = _amount(text, sign.end(), bool(sign[2]))
    if first is None:
        return None
    ranged = None if sign[1] else _range(text, start, first)
    if ranged is not None or not first.yen:
        return ranged
    if _is_no_sum(text, first):
        return None
    value = -first.numeral.value if sign[1] else first.numeral.value
    return _figure(text, start, first, value)


def _figure(text: str, start: int, amount: _Amount, value: Number) -> Figure:
    whole = value.denominator == 1
    return Figure(
        text=text[start : amount.end],
        kind=FigureKind.MONEY,
        start=start,
        end=amount.end,
        yen=int(value) if whole else None,
        number=None if whole else plain(value),  # a price per kWh may have a fraction of a yen
        unit=unit_name(amount.numeral),
        suspect=_MISGROUPED if amount.numeral.misgrouped else None,
    )


def _range(text: str, start: int, first: _Amount) -> Figure | None:
    separator = SEPARATOR.match(text, first.end)
    if separator is None:
        return None
    second = _amount(text, separator.end(), text.startswith("¥", separator.end()))
    if second is None or _is_no_sum(text, second):
        return None
    if not second.yen and not (text.startswith("¥", start) and _closes_marked(text, first, second)):
        return None
    low = first.numeral.value if first.yen else inherited(first.numeral, second.numeral)
    high: Number | None = second.numeral.value
    suspect = _MISGROUPED if first.numeral.misgrouped or second.numeral.misgrouped else None
    if low > second.numeral.value:
        # 「50万円から30万円に」 and a subtraction are two sums; only a written range is a misprint.
        if first.yen and "~" not in separator[0]:
            return None
        high, suspect = None, REVERSED
    if low.denominator != 1 or (high is not None and high.denominator != 1):
        return None
    return Figure(
        text=text[start : second.end],
        kind=FigureKind.MONEY,
        start=start,
        end=second.end,
        yen_min=int(low),
        yen_max=None if high is None else int(high),
        unit=unit_name(second.numeral),
        suspect=suspect,
    )


def _closes_marked(text: str, first: _Amount, second: _Amount) -> bool:
    # ¥1,000～2,000: the mark stands for both, unless the second number counts something else.
    following = text[second.end : second.end + 1]
    return second.numeral.value >= first.numeral.value and not (following.isalpha() or following == "%")


def _amount(text: str, start: int, marked: bool) -> _Amount | None:
    if marked and text.startswith("¥", start):
        start += 1
    numeral = _torn(text, start) or read_numeral(text, start)
    if numeral is None or (numeral.misgrouped and not _may_be_slip(numeral.word)):
        return None
    tail = _YEN.match(text, numeral.end)
    if tail is None:
        shared = _shared_unit(text, start, numeral)
        scaled = numeral.times(shared, numeral.end) if shared else None
        return _Amount(scaled, numeral.end, True) if scaled else _Amount(numeral, numeral.end, marked)
    if tail[1]:
        scaled = numeral.times(tail[1], tail.end())
        return None if scaled is None else _Amount(scaled, tail.end(), True)
    return _Amount(numeral, tail.end(), True)


def _shared_unit(text: str, start: int, numeral: Numeral) -> str | None:
    """The unit that an amount shares with the one in brackets behind it, or with the one before its own brackets."""
    if not numeral.word.replace(",", "").replace(".", "").isdigit():
        return None
    found = _SHARED.match(text, numeral.end)
    if found is None and _BEFORE_SHARING.search(text[max(0, start - 4) : start]):
        found = _SHARING.match(text, numeral.end)
    return found["unit"] if found else None


def _torn(text: str, start: int) -> Numeral | None:
    found = _TORN.match(text, start)
    if found is None:
        return None
    digits = found[0].replace(" ", "").replace(",", "")
    # 「1 5万円」 may be item 1 with 5万円: two digits count as one number only when the unit is torn off as well.
    if len(digits) < 3 and not text.startswith(" ", found.end()):
        return None
    return Numeral(start, found.end(), digits, int(digits))


def _may_be_slip(word: str) -> bool:
    # 1,5000円 is a slip of the comma; 「1,2万円」 is one or two.
    return len(re.split(r"[^0-9,]", word)[0].rpartition(",")[2]) >= 3


def _is_no_sum(text: str, amount: _Amount) -> bool:
    """Names of units (千円, (百万円)) and words such as 一円 (all over a region)."""
    numeral = amount.numeral
    if numeral.word in ("千", "万", "億", "兆", "一"):
        return True
    before, after = text[max(0, numeral.start - 1) : numeral.start], text[amount.end : amount.end + 1]
    if before == ")" and numeral.word in _UNITS_ALONE:
        return True
    if numeral.kanji and before and before in "数何幾":
        return True
    return numeral.bare and bool((before and before in "(:[【/位,、") or (after and after in ")]】"))


def unit_name(numeral: Numeral) -> str:
    """The unit as printed at the end of a sum: 千円, 万円, 百万円 …"""
    word = numeral.word
    if word.endswith("百万") and word[:-2].replace(",", "").replace(".", "").isdigit():
        return "百万円"
    return word[-1] + "円" if word[-1] in "千万億兆" else "円"
