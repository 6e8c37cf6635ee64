"""Figures that an answer computes, worked out again from the figures that it cites; the formula is not trusted."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.figures import find_figures
from assistant.records import Answer, AnswerFigure, Figure


def is_computed(one: AnswerFigure, answer: Answer, asked: Sequence[Figure]) -> bool:
    """Whether a figure with a formula follows from figures of the same answer, and from the asker's own.

    Its operands are found by the ids that ``fact_id`` joins with ``+``; each must be a figure of the answer.
    """
    ids = one.fact_id.split("+")
    cited = {figure.fact_id: figure for figure in answer.figures if figure.formula is None}
    if not set(ids) <= set(cited) or len(set(ids)) < len(ids):
        return False
    values = [_value(cited[place]) for place in ids]
    if one.kind == "count":
        return one.number == len(ids)
    known = [value for value in values if value is not None]
    money = [figure.yen for figure in asked if figure.yen is not None]
    numbers = [figure.number for figure in asked if figure.number is not None]
    told = float(one.yen) if one.yen is not None else one.number
    if len(known) < len(values) or told is None:
        return False
    return any(_is_near(told, value, one) for value in _results(one.kind, known, money, numbers))


def _value(figure: AnswerFigure) -> float | None:
    """A figure's value; of a rate the exact one, 2/3 and not 0.6667, and 10% as a tenth."""
    if figure.yen is not None:
        return float(figure.yen)
    printed = find_figures(figure.text) if figure.kind == "subsidy_rate" else []
    number = printed[0].number if printed else figure.number
    return number / 100 if number and figure.kind == "subsidy_rate" and figure.unit == "%" else number


def _results(kind: str, known: list[float], money: list[int], numbers: list[float]) -> list[float]:
    """What the operands give; with a cost of the asker's, what each of the costs gives."""
    if kind == "sum":
        return [math.fsum(known)]
    if kind == "average":
        return [math.fsum(known) / len(known)]
    if kind == "product":
        return [math.prod(known)] if len(known) > 1 else [known[0] * other for other in (*money, *numbers)]
    if kind == "lesser" and len(known) == 2:
        return [min(known[0] * cost, known[1]) for cost in money]
    if len(known) != 2 or (kind != "difference" and not known[1]):
        return []
    first, second = known
    share, ratio = 100 * first / second if second else 0.0, first / second if second else 0.0
    return {"difference": [first - second], "ratio": [ratio], "share": [share], "per": [ratio]}.get(kind, [])


def _is_near(told: float, value: float, one: AnswerFigure) -> bool:
    """Equal; shares and ratios to the decimals printed, amounts to the whole yen below or, of a mean, the nearest."""
    if one.kind in ("share", "ratio"):
        decimals = one.text.rpartition(".")[2] if "." in one.text else ""
        places = sum(letter.isdigit() for letter in decimals)
        return abs(told - value) <= 0.5 * 10.0**-places + 1e-9
    if one.yen is not None and one.kind in ("average", "per"):
        return abs(told - value) <= 0.5 + 1e-6
    if one.yen is not None and one.kind in ("product", "lesser"):
        return told == math.floor(value + 1e-6)
    return abs(told - value) < 1e-6
