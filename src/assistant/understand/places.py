"""Regions and stage that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from ..lexicon import table
from ..placenames import NATION, places_in_heading, towns_in
from ..records import Document, stated
from .kana import reading_of

#: (word, region): how the regions of an index may be called.
Places = tuple[tuple[str, str], ...]
_ENDS = r"(?=$|[\s、。,.？?!！・（(A-Za-z0-9Ａ-Ｚ０-９]|[のにはがとも](?![ぁ-ん]*さん)|で|県内)"


@dataclass(frozen=True, slots=True)
class Called:
    """Names of places that may stand in one kind of surroundings, and the region of each.

    ``town``: they are towns, which point at their prefecture; ``short``: they lack their last character.
    """

    pattern: re.Pattern[str]
    regions: dict[str, str]
    town: bool = False
    short: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place named at text[start:end]."""

    start: int
    end: int
    word: str
    region: str
    town: bool
    short: bool


def called(
    regions: dict[str, str], before: str = "", after: str = "", town: bool = False, short: bool = False
) -> Called:
    """One pattern for many names, the longer before the shorter; ``before`` and ``after`` are patterns."""
    names = "|".join(re.escape(name) for name in sorted(regions, key=len, reverse=True)) or "(?!)"
    return Called(re.compile(f"{before}(?P<name>{names}){after}"), regions, town, short)


def named_places(text: str, groups: Iterable[Called]) -> list[Place]:
    """Every place that a text names, in order; of names that overlap the longest."""
    found = [
        Place(match.start(), match.end(), match["name"], group.regions[match["name"]], group.town, group.short)
        for group in groups
        for match in group.pattern.finditer(text)
    ]
    kept: list[Place] = []
    for one in sorted(found, key=lambda place: (place.start - place.end, place.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda place: place.start)


@lru_cache(maxsize=4096)
def regions_in(text: str, held: Places = ()) -> tuple[tuple[str, ...], str]:
    """Regions that a text names (prefectures, 国, those of ``held``), and the text without those names."""
    found = named_places(text, _groups(held))
    for one in reversed(found):
        text = f"{text[: one.start]} {text[one.end :]}"
    return tuple(dict.fromkeys(one.region for one in found)), text


def with_known_places(text: str, held: Places) -> str:
    """A text with the name of a held region for one that no place has and that reads the same: 青盛県 → 青森県."""
    known = {word for word, _ in held} | {*prefectures()} | {*towns().regions}
    for said in towns_in(text):
        if said in known or any(said.endswith(word) for word in known):
            continue
        same = {word for word in (*(word for word, _ in held), *prefectures()) if word[-1] == said[-1]}
        meant = [word for word in sorted(same) if reading_of(word) == reading_of(said)]
        text = text.replace(said, meant[0]) if len(meant) == 1 else text
    return text


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
def prefectures() -> dict[str, str]:
    """Every prefecture by its full name."""
    return {prefecture: prefecture for prefecture in table("regions")["prefectures"]}


@cache
def short_prefectures() -> dict[str, str]:
    """Every prefecture by its name without its last character, 北海道 apart."""
    return {name[:-1]: name for name in prefectures() if len(name) > 2 and name != "北海道"}


@cache
def towns() -> Called:
    """The cities of all prefectures where their names are no part of another word: 光市 is not in 観光市場."""
    cities: dict[str, str] = {}
    for prefecture, names in table("regions")["prefectures"].items():
        for name in names:
            cities.setdefault(name, prefecture)
    return called(cities, r"(?:(?<=[都道府県])|(?<![一-龠々ァ-ヶ]))", "(?!場|況|販)", town=True)


@cache
def _groups(held: Places) -> tuple[Called, ...]:
    """Full names, cities, short names, ministries.

    A short name is also a family name or the start of another word (石川さん, 東京タワー): it counts before a
    particle, a mark, Latin letters or the end.  「国の」 does not count inside 四国の or 韓国の.
    """
    national = dict.fromkeys(table("regions")["national"]["words"], NATION)
    alone = {word: NATION for word in national if word.startswith("国")}
    full = {**prefectures(), **{word: NATION for word in national if word not in alone}, **dict(held)}
    return called(full), towns(), called(short_prefectures(), after=_ENDS), called(alone, before="(?<![一-龠])")


def stage_in(text: str) -> str | None:
    """概算要求, 当初予算 or 補正予算, when a question names one."""
    if re.search("補正", text) and re.search("要求", text):
        return None
    if re.search(r"補正(?:予算|の|額|で|に|を|って|は)|月補正", text) and "補正後" not in text:
        return "補正予算"
    if re.search(r"概算(?!払)|要求(?!水準|事項|に応|を満た|され)", text):
        return "概算要求"
    return "当初予算" if "当初予算" in text else None
