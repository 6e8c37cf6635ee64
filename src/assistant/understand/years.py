"""The fiscal year of a question: said outright, by the clock, or beside the year of what is asked about."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from ..figures import fiscal_year, year_label, year_number
from ..lexicon import table
from ..records import FactKind
from .pointing import names_money

#: The year before that of the document that a question is answered from.
LAST_YEAR = "前年度"
_MONEY = (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED, FactKind.BUDGET_CHANGE)
_COUNT = r"(?:[0-9０-９]{1,2}|元|[一二三四五六七八九十]{1,3})"
_YEAR = re.compile(
    rf"(?<![A-Za-z0-9])(?P<era>令和|平成|昭和|R|H|Ｒ|Ｈ)\s*(?P<count>{_COUNT})\s*年?(?P<fiscal>度)?(?![A-Za-z0-9０-９])"
    r"|(?<![A-Za-z0-9])(?P<west>[12１２][0-9０-９]{3})\s*(?:年(?P<west_fiscal>度)?|(?=当初|要求|予算))"
)
_ERA = "令和"  # that a year without an era is of
# 「元年度の当初は?」, 「8年度の予算は」; 「2年度にわたり」 is a length of time
_BARE = re.compile(
    rf"(?<![0-9０-９A-Za-z令和平成昭和一-龠第])(?P<count>{_COUNT})\s*年度(?!目|間|分|連続|続け|ごと|以内|以上|ほど|くらい|に(?:わた|また)"
    r"|(?:の?(?:当初|現計|予算))?(?:で(?:は)?な|じゃな|より|と比|に比|に対|を(?:土台|基準|相手|もと)|比))"
)
# 「令和7年度から8年度」: a year of the same era
_SHORT = re.compile(rf"(?<![0-9０-９A-Za-z令和平成昭和])(?P<count>{_COUNT})\s*年度")
_RELATIVE = {"一昨年度": -2, "一昨年": -2, "おととし": -2, "去年度": -1, "昨年度": -1, "去年": -1, "昨年": -1} | {
    "今年度": 0,
    "本年度": 0,
    "今年": 0,
    "本年": 0,
    "再来年度": 2,
    "再来年": 2,
    "来年度": 1,
    "来年": 1,
}
_CLOCK = re.compile("|".join(sorted(_RELATIVE, key=len, reverse=True)))
_BEFORE = re.compile(r"前年度|前年|前の年度?|(?:その|ひとつ|一つ)前の?年?度?(?=は|の|だと|って|、|[？?])")


@dataclass(frozen=True, slots=True)
class When:
    """The year that documents are asked of, all years said, and the text without them.

    ``aim``: a year by which something is to be reached (令和4年度までに), no document's.  ``past``: the year before
    the document's is asked for (去年は?), where no document is of last year by the clock.
    """

    year: str | None
    said: tuple[str, ...]
    rest: str
    aim: str | None = None
    past: bool = False
    both: bool = False  # last year is what the year of the document is compared with: 「去年と同じ?」


def when(text: str, today: dt.date, held: Collection[int] = (), named: bool = False) -> When:
    """When a question asks about; ``held`` are the western years of the documents (none given: all may be).

    ``named``: it names a program, of whose document last year is meant where none is of last year by the clock.

    A Japanese fiscal year starts on 1 April.
    """
    said: list[str] = []
    aim: str | None = None
    text = rest = _without_denied_years(text)
    era = ""
    for match in _YEAR.finditer(text):
        label = _label(match)
        if label is None:
            continue
        era = match["era"] or era
        number = year_number(label)
        behind = text[match.end() :]
        if _is_case(behind) or (_is_aim(behind) and number not in held):
            aim = aim or _as_said(text, match)
        elif not _is_event(text[match.end() :], match):
            said.append(label)
        else:
            continue
        rest = rest.replace(match.group(), " ", 1)
    if said and era:
        rest = _with_short(rest, era, said)
    if not said:
        rest = _with_bare(rest, held, said)
    if said:
        return When(_latest(said, held), tuple(dict.fromkeys(said)), rest, aim)
    return _by_clock(rest, today, held if named or _says_no_more(rest) else (), aim)


def _without_denied_years(text: str) -> str:
    """The text without the years that it says not to mean (「令和6年度のは見た」), where another one is meant."""
    years = [*_YEAR.finditer(text), *_CLOCK.finditer(text)]
    years += [
        one for one in _BARE.finditer(text) if all(one.start() >= y.end() or one.end() <= y.start() for y in years)
    ]
    denied = {one: mark for one in years if (mark := _put_aside().match(text, one.end()))}
    if len(denied) == len(years):
        return text
    for one, mark in sorted(denied.items(), key=lambda pair: -pair[0].start()):
        text = f"{text[: one.start()]} {text[mark.end() :]}"
    return text


@cache
def _put_aside() -> re.Pattern[str]:
    return re.compile("|".join(table("years")["put_aside"]))


def with_last_year(kinds: tuple[FactKind, ...], time: When) -> tuple[FactKind, ...]:
    """The kinds asked for, of last year's where that is asked (去年は?), of both where two years are."""
    if (
        time.year and not time.said and not _BEFORE.search(time.rest)
    ):  # 「昨年度の予算」 is that of last year's document
        own = (FactKind.BUDGET if kind is FactKind.BUDGET_PREVIOUS else kind for kind in kinds)
        kinds = tuple(dict.fromkeys(own))
    if FactKind.BUDGET_PREVIOUS in kinds or FactKind.BUDGET_CHANGE in kinds:
        return kinds
    if time.past:
        last = tuple(FactKind.BUDGET_PREVIOUS if kind is FactKind.BUDGET else kind for kind in kinds)
        return last or (FactKind.BUDGET_PREVIOUS,)
    if time.both and FactKind.BUDGET in kinds:
        return (*kinds, FactKind.BUDGET_PREVIOUS)
    numbers = {year_number(label) for label in time.said}
    latest = year_number(time.year) if time.year else None
    if FactKind.BUDGET in kinds and latest is not None and latest - 1 in numbers:
        return (*kinds, FactKind.BUDGET_PREVIOUS)
    return kinds


