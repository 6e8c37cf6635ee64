"""Which year a question asks of."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.records import FactKind
from assistant.understand.years import LAST_YEAR, of_last_year, when, with_last_year

TODAY = dt.date(2026, 11, 20)
HELD = frozenset({2019, 2020, 2023})

SAID: list[tuple[str, str | None]] = [
    ("令和2年度の予算", "令和2年度"),
    ("令和2年の予算", "令和2年度"),
    ("R5の額", "令和5年度"),
    ("Ｒ５の額", "令和5年度"),
    ("H31当初", "平成31年度"),
    ("2020年度の予算", "令和2年度"),
    ("令和五年度は", "令和5年度"),
    ("今年度の補助率", "令和8年度"),
    ("来年度は", "令和9年度"),
    # two years: the later is the document's
    ("R1からR2要求でいくら増えてる?", "令和2年度"),
    ("令和元年度に比べて令和2年度の要求は", "令和2年度"),
    ("令和4年度から5年度でいくら減った", "令和5年度"),
    # one that is said only to be put aside
    ("令和10年度の率を。令和8年度のは見たので結構", "令和10年度"),
    ("令和4年度はいくらですか。令和2年度の数字はもう持っています", "令和4年度"),
    ("令和6年度の予算額。令和5年度ではなく", "令和6年度"),
    ("去年のじゃなくて今年度の補助率", "令和8年度"),
    ("9年度だといくらの計画?", "令和9年度"),
    # no year of a document
    ("水揚げが去年の同じ時期の6割です", None),
    ("灯油代が一昨年の3割増し", None),
    ("人手が去年の半分しかいません", None),
    ("昨年度の売上が3割減りました", None),
    ("2020年からのはやり病で客が減った", None),
    ("令和2年の豪雨で工場がやられた", None),
    ("昨年、親会社が生産を海外に移しました", None),
    ("来年の春、店を開くつもりです", None),
    ("去年、親父の製麺所をついで社長になりました", None),
    ("2000件の目標", None),
    ("電気代が去年より3割くらい上がってまして", None),
    ("売上が昨年に比べて落ちた", None),
    ("予算は去年より増えた?", None),
    ("令和9年度に入ってからでも使えますか", None),
    ("令和9年度になってから申請しても", None),
    ("今年度と去年とで何%ずつ", "令和8年度"),
    ("おととし廃業した父の工場を再開したい", None),
    ("令和8年3月で終わると聞いた", None),
    # a year without its era
    ("5年度の当初は?", "令和5年度"),
    ("元年度の予算は?", "令和元年度"),
    ("2年度にわたって使える?", None),
    ("元年度の当初でなく現計を土台にした場合は", None),
]


@pytest.mark.parametrize(("text", "year"), SAID, ids=[text[:24] for text, _ in SAID])
def test_the_year_of_a_question(text: str, year: str | None) -> None:
    found = when(text, TODAY, HELD)
    assert (found.year, found.past) == (year, False)


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("令和4年度までに年間3000件が目標やんな?", "令和4年度までに"),
        ("R8までに何件", "R8までに"),
        ("令和12年度の製造品出荷額等の目標は", "令和12年度"),
        ("令和5年度までに何件", None),  # a document of that year is here
    ],
)
def test_a_year_to_reach_something_by_is_a_condition(text: str, aim: str | None) -> None:
    assert when(text, TODAY, HELD).aim == aim


@pytest.mark.parametrize(
    ("text", "named", "past"),
    [
        ("去年は?", False, True),
        ("その前の年は?", False, True),
        ("前年度は?", False, True),
        ("昨年度は?", False, True),
        ("昨年度の予算は?", True, False),  # by the clock, as said
        ("昨年度の予算は?", False, False),  # of nothing named: by the clock
        ("去年の予算は?", True, True),
        ("去年、店を開きました。いくら出ますか", True, False),
    ],
)
def test_last_year_is_the_year_before_the_documents(text: str, named: bool, past: bool) -> None:
    found = when(text, TODAY, HELD, named)
    assert found.past is past
    assert (found.year is None) is (past or "店" in text)


def test_last_year_by_the_clock_where_there_is_a_document_of_it() -> None:
    found = when("去年は?", dt.date(2024, 5, 1), HELD, named=True)
    assert (found.year, found.past) == ("令和5年度", False)


@pytest.mark.parametrize(
    ("text", "kinds", "told"),
    [
        ("去年は?", (), (FactKind.BUDGET_PREVIOUS,)),
        ("去年は?", (FactKind.BUDGET,), (FactKind.BUDGET_PREVIOUS,)),
        ("去年は?", (FactKind.SUBSIDY_RATE,), (FactKind.SUBSIDY_RATE,)),
        ("R2とR1", (FactKind.BUDGET,), (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS)),
        ("R5とR1", (FactKind.BUDGET,), (FactKind.BUDGET,)),
        ("R2", (FactKind.BUDGET,), (FactKind.BUDGET,)),
        ("R2とR1", (FactKind.BUDGET_CHANGE,), (FactKind.BUDGET_CHANGE,)),
    ],
)
def test_the_kinds_of_last_year(text: str, kinds: tuple[FactKind, ...], told: tuple[FactKind, ...]) -> None:
    assert with_last_year(kinds, when(text, TODAY, HELD)) == told


def test_last_years_figure_of_another_kind_is_no_budget() -> None:
    kinds = (FactKind.BUDGET_PREVIOUS, FactKind.COUNT)
    assert of_last_year(kinds, "前年度は何件だったの") == ((FactKind.COUNT,), LAST_YEAR)
    assert of_last_year(kinds, "前年度の予算と件数は") == (kinds, None)
    assert of_last_year((FactKind.BUDGET_PREVIOUS,), "前年度は?") == ((FactKind.BUDGET_PREVIOUS,), None)


def test_both_years_are_asked_where_one_is_compared_with_the_other() -> None:
    time = when("予算は去年と同じですか", TODAY, HELD)
    assert with_last_year((FactKind.BUDGET,), time) == (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS)
