"""When two figures are the same quantity, and sums in plain words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.figures import find_figures, plain_yen, read_cell, same_value
from assistant.records import Figure

SAME = [
    ("19,454千円", "1945万4千円"),
    ("19,454千円", "1,945万4千円"),
    ("１９，４５４千円", "19,454,000円"),
    ("1.5億円", "1億5,000万円"),
    ("500百万円", "5億円"),
    ("二百万円", "200万円"),
    ("1千万円", "1,000万円"),
    ("¥500,000", "50万円"),
    ("30万～50万円", "30～50万円"),
    ("30万円から50万円", "300～500千円"),
    ("1/2", "二分の一"),
    ("2／3", "3分の2"),
    ("1/2", "50%"),
    ("10/10", "100％"),
    ("7割", "70%"),
    ("三割五分", "35%"),
    ("▲4.6%", "-4.6％"),
    ("定額", "定額"),
    ("0%～1.26%", "0～1.26％"),
    ("25～30万件", "25万～30万件"),
    ("16.8万件", "168,000件"),
    ("44箇所", "44か所"),
    ("10名", "10人"),
    ("3年", "36か月"),
    ("3年間", "3年"),
    ("2週間", "14日間"),
    ("30日", "30日間"),
    ("令和元年度", "2019年度"),
    ("平成31年度", "令和元年度"),
    ("R4-R6", "令和4年度から令和6年度"),
    ("2020年5月1日", "令和2年5月1日"),
    ("5月1日", "５月１日"),
    ("03-3501-2876", "03(3501)2876"),
    ("03-3501-2876", "+81-3-3501-2876"),
    ("０３－３５０１－２８７６", "0335012876"),
    ("最大50万円", "50万円以内"),
]
DIFFERENT = [
    ("500万円", "1,500万円"),
    ("500万円", "500千円"),
    ("500万円", "500人"),
    ("50万円", "30～50万円"),
    ("30～50万円", "30～60万円"),
    ("1千万円", "1千万～4千5百円"),
    ("2/3", "66.7%"),
    ("2/3", "67%"),
    ("1/2", "2/3"),
    ("1/2", "定額"),
    ("定額", "1/2～2/3"),
    ("5%", "5ポイント"),
    ("4.6%", "▲4.6%"),
    ("3年", "3人"),
    ("3年", "3か月"),
    ("10社", "10件"),
    ("10人", "10社"),
    ("令和2年度", "令和3年度"),
    ("2020年5月1日", "2020年5月2日"),
    ("2020年5月1日", "2020年"),
    ("5月1日", "5月2日"),
    ("R4-R6", "R4-R7"),
    ("R4-R6", "令和4年度"),
    ("03-3501-2876", "03-3501-2877"),
    ("03-3501-2876", "3年"),
    ("3年", "2020年"),
]


def _one(text: str) -> Figure:
    (figure,) = find_figures(text)
    return figure


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_same_quantity(a: str, b: str) -> None:
    assert same_value(_one(a), _one(b))
    assert same_value(_one(b), _one(a))


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_different_quantities(a: str, b: str) -> None:
    assert not same_value(_one(a), _one(b))
    assert not same_value(_one(b), _one(a))


def test_a_cell_equals_the_sentence_about_it() -> None:
    cell = read_cell("19,454", "千円")
    assert cell is not None
    assert same_value(cell, _one("1,945万4千円"))
    period = read_cell("R5", None)
    assert period is not None
    assert same_value(period, _one("令和5年度"))


@pytest.mark.parametrize(
    ("yen", "words"),
    [
        (0, "0円"),
        (1234, "1,234円"),
        (10_000, "1万円"),
        (12_345, "1万2,345円"),
        (1_500_000, "150万円"),
        (19_454_000, "1,945万4千円"),
        (500_000_000, "5億円"),
        (17_154_177_000, "171億5,417万7千円"),
        (1_200_000_000_000, "1兆2,000億円"),
        (-500_000, "▲50万円"),
    ],
)
def test_sums_in_plain_words(yen: int, words: str) -> None:
    assert plain_yen(yen) == words


@given(st.integers(0, 10**19))
def test_plain_words_are_read_back(yen: int) -> None:
    words = plain_yen(yen)
    figure = _one(words)
    assert (figure.yen, figure.text) == (yen, words)
