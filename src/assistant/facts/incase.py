"""Amounts in brackets of which a note says for what case they are: 「（　）内は、賃上げを行う場合の上限額」."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..layout import Line
from ..records import Fact, FactKind

_NOTE = re.compile(
    r"[（(][\s　]*[)）]\s*(?:書き?)?内?(?:の(?:数字|数値|金額|額|率))?は、?[\s　]*"
    r"(?P<case>[^。、（）()]{2,40}?(?:場合|とき|事業者|企業|団体))(?:の(?P<what>[^。、]{0,12})|[。\s　]*$)"
)
_LIMITS = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)
_RATES = (FactKind.SUBSIDY_RATE, FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE)
_BEHIND_FIGURE = re.compile(r"[0-9０-９円％%内下上][\s　]*[（(][\s　]*$")
REACH = 60  # lines above the note


def in_their_case(lines: Sequence[Line], facts: list[Fact]) -> list[Fact]:
    """The facts of a program's ``lines``; those in brackets hold for the case that the note below them names."""
    notes = [(line.number, found) for line in lines if (found := _NOTE.search(line.raw))]
    return list(_told(lines, facts, notes)) if notes else facts


def _told(lines: Sequence[Line], facts: list[Fact], notes: list[tuple[int, re.Match[str]]]) -> Iterator[Fact]:
    first = lines[0].number
    for fact in facts:
        place = bisect_right(notes, fact.line_start, key=_line_of)
        note = notes[place][1] if place < len(notes) and notes[place][0] - fact.line_start <= REACH else None
        raw = lines[fact.line_start - first].raw
        start = int(fact.fact_id.rsplit(":", 1)[1])
        closed = raw[start + len(fact.text) :].lstrip(" 　")[:3].lstrip("以内上下")[:1] in ("）", ")")
        inside = closed and _BEHIND_FIGURE.search(raw[:start])
        if note is None or not inside or fact.kind not in _kinds(note["what"] or ""):
            yield fact
        else:
            case = note["case"]
            yield replace(fact, condition=f"{fact.condition}、{case}" if fact.condition else case)


def _line_of(note: tuple[int, re.Match[str]]) -> int:
    return note[0]


def _kinds(what: str) -> tuple[FactKind, ...]:
    if "率" in what:
        return _RATES
    return _LIMITS if re.search(r"額|上限|限度", what) else (*_LIMITS, *_RATES)
