"""Region, fiscal year and stage of a question."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from ..figures import fiscal_year, year_label
from ..lexicon import table

_RELATIVE = {
    "一昨年度": -2,
    "昨年度": -1,
    "去年": -1,
    "昨年": -1,
    "前年度": None,
    "今年度": 0,
    "本年度": 0,
    "今年": 0,
    "来年度": 1,
    "来年": 1,
}
_YEAR = re.compile(
    r"(令和|平成|昭和|R|H|Ｒ|Ｈ)\s*[0-9０-９元一二三四五六七八九十]+\s*年?度?|[12１２][0-9０-９]{3}\s*年度?"
)
NATION = "国"


def regions_in(text: str) -> tuple[tuple[str, ...], str]:
    """Prefectures (full names) and 国 that a text names, and the text without those names."""
    found: dict[str, None] = {}
    for word, region in _place_words():
        if word in text:
            found[region] = None
            text = text.replace(word, " ")
    return tuple(found), text


@cache
def _place_words() -> tuple[tuple[str, str], ...]:
    """(printed word, region), longest first: full names, cities, short names, ministries."""
    pairs: dict[str, str] = {}
    regions = table("regions")
    for prefecture, cities in regions["prefectures"].items():
        pairs[prefecture] = prefecture
        pairs.update(dict.fromkeys(cities, prefecture))
        if len(prefecture) > 2 and prefecture != "北海道":
            pairs[prefecture[:-1]] = prefecture
    pairs.update(dict.fromkeys(regions["national"]["words"], NATION))
    return tuple(sorted(pairs.items(), key=lambda pair: len(pair[0]), reverse=True))


def year_in(text: str, today: dt.date) -> tuple[str | None, str]:
    """The fiscal year of a question (令和2年度), reckoned from ``today`` for 今年度, and the text without it.

    A Japanese fiscal year starts on 1 April.
    """
    current = today.year if today.month >= 4 else today.year - 1
    for word, offset in _RELATIVE.items():
        if word in text and offset is not None:
            return year_label(current + offset), text.replace(word, " ")
    match = _YEAR.search(text)
    if match:
        year = fiscal_year(match.group()) or fiscal_year(match.group().strip() + "度")
        if year:
            return year, text.replace(match.group(), " ")
    return None, text


def stage_in(text: str) -> str | None:
    """概算要求, 当初予算 or 補正予算, when a question names one."""
    return next((stage for stage in ("概算要求", "補正予算", "当初予算") if stage in text), None)
