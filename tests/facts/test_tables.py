"""Tables in the layouts that offices print: every figure with its program, its kind, and where it stands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from invented import any_page, cases, document, read, value

from assistant.ingest import read_document


@pytest.mark.parametrize(("title", "lines", "expected"), cases("tables"))
def test_each_figure_of_a_table_is_what_its_place_says(title: str, lines: list[str], expected: list[Any]) -> None:
    found = [
        [
            fact.line_start, fact.text, fact.kind.value, value(fact), fact.program, fact.subprogram, fact.condition,
            fact.per, list(fact.flags),
        ]
        for fact in read("\n".join(lines)).facts
    ]  # fmt: skip
    assert found == expected, title


@pytest.mark.parametrize("lines", [lines for _, lines, _ in cases("tables")])
def test_a_fact_stands_where_it_says(lines: list[str]) -> None:
    check_places("\n".join(lines))


@given(any_page())
def test_facts_of_any_page_stand_where_they_say(text: str) -> None:
    check_places(text)


def check_places(text: str) -> None:
    reading = read_document(document(text))
    raw = reading.document.lines
    for fact in reading.facts:
        start = int(fact.fact_id.rsplit(":", 1)[1])
        assert raw[fact.line_start - 1][start : start + len(fact.text)] == fact.text
        assert fact.quote in raw[fact.line_start - 1]
        assert fact.text in fact.quote


ROWS = 2_000


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("項目\tなぎさ\tあらいそ\n融資利率\t1%\t2%\n融資期間\t5年\t7年", "\t運転\t年1%"),
        ("事業名\t予算額（千円）\t備考\n朝市\t10\t出店", "\t\t上限10万円"),
        ("（単位：千円）\n", "事業名\t朝市事業\n予算額\t10（9）\n補助率\t1/2"),
        ("事業名\t内容\t予算額（千円）", "灯台\t見学\t9\n朝市\t出店、\n展示\t10"),
        ("事業名　　　予算額", "朝市　　　　10千円"),
    ],
)
def test_long_tables_are_read(head: str, row: str) -> None:
    """Nothing in such a table is put together anew for each of its rows."""
    assert read(head + "\n" + "\n".join([row] * ROWS)).facts
