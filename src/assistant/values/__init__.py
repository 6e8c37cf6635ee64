"""A fact's value as a typed figure, so that facts and figures of a text compare in one way."""

from __future__ import annotations

from ..figures import find_figures
from ..records import Fact, FactKind, Figure, FigureKind


def as_figure(fact: Fact) -> Figure:
    """A fact's value as a figure, for comparing typed values."""
    kind = FigureKind.MONEY if fact.yen is not None or fact.yen_min is not None else _figure_kind(fact)
    if kind is FigureKind.RATE:  # a fact keeps 0.6667; the printed 2/3 is exact
        return next((figure for figure in find_figures(fact.text) if figure.kind is kind), _bare(fact, kind))
    return _bare(fact, kind)


def _bare(fact: Fact, kind: FigureKind) -> Figure:
    return Figure(
        fact.text, kind, 0, len(fact.text), fact.yen, fact.yen_min, fact.yen_max,
        fact.number, fact.number_min, fact.number_max, fact.unit, fact.bound, fact.per,
    )  # fmt: skip


def _figure_kind(fact: Fact) -> FigureKind:
    if fact.kind is FactKind.PERIOD and fact.number is not None:
        return FigureKind.DURATION  # 最大2年間, not 令和2年度から
    kinds = {
        FactKind.PHONE: FigureKind.PHONE,
        FactKind.PERIOD: FigureKind.PERIOD,
        FactKind.LOAN_TERM: FigureKind.DURATION,
    }
    if fact.kind in kinds:
        return kinds[fact.kind]
    if fact.unit in ("%", "割", "ポイント"):
        return FigureKind.PERCENT
    return FigureKind.COUNT if fact.unit else FigureKind.RATE