def of_last_year(kinds: tuple[FactKind, ...], text: str) -> tuple[tuple[FactKind, ...], str | None]:
    """「前年度は何件だった?」: the kinds but last year's budget, and that last year's are asked."""
    others = tuple(kind for kind in kinds if kind not in _MONEY)
    if FactKind.BUDGET_PREVIOUS not in kinds or not others or names_money(text):
        return kinds, None
    return others, LAST_YEAR


def _label(match: re.Match[str]) -> str | None:
    plain = re.sub(r"\s", "", match.group()).removesuffix("年").removesuffix("度").removesuffix("年")
    return fiscal_year(f"{plain}年度")


def _as_said(text: str, match: re.Match[str]) -> str:
    """The year with the word behind it, as the condition of a figure would be printed."""
    tail = re.match(r"末?(?:までに|まで|以降|から)", text[match.end() :])
    return match.group() + (tail.group() if tail else "")


def _is_aim(behind: str) -> bool:
    """Whether a year is one that something is to be reached by, or to go on to."""
    return bool(re.match(_patterns("aim"), behind))


def _is_case(behind: str) -> bool:
    """Whether a year tells when the asker would do something: 「令和9年度に入ってからでも」."""
    return bool(re.match(_patterns("case"), behind))


def _is_event(behind: str, match: re.Match[str]) -> bool:
    """Whether a calendar year tells when something happened: 「2020年からのはやり病」."""
    if re.match(r"年\s*[0-9０-９]{1,2}月", behind):  # 「令和8年3月で終わる」
        return True
    if match["fiscal"] or match["west_fiscal"] or (match["era"] and "年" not in match.group()):
        return False
    return bool(re.match(_patterns("event"), behind))


