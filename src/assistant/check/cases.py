"""Which case of a program (原則枠, 設備資金, 5人以下 …) a figure is told of, and the facts of that case."""

from __future__ import annotations

import re

from ..figures import find_figures
from ..records import Fact, FactKind, FigureKind
from ..tokens import fold
from .place import PIECE, Place, said_behind

_WAYS = re.compile(r"又は|または|若しくは|もしくは")  # each of them makes the case
_SHORT_WAYS = re.compile(r"又は|または|若しくは|もしくは|・")
_SAID_OF = re.compile(r"[のはがで者方、:(]")
_REFERENCE = re.compile(
    r"^(?:[(（]?[0-9]+[)）]?|[①-⑳])の(?=\S{3})"
)  # 「3の認定企業」: where the document tells of them
_LETTER = re.compile(r"[一-龠々ァ-ヶーa-z0-9]")
_SHORT = 3  # letters; a case of fewer (県, 国, 運転) is said only where it stands alone


def of_condition(place: Place, facts: list[Fact]) -> list[Fact]:
    """Facts of the case that was named last before the figure, or in brackets behind it.

    Where no case is named, a figure that holds without one is meant, if the document states one.
    """
    plain = fold(place.before + said_behind(place.sentence, place.figure.end))
    cases = {fact.condition: fold(fact.condition) for fact in facts if fact.condition}
    ends = {
        case: _said_until(case, plain, [one for one in cases.values() if one != own]) for case, own in cases.items()
    }
    last = max(ends.values(), default=-1)
    if last < 0:
        bare = {(fact.kind, fact.subprogram) for fact in facts if not fact.condition}
        bare |= {(FactKind.BREAKDOWN, fact.subprogram) for fact in facts}  # a share of a case speaks of it alone
        return [fact for fact in facts if not fact.condition or (fact.kind, fact.subprogram) not in bare]
    meant = _meant([case for case, end in ends.items() if end == last], plain)
    used = any(one.kind is place.figure.kind for one in find_figures(plain[last : len(fold(place.before))]))
    stated = set() if used else {fact.kind for fact in facts if fact.condition in meant}
    return [fact for fact in facts if fact.condition in meant or (fact.condition is None and fact.kind not in stated)]


def _meant(cases: list[str], plain: str) -> list[str]:
    """The longest of the cases that were said last; a shorter one too, where an amount stands within the longer."""
    longest = max(cases, key=len)
    whole = fold(longest)
    if whole in plain:
        return [longest]
    begin = min((at for part in _parts(longest) if (at := plain.rfind(part)) >= 0), default=0)
    amounts = (FigureKind.MONEY, FigureKind.RATE, FigureKind.PERCENT)
    return cases if any(one.kind in amounts for one in find_figures(plain[begin:])) else [longest]


def _said_until(case: str, plain: str, others: list[str]) -> int:
    """Where a case ends that is said last, -1 when it is not said.

    It is said by its whole name, by all its parts in any order, by the end of a long one (…専門家を活用する場合) or by
    one of its ways; an end or a way that another case has as well says nothing of which is meant.
    """
    own = _REFERENCE.sub("", fold(case))
    others = [other for other in others if own not in other]  # the case with more beside it
    found = _last_end(own, plain)
    parts = _parts(case)
    if found < 0 and len(parts) > 1:
        ends = [_last_end(part, plain) for part in parts]
        found = max(ends) if min(ends) >= 0 else -1
    if found < 0 and len(own) >= 2 * PIECE:
        pieces = [piece for piece in (own[-2 * PIECE :], *_WAYS.split(own)) if len(piece) >= 2 * PIECE]
        found = max((_last_end(one, plain) for one in pieces if not any(one in other for other in others)), default=-1)
    if found < 0 and len(ways := _SHORT_WAYS.split(own)) > 1:
        ends = [_last_end(way, plain) for way in ways if len(way) >= _SHORT and not any(way in one for one in others)]
        found = max((end for end in ends if _SAID_OF.match(plain, max(end, 0))), default=-1)
    return found


def _parts(case: str) -> list[str]:
    """The parts of a case: its row and its column, what must come together."""
    return [part for one in re.split(r"[、 　]+", case) if len(part := _REFERENCE.sub("", fold(one))) > 1]


def _last_end(words: str, plain: str) -> int:
    """Where words that are said last end; 「15人以下」 does not say 「5人以下」, nor a prefecture's name 「県」."""
    at = plain.rfind(words)
    while at >= 0:
        before, behind = plain[max(0, at - 1) : at], plain[at + len(words) : at + len(words) + 1]
        digits = before.isdigit() and words[0].isdigit()
        joined = len(words) < _SHORT and (_LETTER.match(before) or _LETTER.match(behind))
        if not digits and not joined:
            return at + len(words)
        at = plain.rfind(words, 0, at + len(words) - 1)
    return -1
