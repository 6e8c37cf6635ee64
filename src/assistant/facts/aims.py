"""Aims printed with their year, 「R8目標 120件、R7見込 104件」, and where things stood, 「（令和6年度 54.5％）」."""

from __future__ import annotations

import re

from ..figures import fiscal_year, year_number
from ..records import FactKind, Figure, FigureKind

_YEAR = r"(?:令和|平成|[RHＲＨ])[\s　]?[0-9０-９元]{1,2}(?:年度?)?末?"
#: The name of an amount that is an aim: 「輸出額の目標」, 「輸出額の目標　R10年度」.
AIMED = re.compile(rf"目標(?:値|額|数)?(?:[\s　：:（(]*{_YEAR}(?:まで)?)?$")
_AIM = re.compile(
    rf"(?:{_YEAR}の?目標(?:値|額|数)?|目標(?:値|額|数)?[\s　：:（(]+{_YEAR}(?:まで)?)"
    r"[にはを：:\s　]*(?:約|延べ|年間)?[\s　]*$"
)
_AIM_IN_MONEY = re.compile(r"[^\s　、。]の?目標(?:額|値)[：:はを\s　]*約?[\s　]*$")
_STOOD = re.compile(rf"(?P<year>{_YEAR})の?(?:実績|見込み?|現状|決算)(?:値|額|数)?[はを：:\s　]*(?:約|延べ)?[\s　]*$")
_BESIDE = re.compile(
    rf"(?:以上|以下|以内|程度|超)?[\s　]*[（(][\s　]*(?P<year>{_YEAR})の?(?P<told>実績|見込み?|現状|決算)?(?:値|額|数)?"
    r"[はを：:\s　]*(?:約|延べ)?[\s　]*"
)


def dated_aim(figure: Figure, sentence: str) -> FactKind | None:
    """What the word with its year right before a figure makes of it: an aim, or what was reached."""
    if _AIM.search(sentence):
        return FactKind.TARGET
    if figure.kind is FigureKind.MONEY and _AIM_IN_MONEY.search(sentence):
        return FactKind.TARGET
    if _STOOD.search(sentence) and "目標" in sentence:
        return FactKind.COUNT if figure.kind is FigureKind.COUNT else FactKind.OTHER
    return None


def year_of_aim(sentence: str) -> str | None:
    """The year that stands with 目標 or 実績 right before a figure."""
    found = _AIM.search(sentence) or _STOOD.search(sentence)
    year = re.search(_YEAR, found.group()) if found else None
    return _as_year(year.group()) if year else None


def stood_at(between: str, year: str) -> str | None:
    """The earlier year for which a figure is given beside an aim; ``between`` is what stands between the two."""
    found = _BESIDE.fullmatch(between)
    told = _as_year(found["year"]) if found else None
    own, then = year_number(year), year_number(told) if told else None
    if found is None or told is None or then is None:
        return None
    return told if found["told"] or (own is not None and then < own) else None


def _as_year(printed: str) -> str | None:
    """「R8」, 「令和8年度末」 → 令和8年度."""
    plain = re.sub(r"年?度?末?$", "", printed)
    return fiscal_year(f"{plain}年度")
