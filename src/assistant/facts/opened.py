"""A bracket that goes on over the end of a line: 「（第三者承継の場合は2/3以内、」, 「　300万円）」 on the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..records import Figure
from .classify import GRANTED
from .make import Say


def left_open(text: str, said: Sequence[tuple[Figure, Say]]) -> Say | None:
    """What was said of the last figure of a text, where that stands in a bracket that the text does not close."""
    if not said:
        return None
    figure, say = said[-1]
    opened = max(text.rfind("（"), text.rfind("("))
    closed = max(text.rfind("）"), text.rfind(")"))
    return say if closed < opened < figure.start and say.kind in GRANTED and say.condition else None


def inside_still(text: str, figure: Figure, say: Say, above: Say | None) -> Say:
    """The figure, before the bracket closes, holds for the case and the part of the one ``above``."""
    if above is None or say.kind not in GRANTED or say.condition is not None:
        return say
    before, behind = text[: figure.start], text[figure.end :]
    closes = "）" in behind or ")" in behind
    if any(mark in before for mark in "（()）。") or not closes:
        return say
    return replace(say, condition=above.condition, subprogram=say.subprogram or above.subprogram)
