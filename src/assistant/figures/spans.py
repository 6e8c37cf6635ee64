"""Years, dates and periods: 令和2年度, 2020年5月1日, R4-R6, S45-, 4月1日～6月30日.

A point of time is a YEAR figure with the western year in ``number`` (None for a day without a year);
two points are a PERIOD with the western years in ``number_min`` and ``number_max`` (None for an open end).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..records import Figure, FigureKind
from .numerals import number_of
from .years import ERA_COUNT, KANJI_WEST, LETTERS, era_year, western_year

_DAY = (
    r" ?(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月"
    r"(?: ?(?P<day>3[01]|[12][0-9]|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]) ?日)?"
)
_POINT = re.compile(
    rf"(?:(?P<era>令和|平成|昭和|大正|明治) ?(?P<count>{ERA_COUNT})"
    r"|(?P<letter>[RHS])(?P<short>[0-9]{1,2})(?![0-9])"
    rf"|(?P<west>(?:19|20)[0-9]{{2}}(?![0-9])|{KANJI_WEST}))"
    r"(?P<rest>(?: ?(?P<fiscal>年度)"
    rf"|(?P<dots>[./-](?:1[0-2]|0?[1-9])[./-](?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"
    r"(?!(?:[.,][0-9.,]*[0-9])? ?[十百千万億]{0,3}[円%]))"  # 「1924.2.4万円」 is no date, 「2026.4.1 千葉県」 is one
    rf"| ?(?P<year>年)(?!間|目|生|以上|以下|以内)(?:{_DAY})?)?)"
)
_MONTH_DAY = re.compile(_DAY.removeprefix(" ?") + r"(?!間|以[内上下])")
_LATER_YEAR = re.compile(r"(?P<count>[0-9]{1,4}) ?(?P<suffix>年度|年(?!間|目|生|以|程|後))")
_LATER_DAY = re.compile(r"(?P<day>3[01]|[12][0-9]|0?[1-9]) ?日(?!間|以内|以上|程度)")
_WEEKDAY = re.compile(r" ?\([月火水木金土日](?:・?祝|曜日?)?\)")
_TO = re.compile(r" ?(?:~|-|ー|から|より) ?(?P<next>翌年?(?= ?[0-9]{1,2} ?月) ?)?")
_OPEN = re.compile(r" ?[~-](?=[\s、。,)\]」]|$)")
_DOTS = re.compile(r"[./-]")


@dataclass(frozen=True, slots=True)
class _Point:
    end: int
    year: int | None
    month: int | None = None
    day: int | None = None
    form: str = ""  # year, fiscal, letter, date, bare (digits alone, the start of 2020～2024年度)
    era: str | None = None


def read_span(text: str, start: int, *, cell: bool = False) -> Figure | None:
    """The year, date or period that starts at ``start`` of a folded text.

    In a table ``cell`` a single R5 is a period of one year; in running text it is a year.
    """
    first = _point(text, start)
    if first is None:
        return None
    second = _second(text, first)
    if second is not None:
        return _period(text, start, first, second)
    if first.form in ("bare", "month"):
        return None
    opened = _OPEN.match(text, first.end) if first.form in ("letter", "fiscal") else None
    if opened:
        return _period(text, start, first, _Point(opened.end(), None))
    if cell and first.form == "letter":
        return _period(text, start, first, first)
    number = None if first.year is None else float(first.year)
    return Figure(text=text[start : first.end], kind=FigureKind.YEAR, start=start, end=first.end, number=number)


def date_parts(text: str) -> tuple[tuple[int | None, int | None], ...]:
    """Month and day of the points of a folded year or period, to tell two dates of one year apart."""
    first = _point(text, 0)
    if first is None:
        return ()
    second = _second(text, first)
    return tuple((point.month, point.day) for point in (first, second) if point is not None)


def _period(text: str, start: int, first: _Point, second: _Point) -> Figure:
    return Figure(
        text=text[start : second.end],
        kind=FigureKind.PERIOD,
        start=start,
        end=second.end,
        number_min=None if first.year is None else float(first.year),
        number_max=None if second.year is None else float(second.year),
    )


def _point(text: str, start: int) -> _Point | None:
    found = _POINT.match(text, start)
    if found is None:
        return _month_day(text, start)
    year = _year(found)
    if year is None:
        return None
    if found["letter"] and not found["rest"] and not _stands_alone(text, found.end()):
        return None
    month, day = _month_and_day(found)
    return _Point(found.end(), year, month, day, _form(found), found["era"] or LETTERS.get(found["letter"] or ""))


def _month_day(text: str, start: int) -> _Point | None:
    found = _MONTH_DAY.match(text, start)
    if found is None:
        return None
    month, day = _count(found["month"]), _count(found["day"])
    return _Point(found.end(), None, month, day, "date" if day else "month")


def _count(word: str | None) -> int | None:
    value = number_of(word) if word else None
    return None if value is None else int(value)


def _year(found: re.Match[str]) -> int | None:
    if found["era"]:
        return era_year(found["era"], found["count"])
    if found["letter"]:
        return era_year(LETTERS[found["letter"]], found["short"])
    return western_year(found["west"])


def _month_and_day(found: re.Match[str]) -> tuple[int | None, int | None]:
    if found["dots"]:
        _, month, day = _DOTS.split(found["dots"])
        return int(month), int(day)
    return _count(found["month"]), _count(found["day"])


def _form(found: re.Match[str]) -> str:
    if found["fiscal"]:
        return "fiscal"
    if found["dots"] or found["month"]:
        return "date"
    if found["year"]:
        return "year"
    return "letter" if found["letter"] else "bare"


def _stands_alone(text: str, end: int) -> bool:
    # R5 is a year; R2D2, H2O and S-1 are names.
    following = text[end : end + 1]
    return not (following.isascii() and (following.isalnum() or following == "_")) and not "ァ" <= following <= "ー"


def _second(text: str, first: _Point) -> _Point | None:
    weekday = _WEEKDAY.match(text, first.end) if first.day else None
    separator = _TO.match(text, weekday.end() if weekday else first.end)
    if separator is None:
        return None
    second = _point(text, separator.end())
    if second is None or second.form == "bare":
        second = _later(text, separator.end(), first, wave=not separator[0].strip().startswith(("から", "より")))
    if second is None or (second.form == "month" and first.form not in ("month", "date")):
        return None
    if second.year is None and second.month is not None:
        year = first.year if first.year is None or not separator["next"] else first.year + 1
        second = _Point(second.end, year, second.month, second.day, second.form)
    if first.form == "bare" and second.form not in ("fiscal", "year"):
        return None
    if first.year is not None and second.year is not None and second.year < first.year:
        return None
    return _with_weekday(text, second)


def _with_weekday(text: str, point: _Point) -> _Point:
    weekday = _WEEKDAY.match(text, point.end) if point.day else None
    return _Point(weekday.end(), point.year, point.month, point.day, point.form, point.era) if weekday else point


def _later(text: str, start: int, first: _Point, *, wave: bool) -> _Point | None:
    """An end that leans on its start: 令和2～6年度, 2020～24年度, 4月1日～15日, R4～6."""
    found = _LATER_YEAR.match(text, start)
    if found and first.year is not None and first.form != "date":
        if found["suffix"] == "年" and not wave:
            return None
        year = _leaning_year(found["count"], first)
        form = "fiscal" if found["suffix"] == "年度" else "year"
        return None if year is None else _Point(found.end(), year, form=form)
    day = _LATER_DAY.match(text, start)
    if day and first.day is not None:
        return _Point(day.end(), first.year, first.month, int(day["day"]), "date")
    return None


def _leaning_year(count: str, first: _Point) -> int | None:
    assert first.year is not None
    if len(count) == 4:
        return int(count)
    if first.era:
        return era_year(first.era, count) if len(count) <= 2 else None
    return first.year // 100 * 100 + int(count) if len(count) == 2 else None
