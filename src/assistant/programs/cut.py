"""A program's name whose bracket the end of the line cut: 「○ 空き家改修事業〔住宅」 over 「政策課〕　8,400千円」."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import find_figures
from ..layout import Line
from ..records import FigureKind
from .names import clean_name, take_flags
from .parts import Part
from .titles import program_in

_OPENED = re.compile(r"[〔【［\[（(][^〔〕【】［］\[\]（）()]{0,20}$")
#: 「○ 実証支援事業【拡充】（R8: 18,000千円、」 over 「R7: 6,000千円）〔商工課〕」
_YEARS_OPENED = re.compile(r"[（(](?:令和|平成|[RHＲＨ])[\s　]?[0-9０-９元][^（()）。]*$")
_YEARS_CLOSED = re.compile(r"^[^（()）。]{1,40}[)）][\s　]*(?:[〔［\[【][^〕］\]】]*[〕］\]】])?[\s　]*$")
_LONGEST_HEAD = 30  # letters of the beginning of a name
_CLOSED = re.compile(r"^[^〔〕【】［］\[\]（）()。、0-9０-９]{0,14}[〕】］\]）)](?=[\s　]|$)")


def cut_bracket(above: Line | None, line: Line) -> str | None:
    """What ``line`` begins with where it closes the bracket that a marked line right ``above`` it opens."""
    if above is None or above.tabular or not above.markers or line.markers or line.tabular:
        return None
    closed = _CLOSED.match(line.body)
    return closed.group() if closed and _OPENED.search(above.body) else None


def cut_name(lines: tuple[Line, ...], above: Line | None, line: Line) -> bool:
    """Whether ``line`` goes on with the name that a line with a mark of its own (新, 【拡充】) begins right above it.

    「拡　中小企業省エネ設備」 over 「　　導入促進事業費　35,400」: the first alone is no program's name.
    """
    if above is None or above.tabular or above.markers or line.markers or line.tabular or line.indent <= above.indent:
        return False
    head, flags = take_flags(above.body)
    starts = bool(flags) and not above.body.startswith(head) and head.strip() and above.body.endswith(head.strip())
    apart = above.number == 1 or lines[above.number - 2].blank
    short = 4 <= len(head) <= _LONGEST_HEAD and not find_figures(head) and "。" not in head
    return bool(starts) and apart and short and program_in(clean_name(head)) is None


def cut_years(above: Line | None, line: Line) -> bool:
    """Whether ``line`` closes the bracket of amounts by year that a marked line right ``above`` it opens."""
    if above is None or above.tabular or not above.markers or line.markers or line.tabular:
        return False
    return bool(_YEARS_OPENED.search(above.body) and _YEARS_CLOSED.match(line.body))


def give_back(parts: list[Part], line: Line, title: Line, *, inside: bool) -> None:
    """What the amount on ``line`` is of stands on the line ``title`` above it, and is no part of what ends there."""
    last = parts[-1] if parts and title is not line else None
    if last is None or last.line_end != title.number or not (inside or last.form == "section"):
        return
    if title.number in (last.title_line, last.line_start):
        parts.pop()
    else:
        parts[-1] = replace(last, line_end=max(last.line_start, title.number - 1))


def goes_on_in_bracket(above: Line | None, line: Line, end: int) -> bool:
    """「（令和7年度 720億円）がある。」 below an amount goes on with the sentence of ``above``, on line ``end``."""
    if above is None or above.number != end or line.markers or line.tabular or line.body[:1] not in "（(":
        return False
    figures = [figure for figure in find_figures(above.body) if figure.kind is FigureKind.MONEY]
    return bool(figures) and not above.body[figures[-1].end :].strip(" 　*")