def _with_short(rest: str, era: str, said: list[str]) -> str:
    for match in _SHORT.finditer(rest):
        label = fiscal_year(f"{era}{match['count']}年度")
        if label:
            said.append(label)
            rest = rest.replace(match.group(), " ", 1)
    return rest


def _with_bare(rest: str, held: Collection[int], said: list[str]) -> str:
    """Years without an era, where documents are of them or of the year after, or a figure of theirs is asked for."""
    for match in [*_BARE.finditer(rest)]:
        label = fiscal_year(f"{_ERA}{match['count']}年度")
        number = year_number(label) if label else None
        asked = re.match(_patterns("bare"), rest[match.end() :])
        if label and number is not None and (asked or number in held or number + 1 in held):
            said.append(label)
            rest = rest.replace(match.group(), " ", 1)
    return rest


def _latest(said: list[str], held: Collection[int]) -> str:
    """Of several years the later one: it is the document's, the other its last year's; held years before others."""
    known = [label for label in said if not held or year_number(label) in held] or said
    return max(known, key=lambda label: year_number(label) or 0) if len(set(known)) > 1 else known[0]


def _says_no_more(text: str) -> bool:
    """「去年は?」, 「じゃあ昨年度だと?」: a turn of nothing but the year."""
    return not re.sub("|".join(table("years")["no_more"]), "", re.sub("|".join(_RELATIVE), "", text))


def _by_clock(text: str, today: dt.date, held: Collection[int], aim: str | None) -> When:
    current = today.year if today.month >= 4 else today.year - 1
    said = [one for one in _CLOCK.finditer(text) if not _is_remark(one, text)]
    if not said:
        return When(None, (), text, aim, past=bool(_BEFORE.search(text)))
    words = {one.group(): one for one in said}
    offsets = {_RELATIVE[word] for word in words}
    rest = _CLOCK.sub(lambda one: " " if one.group() in words else one.group(), text)
    beside = offsets == {0, -1} or (offsets == {0} and bool(_BEFORE.search(rest)))
    if beside and held and current not in held:  # 「今年度と前年度の額」 of a document of an earlier year
        return When(None, (), rest, aim, both=True)
    if len(offsets) > 1:  # 「今年度と去年とで」: the later is the document's
        labels = tuple(year_label(current + offset) for offset in sorted(offsets, reverse=True))
        return When(_latest(list(labels), held), labels, rest, aim)
    word, match = next(iter(words.items()))
    year = current + _RELATIVE[word]
    behind = text[match.end() :]
    if _RELATIVE[word] < 0 and re.match(_patterns("than"), behind):  # 「去年より」: of no document of that year
        return When(None, (), rest, aim, both=True)
    if _RELATIVE[word] == -1 and held and year not in held and (not word.endswith("度") or _says_no_more(text)):
        return When(None, (), rest, aim, past=_is_asked(word, behind))
    return When(year_label(year), (), rest, aim)


def _is_remark(match: re.Match[str], text: str) -> bool:
    """Whether 去年, 今年 … tells of the asker's own life: when something befell them, how their costs have moved."""
    before, behind = text[: match.start()], text[match.end() :]
    own, than = _patterns("own"), _patterns("than")
    if re.search(own + "[^。？?]{0,16}$", before) and re.match(than, behind):
        return True
    if re.match(_patterns("measure"), behind) or re.match(f"{than}[^、。？?]{{0,6}}{own}", behind):
        return True
    if re.match(f"度?の?(?:うちの|当社の)?{own}{_patterns('own_moves')}", behind):
        return True
    return not match.group().endswith("度") and _is_story(behind)


def _is_story(behind: str) -> bool:
    """Whether 去年, 今年 … tells when something befell the asker: 「昨年、親会社が…」, 「来年の春、…」."""
    return bool(re.match(_patterns("story"), behind))


def _is_asked(word: str, behind: str) -> bool:
    """Whether 去年 asks for last year's figure: 「去年の予算は」, 「去年は?」."""
    return word.endswith("度") or bool(re.match(_patterns("asked"), behind))


def _patterns(name: str) -> str:
    return f"(?:{'|'.join(table('years')[name])})"
