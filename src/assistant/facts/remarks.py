"""Remarks that hold a row's amount against last year's: 「前年度 998,500　増減額 49,920　増減率 5.0％」."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import read_cell
from ..layout import Cell
from ..records import Fact, FactKind
from .attributes import fact_at
from .make import Say, Source

_N = r"(?P<amount>[▲△]?[\s　]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+|[▲△]?[0-9０-９]{1,6})(?=[\s　、，。;；／/)）]|$)"
_AT = r"(?:^|(?<=[\s　、，。;；／/（(]))"
_BEFORE = re.compile(rf"{_AT}(?P<label>(?:前年度?|昨年度)(?P<said>当初)?(?P<told>予算)?額?)[\s　：:]*{_N}")
_CHANGE = re.compile(rf"{_AT}(?P<label>(?:対?前年度?)?(?:比較)?(?:増減|増△減|差引|比較)額?)[\s　：:]*{_N}")
_RATE = re.compile(r"(?:増減率|伸び?率|前年度?比)[\s　：:]*$")


def with_remarks(source: Source, cell: Cell, line: int, unit: str | None, facts: list[Fact]) -> list[Fact]:
    """The ``facts`` of a cell with last year's amount of the row and what it has changed by.

    Bare numbers are these where they add up to the row's own amount, or last year's is called a budget.
    """
    amount = source.part.amount
    before, change = _BEFORE.search(cell.text), _CHANGE.search(cell.text)
    told = any(column.role in ("budget_previous", "difference") for column in source.part.columns)
    if before is None or amount is None or not unit or told:
        return facts
    last = read_cell(before["amount"], unit)
    grown = read_cell(change["amount"], unit) if change else None
    sound = last is not None and grown is not None and (last.yen or 0) + (grown.yen or 0) == amount
    if last is None or last.yen is None or not (sound or before["said"] or before["told"]):
        return facts
    result = [_of_change(fact, cell) for fact in facts]
    for match, figure, kind in ((before, last, FactKind.BUDGET_PREVIOUS), (change, grown, FactKind.BUDGET_CHANGE)):
        if match is not None and figure is not None and (sound or match is before):
            start = match.start("amount") + figure.start
            moved = replace(figure, start=start, end=start + len(figure.text))
            result += fact_at(source, cell, line, moved, Say(kind, item=match["label"]))
    return result


def _of_change(fact: Fact, cell: Cell) -> Fact:
    rate = fact.kind is FactKind.OTHER and fact.unit == "%" and _RATE.search(cell.text.partition(fact.text)[0])
    return replace(fact, kind=FactKind.BUDGET_CHANGE, condition=None) if rate else fact
