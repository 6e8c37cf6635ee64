"""Facts: quotes, spans, and what holds for any page at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from invented import any_page, cases, read, value

from assistant.facts.make import LONGEST_QUOTE, quote_around
from assistant.ingest import Reading
from assistant.records import FactKind


def check_places(reading: Reading) -> None:
    lines = reading.document.lines
    programs = {program.id: program for program in reading.programs}
    for fact in reading.facts:
        raw = lines[fact.line_start - 1]
        start = int(fact.fact_id.rsplit(":", 1)[1])
        assert raw[start : start + len(fact.text)] == fact.text
        assert fact.text in fact.quote
        assert fact.quote in raw
        assert programs[fact.program_id].program == fact.program
        assert fact.line_end == fact.line_start
        assert set(fact.flags) >= ({programs[fact.program_id].role} - {"program"})


@given(any_page())
def test_every_fact_stands_where_it_says(text: str) -> None:
    check_places(read(text))


def test_every_fact_of_the_corpus_stands_where_it_says(readings: dict[str, Reading]) -> None:
    for reading in readings.values():
        check_places(reading)


@given(any_page())
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text) == read(text)


def test_a_quote_of_a_long_line_is_the_sentences_around_it() -> None:
    raw = "はじめの文。" * 200 + "上限は50万円です。" + "おわりの文。" * 200
    start = raw.index("50万円")
    quote = quote_around(raw, start, start + 4)
    assert quote == "上限は50万円です。"
    raw = "あ" * 2000 + "50万円" + "い" * 2000
    quote = quote_around(raw, 2000, 2004)
    assert "50万円" in quote
    assert len(quote) <= LONGEST_QUOTE + 4


@pytest.mark.parametrize(("text", "expected"), cases("sentences"))
def test_figures_of_a_page(text: str, expected: list[list[object]]) -> None:
    """Each case is the body of a program's page and its figures: text, kind, value, subprogram, condition."""
    reading = read(f"設備更新支援事業 1,000千円\n（商工課）\n\n[事業内容]\n\n{text}")
    found = [
        [fact.text, fact.kind.value, value(fact), fact.subprogram, fact.condition]
        for fact in reading.facts
        if fact.line_start > 4
    ]
    assert found == expected


def test_a_worked_example_is_no_entitlement() -> None:
    text = "設備更新支援事業 1,000千円\n\n[事業内容]\n\n"
    text += "【3社で組む場合】\n\n500万円\n\n+ 100万円×3 = 300万円\n\n上限：600万円"
    facts = {fact.text: fact for fact in read(text).facts}
    assert all("example" in facts[amount].flags for amount in ("500万円", "100万円", "300万円"))
    assert "example" not in facts["600万円"].flags
    assert facts["600万円"].kind is FactKind.SUBSIDY_LIMIT


def test_a_request_and_last_years_budget_keep_year_and_stage() -> None:
    text = "設備更新支援事業\n\n令和5年度概算要求額 12億円（10億円）\n\n事業の内容\n\n更新する。"
    now, before = read(text, stage="概算要求").facts
    assert (now.kind, now.fiscal_year, now.stage) == (FactKind.BUDGET, "令和5年度", "概算要求")
    assert (before.kind, before.fiscal_year, before.stage) == (FactKind.BUDGET_PREVIOUS, "令和4年度", "前年度予算")


def test_a_table_of_unknown_unit_is_not_guessed() -> None:
    assert [fact for fact in read("事業名\t予算額\n窓口事業\t1,000\n相談事業\t2,000").facts if fact.yen] == []
