"""Where a question asks of: regions whose programs are meant, places the asker only speaks of, towns' own programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ..lexicon import table
from ..placenames import NATION, towns_in
from .places import Called, Places, called, named_places, prefectures, short_prefectures, towns

MASK = "〓"  # stands for a letter of a program's name, which is no place
_SHORT_ENDS = (
    r"(?=$|[\s、。,.？?!！・（()）「」A-Za-z0-9Ａ-Ｚ０-９〓]|[のにはがともを](?![ぁ-ん]*さん)|県内|で(?!すか)|だと|だけ|だっ|だ[。、けが]|なら|って"
    r"|じゃ|や(?![ぁ-んま])|や[一-龠ァ-ヶ]|から|へ|より|産|勢|発|あたり|など|側|版|限定|とか|方面|向け|周辺|近辺|在住|出身|生まれ|育ち|住[みま]|市内|なんで|です(?!か)|だけど|やけど|けど|さ[^んい])"
)
_HELD_ENDS = (  # behind the short name of a region that is held, anything but what makes it a person's or a longer name
    r"(?![一-龠々ァ-ヶーA-Za-z0-9Ａ-Ｚ０-９]|[ \u3000]?(?:さん|くん|ちゃん|さま|っ子)|ですか"
    r"|[のにはがともを][ぁ-ん]*さん|や[ぁ-ん]さん)"
    rf"|{_SHORT_ENDS}"
)
_TOWN_ENDS = (
    r"(?=で(?!す|ござ|しょ|も)|です(?:。|が|けど)|に(?!つい|関し|対し|よっ|は)|の(?![ぁ-ん]*さん)|から(?!い)|へ|あたり|近辺|周辺|近く|方面|在住|出身"
    r"|生まれ|育ち|・[一-龠ァ-ヶ]|、[一-龠]{2,4}(?:あたり|の)|さ(?:住|店|工|い)|。|港|駅前)"
)
_FAMILY_ENDS = (
    r"(?=で(?!す|ござ|しょ|も)|在住|あたり|周辺|近辺|に(?:住|工場|店|会社|引っ越|移)|から(?:来|引|移|越)|駅前"
    r"|[にさ][^、。？?はが]{0,8}(?:店|屋|工場|会社|カフェ|食堂)[をばの])"
)
_ALONE = r"(?<![一-龠々ァ-ヶーA-Za-z])"
_KANA_ALONE = r"(?:(?<=[はがもで、。\s])|(?<![ぁ-んァ-ヶー一-龠A-Za-z]))"  # before a name in hiragana
_ROW = re.compile(r"^(?:や|、|・|と|,|とか|か|から)$")
_SUFFIX = re.compile(r"[都道府県市区町村]$")


@dataclass(frozen=True, slots=True)
class Said:
    """The places of a question.

    ``regions`` are asked for, ``near`` are the asker's, ``places`` are towns whose own programs are asked for, and
    ``towns`` have the form of one that nobody knows here.  ``lived``: those of ``regions`` that are only the asker's.
    """

    regions: tuple[str, ...]
    near: tuple[str, ...]
    towns: tuple[str, ...]
    places: tuple[str, ...]
    rest: str  # the text without the names of regions
    lived: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    word: str
    region: str
    town: bool  # a town that points at its prefecture
    short: bool
    sort: str = "asked"  # home, going, others, own, or asked


def places_said(text: str, held: Places = ()) -> Said:
    """What a question says of places; names of programs in it are masked by :data:`MASK`."""
    known = {region for _, region in held}
    every = _found(text, held)
    found = _sorted_out(text, every)
    rest = _without(text, every)
    own = tuple(dict.fromkeys(one.word for one in found if one.sort == "own" and one.region not in _towns(known)))
    bare_town = re.search(_bare("town"), text)
    home = next((one for one in found if one.town or one.region in _towns(known)), None)
    if bare_town and not own and not any(one.region in _towns(known) for one in found):
        rather = re.search(_bare("not_prefecture"), text)
        if home and (rather or not re.search(_bare("prefecture"), text)):
            own = (f"{home.word}市" if home.short else home.word,)
        elif rather:
            own = (bare_town.group()[0],)
    regions, near = _asked(text, found, known, bool(bare_town))
    if own:
        return Said((), near, (), own, rest)
    towns = () if regions or near else tuple(towns_in(rest))
    lived = tuple(one for one in regions if one in near)
    return Said(regions, tuple(region for region in near if region not in regions), towns, (), rest, lived)


def _asked(text: str, found: list[_Place], known: set[str], bare_town: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The regions asked for, and those of the asker."""
    asked = _regions(one for one in found if one.sort in ("asked", "own") and not (one.town and one.short))
    going = _regions(one for one in found if one.sort == "going")
    home = _regions(one for one in found if one.sort == "home")
    loose = _regions(one for one in found if one.sort == "asked" and one.town and one.short)
    left = _regions(one for one in found if one.sort == "left")
    near = tuple(dict.fromkeys((*going, *home, *loose, *left)))
    if asked and (set(asked) != {NATION} or near):
        asked = _without_share(text, asked)
    if asked and not _only_spoken_of(text, found, asked, near, known):
        return asked, near
    bare = re.search(_bare("prefecture"), text) and not re.search(_bare("not_prefecture"), text)
    for one in (*going, *loose, *home):
        if one in known and (bare or (bare_town and one in _towns(known))):
            return (one,), near
    spoken_of = [region for region in _regions(one for one in found if one.sort == "others") if region in known]
    if len(spoken_of) == 1 and not near and (bare or len({one.region for one in found}) == 1):
        return (spoken_of[0],), near
    plain = _regions(one for one in found if one.sort in ("home", "going") and not one.town)
    held = tuple(region for region in plain if region in known)
    if held:
        return held[:1], near
    strange = tuple(region for region in plain if region not in known)
    there = set(near) - known  # 「盛岡で店を開く。県の補助は?」, of a prefecture that is not held
    if bare and len(there) == len(near) == 1 and not left and not re.search(_bare("leaving"), text):
        return near, ()
    moves = bare and re.search(_bare("leaving"), text)  # 「東京の会社です。地方に移る、県の補助は?」
    return (strange if not (moves or any(region in known for region in near)) else ()), near


