"""Headers: what a column holds, in which unit and of which year."""

from __future__ import annotations

import pytest
from invented import cases, page

from assistant.columns import Column, read_columns
from assistant.columns.header import is_label


def columns_of(header: str, body: str = "", year: str = "令和5年度") -> tuple[Column, ...]:
    (table,) = page(f"{header}\n{body}" if body else header).tables
    return read_columns(table, year)


@pytest.mark.parametrize(("header", "role", "unit", "year"), cases("headers"))
def test_a_header_tells_role_unit_and_year(header: str, role: str, unit: str | None, year: str | None) -> None:
    column = columns_of(f"整理番号\t{header}")[-1]
    assert (column.role, column.unit, column.fiscal_year) == (role, unit, year)


def test_a_split_column_keeps_its_parent_in_its_header() -> None:
    columns = columns_of("事業名\t事業費\t財源内訳\t\t\t担当課\n\t\t国庫\tその他\t一般財源", "窓口\t6\t1\t2\t3\t商工課")
    assert [column.role for column in columns] == [
        "name", "budget", "funding_national", "funding_other", "funding_general", "department",
    ]  # fmt: skip
    assert columns[2].header == "財源内訳 国庫"


def test_other_beside_no_funds_is_a_flag() -> None:
    columns = columns_of("事業名\t予算額\t補助等\t融資\tその他")
    assert [column.role for column in columns][2:] == ["flag", "flag", "flag"]


def test_the_caption_gives_its_unit_to_amounts_only() -> None:
    (table,) = page("（単位：百万円）\n事業名\t予算額\t増減率\t担当課\n窓口\t1\t2\t商工課").tables
    assert [column.unit for column in read_columns(table, "令和5年度")] == [None, "百万円", "%", None]


def test_without_a_name_column_the_words_before_the_amounts_name_the_row() -> None:
    columns = columns_of("会計\t年度\t令和5年度予算額", "一般会計\t商工課\t1,000")
    assert [column.role for column in columns][1:] == ["name", "budget"]


LABELS = [
    ("合計", "total"), ("部 合 計", "total"), ("総額", "total"), ("小計", "subtotal"), ("一般会計 計", "subtotal"),
    ("〃(再掲含む。)", "relisted"), ("（再掲を含む）", "relisted"), ("設計", None), ("家計", None), ("統計", None),
    ("水産林業部　合計", "total"), ("一般会計合計", "total"), ("商工課 合計", "subtotal"), ("柱１の合計", None),
    ("企業会計", None), ("推計", None), ("窓口", None), ("", None), ("合計額の見直し", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "role"), LABELS)
def test_labels_of_sums(text: str, role: str | None) -> None:
    assert is_label(text) == role
