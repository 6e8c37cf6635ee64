"""Sorts of what is counted, by its unit: who, things, times, places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..records import Fact, FigureKind
from ..tokens import search_form
from ..values import as_figure

_COUNTER = re.compile(
    r"何(社|者|人|名|企業|事業者|店舗?|先|団体|組合|法人|件|世帯|台|冊|枚|本|個|回|校|箇所|か所|カ所|ヶ所|拠点|市町村|地域|時間|言語|コース|科目?|点(?!目))"
)
_SORTS = tuple(
    frozenset(units.split())
    for units in (
        "社 者 人 名 企業 事業者 店 店舗 先 団体 組合 法人 件 世帯 組 グループ 案件 プロジェクト",
        "台 冊 枚 本 個 基 袋 セット",
        "回 日 日間 泊 コマ",
        "時間 分",
        "言語 か国語",
        "コース 科 科目 講座",
        "点",
        "校 箇所 か所 カ所 ヶ所 ヵ所 拠点 市町村 地域 国 か国 カ国",
    )
)
_SHARES = (FigureKind.PERCENT, FigureKind.RATE, FigureKind.MONEY)


def sort_of(unit: str | None) -> frozenset[str] | None:
    """The units that count the same sort of things; None of a unit that is not known."""
    return next((units for units in _SORTS if unit in units), None)


def of_asked_sort(question: str, facts: Sequence[Fact]) -> list[Fact]:
    """The figures that count the things a question counts."""
    sorts = [sort_of(one[1]) for one in _COUNTER.finditer(search_form(question))]
    return [fact for fact in facts if any(sort is not None and fact.unit in sort for sort in sorts)]


def counts_others(question: str, facts: Sequence[Fact]) -> bool:
    """Whether a question counts one sort of things and these figures count others alone: 「何時間」, 「286社」."""
    asked = {one[1] for one in _COUNTER.finditer(search_form(question))}
    sort = sort_of(next(iter(asked))) if len(asked) == 1 else None
    if sort is None or not facts:
        return False
    if all(as_figure(fact).kind in _SHARES for fact in facts):
        return True  # 「何件?」, where only 「80%」 is to be reached
    units = [sort_of(fact.unit) for fact in facts]
    return all(one is not None and one is not sort for one in units)
