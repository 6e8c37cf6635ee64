"""Rates by number, 「(1)年0.8% (2)年0.6%」: what the numbers stand for, by the list above in the same column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from ..figures import find_figures
from ..layout import Line
from ..programs.names import squeeze
from ..records import Fact

_BACK = 12  # rows above a rate in which its list may stand
_NUMBER = r"[(（][\s　]*[0-9０-９]{1,2}[\s　]*[)）]"
_NUMBERS = re.compile(rf"{_NUMBER}(?:[\s　]*[,、，～~・\-－]?[\s　]*{_NUMBER})*")
_ENTRY = re.compile(
    rf"(?P<number>{_NUMBER})[\s　]*(?P<text>[^\s　(（年0-9０-９][^(（]*(?:[(（](?![\s　]*[0-9０-９])[^(（]*)*)"
)
_ITEM = re.compile(rf"(?:^|[\s　、。])(?P<number>{_NUMBER})[\s　]*(?=[^\s　])")
_WORDED = re.compile(r"[ぁ-んァ-ヶ一-龥]{2}")
_LONGEST = 240


def with_meanings(lines: Sequence[Line], facts: Sequence[Fact]) -> list[Fact]:
    """Facts whose condition is a number or several get the words of those numbers as their note."""
    return [_with_meaning(lines, fact) if _is_numbered(fact) else fact for fact in facts]


def _is_numbered(fact: Fact) -> bool:
    return fact.note is None and fact.condition is not None and _NUMBERS.fullmatch(fact.condition) is not None


def _with_meaning(lines: Sequence[Line], fact: Fact) -> Fact:
    line = lines[fact.line_start - 1]
    if not line.tabular:
        return _told_above(lines, fact)
    if "\t" not in line.raw:
        return fact
    column = line.raw[: int(fact.fact_id.rsplit(":", 1)[1])].count("\t")
    wanted = _numbers(fact.condition or "")
    for cell in line.raw.split("\t")[:column]:  # 「対象：(1) … (2) …」 in the same row
        beside = _items(cell)
        if all(number in beside for number in wanted):
            return replace(fact, note="、".join(f"({number})＝{beside[number]}" for number in wanted))
    for above in reversed(lines[max(0, fact.line_start - 1 - _BACK) : fact.line_start - 1]):
        if not above.tabular:
            break
        cells = above.raw.split("\t")
        entries = _entries(cells[column]) if column < len(cells) else {}
        if entries:
            known = [f"({number})＝{entries[number]}" for number in wanted if number in entries]
            return replace(fact, note="、".join(known)) if len(known) == len(wanted) else fact
    return fact


def _told_above(lines: Sequence[Line], fact: Fact) -> Fact:
    """「■対象者　(1) 起業する者　(2) 移住する者」 over 「■補助率　(1) 1/2　(2) 2/3」."""
    wanted = _numbers(fact.condition or "")
    for above in reversed(lines[max(0, fact.line_start - 1 - _BACK) : fact.line_start - 1]):
        if above.blank or above.tabular:
            break
        items = _items(above.raw)
        if items and all(number in items for number in wanted) and not any(map(find_figures, items.values())):
            return replace(fact, note="、".join(f"({number})＝{items[number]}" for number in wanted))
    return fact


def _entries(cell: str) -> dict[int, str]:
    """The words behind each number of a list; none when the cell is no list of words."""
    found = {
        _value(match["number"]): squeeze(match["text"]).rstrip(" 　、。")[:_LONGEST] for match in _ENTRY.finditer(cell)
    }
    return found if 1 in found and len(found) > 1 else {}


def _items(cell: str) -> dict[int, str]:
    """「(1) 創業前の者 (2) 女性・若者（40歳未満）の創業」: the words behind each number, up to the next one."""
    starts = [*_ITEM.finditer(cell)]
    ends = [match.start() for match in starts[1:]] + [len(cell)] * bool(starts)
    found = {
        _value(match["number"]): squeeze(cell[match.end() : end]).strip(" 　、。")[:_LONGEST]
        for match, end in zip(starts, ends, strict=True)
    }
    return found if 1 in found and len(found) > 1 and all(map(_WORDED.search, found.values())) else {}


def _numbers(condition: str) -> list[int]:
    """(1), (3)～(5) → 1, 3, 4, 5."""
    found: list[int] = []
    joined = ""
    for piece in re.split(rf"({_NUMBER})", condition):
        if not re.fullmatch(_NUMBER, piece):
            joined = piece
            continue
        number = _value(piece)
        first = found[-1] + 1 if found and re.search(r"[～~\-－]", joined) else number
        found += range(first, number + 1) if first <= number else [number]
        joined = ""
    return found


def _value(printed: str) -> int:
    return int(re.sub(r"\D", "", unicodedata.normalize("NFKC", printed)))
