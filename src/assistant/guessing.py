"""What a document is, by its own words: title, office, region, year and stage of a file that no manifest lists.

The head of a document says it: a heading or a line that calls itself a budget, a plan, a list of programs, and the
office that signs it.  A place or a ministry is known by its form as well as from the lexicon, as there are more
offices than any list has.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from .figures import fiscal_year
from .lexicon import table
from .placenames import NATION, places_in_heading, towns_in
from .records import UNKNOWN

UNKNOWN_PUBLISHER, UNKNOWN_REGION, UNKNOWN_YEAR, UNKNOWN_STAGE = (
    f"{label}{UNKNOWN}" for label in ("発行者", "地域", "年度", "段階")
)
_HEAD = 15  # printed lines from the top in which a document names itself and its office
_TEXT = 60  # lines that are searched when the head is silent
_LONGEST_TITLE = 60
_LETTER = "一-龠々ヶヵァ-ヴーぁ-ん"
_OFFICE = re.compile(rf"[{_LETTER}・]*(部|局|課|室|庁|省|係|県|市|区|町|村|府|都|道)$")
_MARKUP = re.compile(r"^(?:<!--|#+|[■□◆◇●○▼【*\s])+|(?:-->|[■□◆◇●○】*\s])+$")
_ERA_YEAR = r"(?:令和|平成)[\s　]?[0-9０-９元]{1,2}[\s　]?(?:年度?)?"
_SPAN = re.compile(
    rf"{_ERA_YEAR}(?:[（(][0-9０-９]{{4}}(?:年度?)?[)）])?[\s　]*(?:[～〜~‐－―ー-]|から)[\s　]*"
    rf"(?:{_ERA_YEAR}|[0-9０-９]{{1,2}}年度?)"
)
_DONE_IN = re.compile(
    rf"(?P<year>{_ERA_YEAR})(?<=年度)の?(?:主な|重点)?(?:取組|取り組み|事業|予算|施策|実施計画|年次計画|版)"
)
_NUMBER = re.compile(r"^[0-9０-９ⅠⅡⅢIVX]{1,3}[.．、 　]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a document seems to be; each field says 不明 where its text tells nothing."""

    title: str
    publisher: str
    region: str
    fiscal_year: str
    stage: str


def guess(lines: tuple[str, ...], name: str) -> Guess:
    """Guess what the document of these lines is; ``name`` is its title when it has none."""
    title = _title(lines) or name
    publisher, region = _origin(title, lines)
    text = "\n".join([title, *lines[:_TEXT]])
    year = _year_of_plan(title, lines) or fiscal_year(title) or fiscal_year(text) or UNKNOWN_YEAR
    return Guess(title, publisher, region, year, _stage(title, text))


def _year_of_plan(title: str, lines: tuple[str, ...]) -> str | None:
    """「…プラン（令和5年度～令和9年度）」 over 「令和7年度の取組」 is of the year of which it tells what is done."""
    if not _SPAN.search(title):
        return None
    told = (_DONE_IN.search(_SPAN.sub(" ", _plain(line))) for line in lines[:_HEAD])
    found = next((match for match in told if match), None)
    return fiscal_year(found["year"]) if found else fiscal_year(_SPAN.sub(" ", title))


def _title(lines: tuple[str, ...]) -> str | None:
    """The first heading, or line, that calls itself a document; else the first heading; else the first line."""
    plain = [(line.lstrip().startswith("#"), _plain(line)) for line in lines[:40] if line.strip().count("\t") < 2]
    plain = [(heading, text) for heading, text in plain if text]
    named = [text for _, text in plain[:_HEAD] if len(text) <= _LONGEST_TITLE and _names_a_document(text)]
    headings = [text for heading, text in plain if heading]
    if headings and (_names_a_document(headings[0]) or not named):
        return headings[0]
    texts = [text for _, text in plain]
    return next(iter(named), None) or next((text for text in texts if len(text) >= 6), texts[0] if texts else None)


def _plain(line: str) -> str:
    return _NUMBER.sub("", " ".join(_MARKUP.sub("", line.strip()).split()))


def _names_a_document(text: str) -> bool:
    stages = table("stages")
    words = [*stages["title"]["words"], *(word for stage in stages["stage"] for word in stage["words"])]
    return not text.endswith(("。", "、")) and any(word in text for word in words)


def _origin(title: str, lines: tuple[str, ...]) -> tuple[str, str]:
    """Publisher and region: the title's place, the office that signs, else the place that is named most."""
    signed = [piece for line in lines[:_HEAD] for piece in re.split(r"[\s（）()：:、]+", _plain(line))]
    offices = [piece for piece in signed if _OFFICE.fullmatch(piece)]
    for origin in (_named(title), *map(_listed, offices), *map(_formed, offices)):
        if origin:
            return origin
    head = "\n".join([title, *lines[:_TEXT]])
    for name in table("regions")["national"]["publishers"]:
        if name in head and not _prefecture_in(head[:200]):
            return str(name), NATION
    whole = "\n".join(lines)
    region = _prefecture_in(head) or _prefecture_in(whole, most=True) or _most_named(whole)
    return (region, region) if region else (UNKNOWN_PUBLISHER, UNKNOWN_REGION)


def _named(text: str) -> tuple[str, str] | None:
    return _listed(text) or _formed(text)


def _listed(text: str) -> tuple[str, str] | None:
    """The ministry, prefecture or large city of the lexicon that a text names."""
    regions = table("regions")
    for name in regions["national"]["publishers"]:
        if name in text:
            return str(name), NATION
    cities = [city for listed in regions["prefectures"].values() for city in listed if city in text]
    found = _prefecture_in(text) or max(cities, key=len, default=None)
    return (found, found) if found else None


def _formed(text: str) -> tuple[str, str] | None:
    """The first name in a text that has the form of a place's or a ministry's."""
    places = places_in_heading(text)
    if not places:
        return None
    return places[0], NATION if places[0][-1] in "省庁" else places[0]


def _prefecture_in(text: str, *, most: bool = False) -> str | None:
    """The prefecture named first, or ``most`` often."""
    names: list[str] = list(table("regions")["prefectures"])
    counts = {name: text.count(name) for name in names}
    if most and not any(counts.values()):  # a prefecture's own paper often says 本県 and names only places
        counts = {name: text.count(name[:-1]) for name in names if len(name) > 2}
    found = [name for name in counts if counts[name]]
    if not found:
        return None
    return max(found, key=counts.__getitem__) if most else min(found, key=text.index)


def _most_named(text: str) -> str | None:
    """The place that a text names most often, if it names one more than once."""
    ranked = Counter(towns_in(text)).most_common(1)
    return ranked[0][0] if ranked and ranked[0][1] > 1 else None


def _stage(title: str, text: str) -> str:
    """By the title; a body speaks of other budgets too, so that the first one named there counts."""
    stages = [(str(stage["name"]), stage["words"]) for stage in table("stages")["stage"]]
    in_title = [(str(stage["name"]), [*stage["words"], *stage.get("title", ())]) for stage in table("stages")["stage"]]
    by_title = next((name for name, words in in_title if any(word in title for word in words)), None)
    if by_title:
        return by_title
    places = [(text.index(word), name) for name, words in stages for word in words if word in text]
    return min(places)[1] if places else UNKNOWN_STAGE
