"""Region, fiscal year and stage of a question."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache

from ..figures import fiscal_year, year_label
from ..lexicon import table
from ..placenames import NATION, places_in_heading
from ..records import Document, stated

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
    r"(?<![A-Za-z0-9])(令和|平成|昭和|R|H|Ｒ|Ｈ)\s*[0-9０-９元一二三四五六七八九十]+\s*年?度?(?![A-Za-z0-9])|[12１２][0-9０-９]{3}\s*年度?"
)
#: (word, region): how the regions of an index may be called.
Places = tuple[tuple[str, str], ...]
_ENDS = r"(?=$|[\s、。,.？?!！・（(A-Za-z0-9Ａ-Ｚ０-９]|[のにはがとも](?![ぁ-ん]*さん)|で|県内)"


def regions_in(text: str, held: Places = ()) -> tuple[tuple[str, ...], str]:
    """Regions that a text names (prefectures, 国, those of ``held``), and the text without those names."""
    found: dict[str, None] = {}
    for pattern, region in _place_words(held):
        if pattern.search(text):
            found[region] = None
            text = pattern.sub(" ", text)
    return tuple(found), text


def places_of(documents: Iterable[Document]) -> Places:
    """How the regions of these documents may be called: a town without its prefecture, a ministry for 国."""
    pairs: dict[str, str] = {}
    for document in documents:
        if document.region == NATION:
            pairs.update(dict.fromkeys(places_in_heading(document.publisher)[:1], NATION))
        elif stated(document.region):
            town = re.sub(r"^.{2,3}?[都道府県](?=.+[市区町村]$)", "", document.region)
            pairs |= {document.region: document.region, town: document.region}
    return tuple(sorted(pairs.items()))


@cache
def _place_words(held: Places) -> tuple[tuple[re.Pattern[str], str], ...]:
    """(pattern, region), longest first: full names, cities, short names, ministries.

    A short name is also a family name or the start of another word (石川さん, 東京タワー): it counts before a
    particle, a mark, Latin letters or the end.  「国の」 does not count inside 四国の or 韓国の.
    """
    pairs: dict[str, tuple[str, str]] = {}
    regions = table("regions")
    for prefecture, cities in regions["prefectures"].items():
        pairs.update({name: (re.escape(name), prefecture) for name in (prefecture, *cities)})
        if len(prefecture) > 2 and prefecture != "北海道":
            pairs[prefecture[:-1]] = (re.escape(prefecture[:-1]) + _ENDS, prefecture)
    for word in regions["national"]["words"]:
        start = r"(?<![一-龠])" if word.startswith("国") else ""
        pairs[word] = (start + re.escape(word), NATION)
    for word, region in held:
        pairs[word] = (re.escape(word), region)
    longest = sorted(pairs, key=len, reverse=True)
    return tuple((re.compile(pairs[word][0]), pairs[word][1]) for word in longest)


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
    if re.search(r"補正予算|月補正|補正の|補正額", text) and "補正後" not in text:
        return "補正予算"
    return next((stage for stage in ("概算要求", "当初予算") if stage in text), None)
