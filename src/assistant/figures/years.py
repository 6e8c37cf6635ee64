"""Japanese years: 令和5年度, R5, 2023年度 and 令和五年度 are one year.

Eras by the law of their first western year (year 1): 明治 1868, 大正 1912, 昭和 1926, 平成 1989, 令和 2019.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .folding import fold
from .numerals import number_of

ERAS = {"令和": 2019, "平成": 1989, "昭和": 1926, "大正": 1912, "明治": 1868}
LETTERS = {"R": "令和", "H": "平成", "S": "昭和"}
# Plans made before an era ended count on in it (平成32年度).
_LONGEST = {"令和": 60, "平成": 45, "昭和": 64, "大正": 15, "明治": 45}

ERA_COUNT = r"(?:元|[0-9]{1,2}(?![0-9])|[一二三四五六七八九十]{1,3})"
KANJI_WEST = r"二〇[〇一二三四五六七八九]{2}"
_LABEL = re.compile(
    rf"(?P<era>令和|平成|昭和|大正|明治) ?(?P<count>{ERA_COUNT})(?= ?(?:年度|[~・、,-]? ?[0-9]{{0,2}} ?年度))"
    rf"|(?<![A-Za-z0-9_.-])(?P<letter>[RHS])(?P<short>[0-9]{{1,2}})(?![0-9A-Za-zァ-ヶー_]|[.-](?![RHS][0-9])[A-Za-z])"
    rf"|(?<![0-9])(?:FY ?)?(?P<west>(?:19|20)[0-9]{{2}}|{KANJI_WEST})(?= ?(?:年度|[~-] ?[0-9]{{2,4}} ?年度))"
    r"|(?<![A-Za-z])FY ?(?P<fy>20[0-9]{2})(?![0-9])"
)
_ANY = re.compile(
    rf"(?P<era>令和|平成|昭和|大正|明治) ?(?P<count>{ERA_COUNT})"
    rf"|(?<![A-Za-z0-9])(?P<letter>[RHS])(?P<short>[0-9]{{1,2}})(?![0-9A-Za-z])"
    rf"|(?<![0-9])(?P<west>(?:19|20)[0-9]{{2}}|{KANJI_WEST})(?P<fy>)(?![0-9])"
)


def fiscal_year(text: str) -> str | None:
    """The first fiscal year that a text names, as 令和5年度; the era stays the one that was written."""
    for found in _LABEL.finditer(fold(text)):
        label = _label(found)
        if label is not None:
            return label
    return None


def year_meant(text: str) -> str | None:
    """The fiscal year that a filter means: 2020, 令和2, R2 and 令和2年 are 令和2年度; None when it names no year."""
    number = year_number(text)
    return fiscal_year(text) or (None if number is None else year_label(number))


@lru_cache(maxsize=8_192)
def year_number(label: str) -> int | None:
    """The western year of a label: 令和元年度 and 平成31年度 are both 2019; None when it names no year."""
    for found in _ANY.finditer(fold(label)):
        number = _number(found)
        if number is not None:
            return number
    return None


def year_label(number: int) -> str:
    """The fiscal year's Japanese name: 2019 is 令和元年度, 2018 is 平成30年度."""
    for era, first in ERAS.items():
        if number >= first:
            count = number - first + 1
            return f"{era}{'元' if count == 1 else count}年度"
    return f"{number}年度"


def previous_year(label: str) -> str:
    """The fiscal year before ``label``; raises ValueError when ``label`` names no year."""
    number = year_number(label)
    if number is None:
        raise ValueError(f"「{label}」 names no year: give one such as 令和5年度 or 2023年度.")
    return year_label(number - 1)


def era_year(era: str, count: str) -> int | None:
    """The western year of an era's n-th year (元, digits or kanji); None when the era never had it."""
    value = 1 if count == "元" else number_of(count)
    if value is None or value.denominator != 1 or not 1 <= value <= _LONGEST[era]:
        return None
    return ERAS[era] + int(value) - 1


def western_year(word: str) -> int:
    """2020 or 二〇二〇 as a number."""
    value = number_of(word)
    assert value is not None  # the patterns above let nothing else through
    return int(value)


def _number(found: re.Match[str]) -> int | None:
    if found["era"]:
        return era_year(found["era"], found["count"])
    if found["letter"]:
        return era_year(LETTERS[found["letter"]], found["short"])
    return western_year(found["west"] or found["fy"])


def _label(found: re.Match[str]) -> str | None:
    number = _number(found)
    if number is None:
        return None
    era = found["era"] or LETTERS.get(found["letter"] or "")
    if era is None:
        return year_label(number)
    count = number - ERAS[era] + 1
    return f"{era}{'元' if count == 1 else count}年度"
