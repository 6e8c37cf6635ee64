"""One figure of running text → its kind, condition and item."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..records import FactKind, Figure, FigureKind
from .conditions import condition_of, item_of, total_of
from .cues import Cue, nearest_cue
from .make import Say

_LAST_YEAR = re.compile(r"[（(]\s*(前年度|前年|昨年度)[^（()）]{0,12}$")
_LOWERED = re.compile(r"^\s*(引き?下げ|軽減|減免|引下げ)")
_PROJECT = re.compile(r"^\s*(間|にわたり|を限度に)?(の事業|支援|の支援|補助|実施)")
_SHARED = re.compile(r"[（(](?P<parts>[^（）()]{2,24}共通)[)）]")
_TELEPHONE = re.compile(r"[（(]?\s*(TEL|ＴＥＬ|電話番号|電話|℡|Tel|tel)?\s*[：:]?\s*$")
_COUNTED = (FactKind.COUNT, FactKind.TARGET, FactKind.OTHER, FactKind.BREAKDOWN)


@dataclass(frozen=True, slots=True)
class Context:
    """Where a figure stands: the section's role, the 枠 it is under, an example, and what was just said.

    ``since`` is the text between the figure before and this one, ``carried`` a 【case】 that still holds.
    """

    role: str
    subprogram: str | None
    example: str | None
    form: str
    since: str = ""
    carried: str | None = None
    office: str = ""


def classify(figure: Figure, context: Context, left: str, right: str) -> Say | None:
    """What to say of ``figure``; None for a year or date alone.

    ``left`` is what its unit says before it, ``right`` what stands behind it.
    """
    if figure.kind is FigureKind.YEAR:
        return None
    if figure.kind is FigureKind.PHONE:
        return Say(FactKind.PHONE, item=_office(left, context.office))
    sentence = left.rpartition("。")[2]
    ahead = re.split(r"[。\n]", right, maxsplit=1)[0]
    cue = nearest_cue(sentence, ahead, figure)
    kind = _kind(figure, cue, context, right)
    condition = context.example or _condition(figure, context, left)
    note = "引き下げる幅" if _LOWERED.match(right) else None
    flags = ("example",) if context.example else ()
    item = _item(kind, cue, context, right)
    item = None if item and condition and item in condition else item
    shared = _SHARED.search(ahead) if kind is FactKind.LIMIT_ADDITION or cue is not None else None
    if shared:  # 「（類型1～3共通）」 is said of every part, not of the one it is printed under
        return Say(kind, None, item, condition, flags, note or shared["parts"])
    return Say(kind, context.subprogram, item, condition, flags, note)


def _condition(figure: Figure, context: Context, left: str) -> str | None:
    if figure.kind is FigureKind.MONEY and (total := total_of(left)):
        return total
    since = context.since or left
    return condition_of(since.rpartition("。")[2], context.carried)


def _item(kind: FactKind, cue: Cue | None, context: Context, right: str) -> str | None:
    if kind in _COUNTED or cue is None:
        return item_of(context.since, right if kind in (FactKind.COUNT, FactKind.TARGET) else "")
    if cue.start < 0 or kind is FactKind.LIMIT_ADDITION:  # 「を補助」, 「さらに」 name no thing
        return None
    return re.sub(r"[\s　・：:]", "", cue.word) or None


def _kind(figure: Figure, cue: Cue | None, context: Context, right: str) -> FactKind:
    if figure.kind is FigureKind.PERIOD:
        return FactKind.PERIOD
    if context.role == "target" and (cue is None or cue.kind is not FactKind.SUBSIDY_RATE):
        return _target_kind(figure, right)
    if cue is not None and not _is_requirement(figure, cue, right):
        return (
            FactKind.BUDGET_PREVIOUS if cue.kind is FactKind.BUDGET and _LAST_YEAR.search(context.since) else cue.kind
        )
    if figure.kind is FigureKind.COUNT:
        return FactKind.COUNT
    if figure.kind is FigureKind.DURATION and _is_project_time(figure, right):
        return FactKind.PERIOD
    return FactKind.OTHER


def _target_kind(figure: Figure, right: str) -> FactKind:
    if figure.kind is FigureKind.DURATION:
        return FactKind.PERIOD if _is_project_time(figure, right) else FactKind.OTHER
    return FactKind.TARGET


def _is_project_time(figure: Figure, right: str) -> bool:
    return figure.bound in ("最大", "最長") or (figure.text.endswith("間") and bool(_PROJECT.match(right)))


def _is_requirement(figure: Figure, cue: Cue, right: str) -> bool:
    """「2/3以上が…支払われる」 or 「年率3%以上」 asks for something; it grants nothing."""
    if figure.kind not in (FigureKind.RATE, FigureKind.PERCENT) or cue.start < 0:
        return False
    return figure.bound == "以上" or bool(re.match(r"\s*以上", right))


def _office(before: str, above: str) -> str | None:
    line = before.rpartition("\n")[2]
    name = _TELEPHONE.sub("", line)
    name = re.sub(r"^[\s　\-・]*([^\s：:]{2,8}[：:])?|[\s　（(]+$", "", name)
    return name or above or None
