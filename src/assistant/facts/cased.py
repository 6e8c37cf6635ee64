"""Fields whose cases stand in a column of their own: 「助成限度額：委託費　60万円」, with further lines below it."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import find_figures
from ..programs.names import squeeze
from ..records import FactKind, Figure, FigureKind
from .classify import is_fund
from .conditions import behind
from .make import Say
from .siblings import label_kind

_CASE = (
    r"(?P<case>[^\s　0-9０-９、。：:（()）「」]{2,24}(?:[（(][^（()）0-9０-９]{1,16}[)）])?)[\s　]+"
    r"(?:最大|上限)?[\s　]*"
)
_FIELD = re.compile(rf"^[\s　]*[-*+・○●■]?[\s　]*(?P<label>[^。：:、（(]{{2,14}})[：:][\s　]*{_CASE}$")
_FURTHER = re.compile(rf"^[\s　]*{_CASE}$")
_TAIL = re.compile(r"^(?:以内|まで|程度)?[\s　]*(?:[（(][^（()）0-9０-９]{1,24}[)）])?[\s　。]*$")
_LIMITS = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)
_NO_CASE = re.compile(
    r"(?:当たり|あたり|につき|月額|年額|日額|総額|合計|最大|原則|一律|予算額?|事業費)$|^(?:うち|約|計)"
)


def case_of_field(text: str, opened: FactKind | None) -> tuple[FactKind, str] | None:
    """The kind of limit that a line states for a case, and that case.

    ``opened`` is the kind of the field that the line above opened or went on with.
    """
    figures = [figure for figure in find_figures(text) if figure.kind is FigureKind.MONEY]
    if len(figures) != 1 or not _TAIL.match(text[figures[0].end :]):
        return None
    before = text[: figures[0].start]
    field = _FIELD.match(before)
    found = field or (_FURTHER.match(before) if opened else None)
    if found is None or _NO_CASE.search(found["case"]) or label_kind(found["case"]) in _LIMITS:
        return None
    kind = label_kind(re.sub(r"[\s　]", "", field["label"])) if field else opened
    return (kind, squeeze(found["case"])) if kind in _LIMITS and kind is not None else None


def say_case(text: str, figure: Figure, say: Say, told: tuple[FactKind, str], part: str | None, program: str) -> Say:
    """What is said of the amount of such a line, in ``part`` of ``program``."""
    if figure.kind is not FigureKind.MONEY:
        return say
    kind = FactKind.LOAN_LIMIT if is_fund(program) else told[0]
    case = told[1]
    meant = behind(text[figure.end :])
    return replace(say, kind=kind, subprogram=part, item=None, condition=f"{case}、{meant}" if meant else case)