def _only_spoken_of(
    text: str, found: list[_Place], asked: tuple[str, ...], near: tuple[str, ...], known: set[str]
) -> bool:
    """Whether strange regions alone are named beside the asker's own, and none is asked for its programs."""
    if any(region in known or region == NATION for region in asked) or not any(region in known for region in near):
        return False
    strange = [one for one in found if one.region in asked]
    return not any(re.match(_standing("own"), text[one.end :]) for one in strange)


def _without_share(text: str, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Without 国 where it is only the nation's share in what a prefecture spends, or what it recognizes a firm by."""
    nation = table("regions")["nation"]
    own = f"{nation['share']}|{nation['recognized']}"
    if NATION in asked and re.search(own, text) and not re.search(nation["program"], text):
        return tuple(region for region in asked if region != NATION)
    return asked


def _regions(places: Iterable[_Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.region for one in places))


def _towns(regions: Iterable[str]) -> set[str]:
    """The regions of documents that are towns."""
    return {region for region in regions if re.search("[市区町村]$", region)}


def _bare(name: str) -> str:
    return str(table("regions")["bare"][name])


def _without(text: str, found: list[_Place]) -> str:
    for one in sorted(found, key=lambda place: -place.start):
        text = f"{text[: one.start]} {text[one.end :]}"
    return re.sub(f"{MASK}+", " ", text)


def _found(text: str, held: Places) -> list[_Place]:
    """Every name of a place, longest first, none inside another; no other country's 国."""
    another = re.compile(table("regions")["nation"]["another"])
    return [
        _Place(one.start, one.end, one.word, one.region, one.town, one.short)
        for one in named_places(text, _groups(held))
        if not (one.region == NATION and another.search(text[: one.start]))
    ]


@cache
def _groups(held: Places) -> tuple[Called, ...]:
    """All that a question may call a place by, by what may stand around it."""
    regions = table("regions")
    national = {word: NATION for word in regions["national"]["words"] if not word.startswith("国")}
    own: dict[str, str] = {}
    heard = {word: region for word, region in regions["kana"].items() if region in dict(held)}
    short = {word: region for word, region in short_prefectures().items() if region not in dict(held)}
    for word, region in held:
        stem = _SUFFIX.sub("", word)
        if region != NATION and len(stem) > 1 and stem != word:
            own[stem] = region
    stems: dict[str, str] = {}
    for city, prefecture in towns().regions.items():
        if len(city) > 2 and city[:-1] not in regions["family"]["never"]:
            stems.setdefault(city[:-1], prefecture)
    stems |= {word: region for word, region in regions["areas"].items() if word not in stems}
    family = {stem: stems.pop(stem) for stem in regions["family"]["words"] if stem in stems}
    kana = {stem: stems.pop(stem) for stem in tuple(stems) if re.match("[ぁ-ん]", stem)}
    nation = Called(re.compile(f"(?P<name>{regions['nation']['alone']})"), {"国": NATION})
    return (
        called({**prefectures(), **regions["nicknames"], **national, **dict(held)}),
        towns(),
        called(own, after=f"(?:{_HELD_ENDS})", short=True),
        called(short, after=_SHORT_ENDS, short=True),
        called(heard, before="(?<![ぁ-ん])", after=f"(?:県|けん)?{_SHORT_ENDS}", short=True),
        called(stems, _ALONE, _TOWN_ENDS, town=True, short=True),
        called(kana, _KANA_ALONE, _TOWN_ENDS, town=True, short=True),
        called(family, _ALONE, _FAMILY_ENDS, town=True, short=True),
        nation,
    )


def _sorted_out(text: str, found: list[_Place]) -> list[_Place]:
    """Each place with how it is spoken of; in a row of places the last one tells."""
    sorted_out: list[_Place] = []
    behind: _Place | None = None
    for one in reversed(found):
        sort = _sort(text, one)
        in_row = behind is not None and _ROW.match(text[one.end : behind.start])
        if sort == "asked" and in_row and behind is not None and behind.sort in ("others", "home", "going"):
            sort = behind.sort
        behind = replace(one, sort=sort)
        sorted_out.append(behind)
    return [one for one in reversed(sorted_out) if one.sort != "refused"]


def _sort(text: str, place: _Place) -> str:
    after = text[place.end :]
    if re.match(r"(?:の(?:もの|やつ|ほう|方)?)?(?:じゃなく|ではなく|でなく|じゃない|以外)", after):
        return "refused"
    if place.region == NATION:  # 「国の補助に県が上乗せする」 asks for what is put on top
        return "others" if re.match(str(table("regions")["nation"]["topped"]), after) else "asked"
    if re.search(str(table("regions")["standing"]["home_before"]), text[: place.start]):
        return "home"
    if place.town and not place.short and re.match(_standing("own"), after):
        return "own"
    if re.match(str(table("regions")["standing"]["left"]), after):
        return "left"
    for sort in ("others", "going", "home"):
        if re.match(_standing(sort), after):
            return sort
    return "asked"


@lru_cache(10_000)
def _standing(name: str) -> str:
    return "|".join(table("regions")["standing"][name])
