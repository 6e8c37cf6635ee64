"""Fiscal years under all their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.figures import fiscal_year, previous_year, year_label, year_number

NAMED = [
    ("令和5年度", "令和5年度", 2023),
    ("R5", "令和5年度", 2023),
    ("R5年度", "令和5年度", 2023),
    ("Ｒ５年度", "令和5年度", 2023),
    ("2023年度", "令和5年度", 2023),
    ("２０２３年度", "令和5年度", 2023),
    ("FY2023", "令和5年度", 2023),
    ("令和五年度", "令和5年度", 2023),
    ("令和 2 年度", "令和2年度", 2020),
    ("令和元年度", "令和元年度", 2019),
    ("令和1年度", "令和元年度", 2019),
    ("2019年度", "令和元年度", 2019),
    ("平成31年度", "平成31年度", 2019),
    ("H31", "平成31年度", 2019),
    ("平成32年度まで", "平成32年度", 2020),
    ("2018年度", "平成30年度", 2018),
    ("昭和63年度", "昭和63年度", 1988),
    ("R5事業費(千円)", "令和5年度", 2023),
    ("R4-R6", "令和4年度", 2022),
    ("令和2～6年度", "令和2年度", 2020),
    ("2020～2024年度", "令和2年度", 2020),
    ("去年の令和4年度と令和5年度", "令和4年度", 2022),
]


@pytest.mark.parametrize(("text", "label", "number"), NAMED)
def test_the_first_fiscal_year_of_a_text(text: str, label: str, number: int) -> None:
    assert fiscal_year(text) == label
    assert year_number(label) == number
    assert year_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "昨年度", "令和の時代", "H2O", "R2D2", "第5年度", "令和2年2月", "12023年度", "S-1"]
)
def test_texts_without_a_fiscal_year(text: str) -> None:
    assert fiscal_year(text) is None


@pytest.mark.parametrize(
    ("label", "before"),
    [
        ("令和2年度", "令和元年度"),
        ("令和元年度", "平成30年度"),
        ("平成31年度", "平成30年度"),
        ("平成元年度", "昭和63年度"),
        ("R6", "令和5年度"),
    ],
)
def test_the_year_before(label: str, before: str) -> None:
    assert previous_year(label) == before


def test_no_year_has_no_year_before() -> None:
    with pytest.raises(ValueError, match="令和5年度"):
        previous_year("来年度")


@given(st.integers(1868, 2078))
def test_a_label_names_its_year(number: int) -> None:
    label = year_label(number)
    assert year_number(label) == number
    assert fiscal_year(f"これは{label}の資料") == label
