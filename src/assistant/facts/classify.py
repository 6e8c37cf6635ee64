"""One figure of running text → its kind, condition and item."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..records import FactKind, Figure, FigureKind
from .conditions import condition_of, item_of
from .cues import Cue, nearest_cue
from .make import Say

_LOWERED = re.compile(r"^\s*(引き?下げ|軽減|減免|引下げ)")
_PROJECT = re.compile(r"^\s*(間|にわたり|を限度に)?(の事業|支援|の支援|補助|実施)")


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


def classify(text: str, figure: Figure, context: Context, left: str) -> Say | None:
    """What to say of ``figure``, whose offsets count in ``text``; None for a year or date alone.

    ``left`` is everything said in its unit before it.
    """
    if figure.kind is FigureKind.YEAR:
        return None
    if figure.kind is FigureKind.PHONE:
        return Say(FactKind.PHONE, item=_office(text[: figure.start], context.office), subprogram=None)
    sentence = re.split(r"。", left)[-1]
    right = text[figure.end :]
    cue = nearest_cue(sentence, re.split(r"[。\n]", right)[0], figure)
    kind = _kind(figure, cue, context, left, right)
    condition = context.example or _condition(context, left, cue)
    note = "引き下げる幅" if _LOWERED.match(right) else None
    flags = ("example",) if context.example else ()
    return Say(kind, context.subprogram, _item(kind, cue, context), condition, flags, note)


def _condition(context: Context, left: str, cue: Cue | None) -> str | None:
    since = context.since or left
    return condition_of(re.split(r"。", since)[-1], context.carried)


def _item(kind: FactKind, cue: Cue | None, context: Context) -> str | None:
    if kind in (FactKind.COUNT, FactKind.TARGET, FactKind.OTHER, FactKind.BREAKDOWN) or cue is None:
        return item_of(context.since)
    return re.sub(r"[\s　・：:]", "", cue.word) or None


def _kind(figure: Figure, cue: Cue | None, context: Context, left: str, right: str) -> FactKind:
    if figure.kind is FigureKind.PERIOD:
        return FactKind.PERIOD
    if context.role == "target" and (cue is None or cue.kind is not FactKind.SUBSIDY_RATE):
        return _target_kind(figure, left, right)
    if cue is not None and not _is_requirement(figure, cue, right):
        return cue.kind
    if figure.kind is FigureKind.COUNT:
        return FactKind.COUNT
    if figure.kind is FigureKind.DURATION and _is_project_time(figure, right):
        return FactKind.PERIOD
    return FactKind.OTHER


def _target_kind(figure: Figure, left: str, right: str) -> FactKind:
    if figure.kind is FigureKind.DURATION:
        return FactKind.PERIOD if _is_project_time(figure, right) else FactKind.OTHER
    return FactKind.TARGET


def _is_project_time(figure: Figure, right: str) -> bool:
    return figure.bound in ("最大", "最長") or bool(_PROJECT.match(right)) and figure.text.endswith("間")


def _is_requirement(figure: Figure, cue: Cue, right: str) -> bool:
    """「2/3以上が…支払われる」 or 「年率3%以上」 asks for something; it grants nothing."""
    if figure.kind not in (FigureKind.RATE, FigureKind.PERCENT) or cue.start < 0:
        return False
    return figure.bound == "以上" or bool(re.match(r"\s*以上", right))


def _office(before: str, above: str) -> str | None:
    line = before.split("\n")[-1]
    name = re.sub(r"[（(]?\s*(TEL|ＴＥＬ|電話番号|電話|℡|Tel|tel)?\s*[：:]?\s*$", "", line)
    name = name.lstrip(" 　-・　").rstrip(" 　（(")
    return name or above or None
