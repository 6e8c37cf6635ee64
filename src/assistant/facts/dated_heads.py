"""Heads that print each year's budget behind its year, 「（R8: 24,680千円、R7: 21,400千円）」."""

from __future__ import annotations

import re

from ..layout import Line
from ..programs import Part
from ..programs.cut import cut_years
from ..records import FactKind, Figure, FigureKind
from .compared import signed
from .make import Say

_OF_YEAR = re.compile(r"(?:令和|平成|[RHＲＨ])[\s　]?[0-9０-９元]{1,2}(?:年度?)?[^\s　、，（(：:]{0,8}[：:]?[\s　]*$")
_CHANGE = re.compile(
    r"[（(、，,][\s　]*(?:(?:対|前年)[^（()）。]{0,24}[\s　、，,]|対?前年度(?:当初)?(?:予算)?(?:額|比|から)?)?"
    r"[\s　]*約?[▲△+＋]?$"
)
_WAY = re.compile(r"[\s　]*の?(?P<way>増|減)(?![税免価額産員設])")
_BRACKET = re.compile(r"[（(][\s　]*(?:対|前年)[^（()）。]*$")
_CHANGED = (FigureKind.MONEY, FigureKind.PERCENT)


def is_broken_head(lines: tuple[Line, ...], part: Part, line: Line) -> bool:
    """Whether the head of ``part`` is a bracket of amounts by year over two lines, of which ``line`` is one."""
    if part.title_line is None or part.title_line >= len(lines):
        return False
    title, below = lines[part.title_line - 1], lines[part.title_line]
    return line.number in (title.number, below.number) and cut_years(title, below)


def of_a_year(raw: str, figure: Figure) -> Say | None:
    """A budget, where its year stands right before the amount."""
    dated = figure.kind is FigureKind.MONEY and _OF_YEAR.search(raw[: figure.start])
    return Say(FactKind.BUDGET) if dated else None


def grown_by(raw: str, figure: Figure) -> tuple[Figure, Say] | None:
    """「（対前年度 1,200千円増、3.1％増）」 behind a budget: by how much it has changed."""
    way = _WAY.match(raw, figure.end)
    opened = _BRACKET.search(raw[: figure.start])
    if figure.kind not in _CHANGED or not way or not opened or not _CHANGE.search(raw[: figure.start]):
        return None
    less = way["way"] == "減"
    item = "前年度からの減" if less else "前年度からの増"
    return signed(figure, less=less), Say(FactKind.BUDGET_CHANGE, item=item)
