"""A computed figure is held by the figures that the same answer cites, and never by its formula."""

import dataclasses

import pytest

from assistant.figures import find_figures
from assistant.records import Answer, AnswerFigure
from eval.suite.computed import is_computed


def figure(place: str, text: str, kind: str = "budget", **values) -> AnswerFigure:
    shared = {"yen": None, "number": None, "unit": None, "subprogram": None, "condition": None, "marker": 1}
    return AnswerFigure(text=text, kind=kind, program="橋の修理", fact_id=place, **(shared | values))


ONE, OTHER = figure("a:1:1", "300", yen=300_000), figure("a:2:1", "200", yen=200_000)
RATE = figure("a:3:1", "2/3", "subsidy_rate", number=0.6667)
LIMIT = figure("a:4:1", "150万円", "subsidy_limit", yen=1_500_000)
EACH = figure("a:5:1", "1,000万円", "subsidy_limit", yen=10_000_000)
MANY = figure("a:6:1", "20者", "count", number=20.0, unit="者")


def reckoned(kind: str, text: str, *of: AnswerFigure, **values) -> AnswerFigure:
    return figure("+".join(one.fact_id for one in of), text, kind, formula="…", **values)


def held(one: AnswerFigure, *others: AnswerFigure, asked: str = "") -> bool:
    return is_computed(one, Answer("問い", "answered", None, "", figures=(*others, one)), find_figures(asked))


RIGHT = [
    reckoned("sum", "500千円", ONE, OTHER, yen=500_000),
    reckoned("difference", "100千円", ONE, OTHER, yen=100_000),
    reckoned("ratio", "1.50倍", ONE, OTHER, number=1.5, unit="倍"),
    reckoned("share", "66.7%", OTHER, ONE, number=66.7, unit="%"),
    reckoned("product", "2億円", EACH, MANY, yen=200_000_000),
    reckoned("average", "250千円", ONE, OTHER, yen=250_000),
    reckoned("per", "50万円", EACH, MANY, yen=500_000),
    reckoned("count", "2事業", ONE, OTHER, number=2.0, unit="事業"),
]


@pytest.mark.parametrize("one", RIGHT, ids=[one.kind for one in RIGHT])
def test_a_right_figure_is_held(one):
    operands = (ONE, OTHER, EACH, MANY)
    assert held(one, *operands)
    assert not held(one, *operands[1:3])  # an operand is not cited
    wrong = {"yen": one.yen + 1} if one.yen is not None else {"number": one.number + 0.2}
    assert not held(dataclasses.replace(one, **wrong), *operands)
    assert not held(dataclasses.replace(one, kind="magic"), *operands)
    assert not held(dataclasses.replace(one, fact_id=f"{ONE.fact_id}+{ONE.fact_id}"), *operands)


@pytest.mark.parametrize(("asked", "yen"), [("300万円の機械なら?", 1_500_000), ("100万円なら?", 666_666)])
def test_a_cost_is_the_askers(asked, yen):
    paid = reckoned("lesser", "…", RATE, LIMIT, yen=yen)
    assert held(paid, RATE, LIMIT, asked=asked)
    assert not held(paid, RATE, LIMIT)
    assert not held(dataclasses.replace(paid, yen=yen + 1), RATE, LIMIT, asked=asked)


def test_a_computed_figure_is_no_operand():
    total = reckoned("sum", "500千円", ONE, OTHER, yen=500_000)
    again = reckoned("sum", "800千円", total, ONE, yen=800_000)
    assert not held(again, ONE, OTHER, total)
