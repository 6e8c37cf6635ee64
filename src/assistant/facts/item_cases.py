"""Items of a list that name a cost and what is paid of it: 「- 家賃：1/3、月額5万円まで」."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..figures import find_figures
from ..layout import Cell, Line
from ..layout.labels import plain
from ..programs.amounts import field_words
from ..programs.titles import program_in
from ..records import Fact, FactKind, FigureKind
from .siblings import label_kind

_NAMED = re.compile(
    r"^(?P<name>[^\s　：:。0-9０-９（()）][^：:。0-9０-９（()）]{1,36}(?:[（(][^（()）0-9０-９]{1,16}[)）])?)"
    r"[：:][\s　]*"
    r"(?=(?:補助率|助成率|上限|最大|月額|年額|定額|費用の|経費の|対象経費の|[0-9０-９]))"
)
_GRANTED = (FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT)
_SHARES = (FigureKind.RATE, FigureKind.PERCENT)
_FEWEST = 2  # such items make a list of costs


def with_items(lines: Sequence[Line], facts: Sequence[Fact]) -> list[Fact]:
    """The facts of a program, its rates and limits in such a list being those of the item that they stand in."""
    named = {line.number: name for line in lines if (name := _name(line))}
    told = {line for line in named if any(fact.line_start == line and fact.kind in _GRANTED for fact in facts)}
    if len({named[line] for line in told}) < _FEWEST:
        return list(facts)
    return [_told(fact, named) for fact in facts]


def _name(line: Line) -> str | None:
    return _named(line.body) if line.marker("-", "・", "①", "(n)") and not line.tabular else None


def _named(text: str) -> str | None:
    found = _NAMED.match(text.lstrip("・-　 "))
    if found is None:
        return None
    name, first = found["name"].strip(), next(iter(find_figures(text[found.end() :])), None)
    if program_in(name) or name in field_words() or label_kind(plain(name)) is not None:
        return None
    paid = first is not None and (first.kind in _SHARES or first.kind is FigureKind.MONEY)
    return name if paid else None


def items_of_cell(cell: Cell, line: int, facts: Sequence[Fact]) -> list[Fact]:
    """The facts of a cell of several lines, 「展示会：1/2（上限50万円）」 …, each under the item of its line."""
    named = [(number, start, start + len(text), _named(text)) for number, start, text in cell.printed(line)]
    if not cell.stretches or len({name for *_, name in named if name}) < _FEWEST:
        return list(facts)
    return [_told(fact, {fact.line_start: name}) if (name := _at(fact, named)) else fact for fact in facts]


def _at(fact: Fact, named: Sequence[tuple[int, int, int, str | None]]) -> str | None:
    at = int(fact.fact_id.rsplit(":", 1)[1])
    return next((name for number, start, end, name in named if number == fact.line_start and start <= at < end), None)


def _told(fact: Fact, named: Mapping[int, str]) -> Fact:
    name = named.get(fact.line_start)
    if name is None or fact.kind not in _GRANTED or fact.subprogram is not None:
        return fact
    own = fact.condition if fact.condition and fact.condition not in name else None
    item = None if fact.item and fact.item in name else fact.item
    return replace(fact, condition=f"{name}、{own}" if own else name, item=item)
