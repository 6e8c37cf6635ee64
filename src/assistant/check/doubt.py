"""When a figure that no fact states is not contradicted: what it is told of is open."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..figures import same_value
from ..records import Fact, FactKind, FigureKind
from ..values import as_figure
from .bounds import LIMITS, is_share
from .growth import is_difference, is_told_otherwise
from .own import is_limit_called, is_worked_out
from .place import Place
from .rounding import is_near, is_within

_LIMIT_WORD = re.compile(r"上限|限度|最大|最高|まで|以内|以下")
_LINK = r"[」』）)】\]]*(?:では|には|なら|とは|は|が|も|：|:|、|,|…|・|→|⇒|[|｜ 　\t\n])*(?:約|各)?[ 　]*"
_NAMED = re.compile(rf"＿{_LINK}$")
_BY = re.compile(
    r"＿[」』）)]*(?:で|から|を(?:使|活用|利用)[^、。0-9０-９]{0,6})[ 　、]*(?:約|計|[0-9０-９]+[件社者名])?[ 　]*$"
)
_ENDS = re.compile(
    r"[ 　]*(?:[)）」]|です|でし|だ|で[すし、。は]|と|の?みたい|らしい|[、。,，・/／|｜×✕\s（(？?！!]|か|$)"
)
_SHARES = (FigureKind.PERCENT, FigureKind.RATE)
_OF_SHARE = re.compile(r"(?:に(?:あた|当た|相当)[るす]る?|の|は|が|で|だと|なら|、|[ 　（(])*(?:約)?")
_HALF = re.compile(r"(?:半分|半額|倍|平均)(?:に(?:あた|当た|相当)[るす]る?|の|は|が|で|だと|なら|[ 　（(])*(?:約)?$")
_IN_CASE = re.compile(
    r"(?:場合|とき|際|なら|であれば|れば|ば|たら)(?:に限り|のみ)?(?:では|には|は|に|、|：|:|[ 　])*"
    r"(?:[^、。0-9０-９]{0,8}(?:は|が|を))?(?:約)?$"
)
_CASE_NAMED = re.compile(
    r"＿の?(?:場合|とき|際|なら|であれば)(?:に限り|のみ)?(?:では|には|は|に|、|：|:|[ 　])*(?:約)?$"
)


def is_doubtful(place: Place, about: Iterable[Fact], every: Iterable[Fact], part: str | None, *, called: bool) -> bool:
    """Whether a figure may well be right, or another's, although no fact of ``about`` states it.

    ``every``: the facts of its kinds before the case, the year and the stage chose among them; ``part``: that which
    is spoken of; ``called``: whether a word calls the figure something.
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
    if _is_derived(place) or all(is_share(fact, place) for fact in about):
        return True
    return _may_be_anything(place, about, part, called=called)


def _is_derived(place: Place) -> bool:
    """Whether an amount is told as a share of another (予算の1割にあたる800万円)."""
    shares = [one.end for one in place.figures if one.kind in _SHARES and one.end <= place.figure.start]
    return (
        place.figure.kind is FigureKind.MONEY
        and not is_limit_called(place)
        and bool((shares and _OF_SHARE.fullmatch(place.before, shares[-1])) or _HALF.search(place.before))
    )


def _may_be_anything(place: Place, about: list[Fact], part: str | None, *, called: bool) -> bool:
    """An amount is held to be a limit only where a word calls it one, or its name alone stands before it.

    What somebody gets by a program (…で800万円) is no budget, unless a word says so.
    """
    if place.figure.kind is not FigureKind.MONEY:
        return False
    if not any(fact.kind in LIMITS for fact in about):
        return not called and bool(_BY.search(place.bare))
    if is_limit_called(place) or _LIMIT_WORD.search(place.words):
        return False
    named = _NAMED.search(place.bare) or (part and re.search(rf"{re.escape(part)}{_LINK}$", place.before))
    return not (named and _ENDS.match(place.after))
