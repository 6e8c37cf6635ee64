"""What a note or a sentence elsewhere says of a figure: 「※2年間の総額で…」, 「…場合は次の額を上乗せします」."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from ..records import FactKind, Figure, FigureKind
from .grants import asks
from .make import Say
from .scopes import Scope

_STARRED = (FactKind.SUBSIDY_LIMIT, FactKind.SUBSIDY_RATE, FactKind.LOAN_LIMIT, FactKind.LIMIT_ADDITION)
_STAR = re.compile(
    r"^(?:以内|まで|以下)?[\s　]*[（(^]{0,2}(?P<mark>[※＊*][0-9０-９]{0,2})[)）]?[\s　]*(?:$|[、，,／/])"
)
_NOTE = re.compile(r"^[\s　（(]*(?P<mark>[※＊](?:[0-9０-９]{1,2}(?=[\s　：:．.)）]))?)")


def starred(raw: str, start: int, figure: Figure, say: Say, scope: Scope, line: int) -> Say:
    """``say`` with the case of the figure that carries the ※ of this note.

    ``raw`` is the line numbered ``line``, ``start`` where the piece with ``figure`` begins in it; only a note on its
    own line is looked at.
    """
    mark = _STAR.match(raw[figure.end : figure.end + 40])
    if mark and say.condition:
        scope.star(_plain(mark["mark"]), say.condition)
    note = _NOTE.match(raw) if not raw[:start].strip() else None
    case = scope.case_of(_plain(note["mark"]), line) if note else None
    if case is None or say.kind not in _STARRED:
        return say
    own = say.condition if say.condition and case not in say.condition else None
    return replace(say, condition=f"{case} {own}" if own else case)


def added(scope: Scope, figure: Figure, say: Say) -> Say:
    """An amount of the list below 「…場合は次の額を上乗せします」 is added in that case."""
    told = say.kind in (FactKind.OTHER, FactKind.BREAKDOWN)  # 「認定を受けた場合　20万円」 names no part of a budget
    if scope.added is None or figure.kind is not FigureKind.MONEY or not told or asks(figure, ""):
        return say
    own = say.condition or (say.item if say.kind is FactKind.BREAKDOWN else None)
    condition = f"{scope.added} {own}" if scope.added and own else scope.added or own
    part = None if say.kind is FactKind.BREAKDOWN else say.subprogram
    return replace(say, kind=FactKind.LIMIT_ADDITION, subprogram=part, item=None, condition=condition or None)


def _plain(mark: str) -> str:
    return unicodedata.normalize("NFKC", mark).replace("*", "※")
