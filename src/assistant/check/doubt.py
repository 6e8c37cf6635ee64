"""When a figure that no fact states is not contradicted: what it is told of is open."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..figures import same_value
from ..records import Fact, FactKind, FigureKind
from ..values import as_figure
from .bounds import LIMITS
from .growth import is_difference, is_told_otherwise
from .own import is_limit_called, is_worked_out
from .place import Place
from .rounding import is_near, is_within

_LIMIT_WORD = re.compile(r"上限|限度|最大|最高|まで|以内|以下")
_LINK = r"[」』）)】\]]*(?:では|には|なら|とは|は|が|も|：|:|、|,|…|・|→|⇒|[|｜ 　\t\n])*(?:約|各)?[ 　]*"
_NAMED = re.compile(rf"＿{_LINK}$")
_ENDS = re.compile(
    r"[ 　]*(?:[)）」]|です|でし|だ|で[すし、。は]|と|の?みたい|らしい|[、。,，・/／|｜×✕\s（(？?！!]|か|$)"
)
_IN_CASE = re.compile(
    r"(?:場合|とき|際|なら|であれば|れば|ば|たら)(?:に限り|のみ)?(?:では|には|は|に|、|：|:|[ 　])*"
    r"(?:[^、。0-9０-９]{0,8}(?:は|が|を))?(?:約)?$"
)
_CASE_NAMED = re.compile(
    r"＿の?(?:場合|とき|際|なら|であれば)(?:に限り|のみ)?(?:では|には|は|に|、|：|:|[ 　])*(?:約)?$"
)


def is_doubtful(place: Place, about: Iterable[Fact], every: Iterable[Fact], part: str | None) -> bool:
    """Whether a figure may well be right, or another's, although no fact of ``about`` states it.

    ``every``: the facts of its kinds before the case, the year and the stage chose among them.
    """
    about = list(about)
    values = [as_figure(fact) for fact in about]
    if is_worked_out(place) or any(same_value(value, place.figure) or is_near(value, place) for value in values):
        return True  # what it says of that amount is turned round, or cut short
    if any(is_within(value, place.figure) for value in values):
        return True  # one of the amounts from 3,000万円 to 6,000万円
    if is_difference(place) and not any(fact.kind is FactKind.LIMIT_ADDITION for fact in about):
        return True
    if any(fact.kind is FactKind.BUDGET_CHANGE and is_told_otherwise(fact, place) for fact in about):
        return True
    in_case = _IN_CASE.search(place.before) and not _CASE_NAMED.search(place.bare)
    if in_case and any(same_value(as_figure(fact), place.figure) for fact in every):
        return True  # a case in other words than the document's
    return _may_be_anything(place, about, part)


def _may_be_anything(place: Place, about: list[Fact], part: str | None) -> bool:
    """An amount is held to be a limit only where a word calls it one, or its name alone stands before it."""
    if place.figure.kind is not FigureKind.MONEY or not any(fact.kind in LIMITS for fact in about):
        return False
    if is_limit_called(place) or _LIMIT_WORD.search(place.words):
        return False
    named = _NAMED.search(place.bare) or (part and re.search(rf"{re.escape(part)}{_LINK}$", place.before))
    return not (named and _ENDS.match(place.after))
