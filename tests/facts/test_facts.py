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


def test_an_example_that_a_question_puts_is_marked_until_its_answer_ends() -> None:
    text = "設備更新支援事業 1,000千円\n\n[事業内容]\n\n補助率：2/3\n\n"
    text += "問　例えば90万円の機械を買った場合、いくら補助されますか。\n\n"
    text += "答　90万円の3分の2は60万円ですが、上限が50万円ですので、50万円となります。\n\n補助上限額：50万円"
    facts = [fact for fact in read(text).facts if fact.line_start > 4]
    assert {fact.line_start for fact in facts if "example" in fact.flags} == {7, 9}
    assert next(fact for fact in facts if fact.text == "3分の2").kind is FactKind.SUBSIDY_RATE
    assert facts[-1].kind is FactKind.SUBSIDY_LIMIT


def test_a_figure_is_of_the_year_that_its_sentence_names() -> None:
    text = "経営安定資金 1,000千円\n\n[事業内容]\n\n新規融資枠 800億円（前年度 790億円）\n"
    text += "[実績] 令和3年度　融資件数 14件\n令和8年度までに累計300件とする。"
    years = {fact.text: fact.fiscal_year for fact in read(text).facts}
    assert years["800億円"] == years["300件"] == "令和5年度"
    assert years["790億円"] == "令和4年度"
    assert years["14件"] == "令和3年度"


def test_a_mark_of_the_program_is_no_mark_of_its_parts() -> None:
    text = "設備更新支援事業（新規） 1,000千円\n\n[事業内容]\n\n補助率：1/2\n\n(1) 研究枠\n補助上限額：50万円"
    facts = {fact.text: fact for fact in read(text).facts}
    assert facts["1/2"].flags == facts["1,000千円"].flags == ("新規",)
    assert facts["50万円"].flags == ()


def test_a_part_is_known_by_its_name_in_a_sentence_and_by_its_number() -> None:
    text = "地域産業支援事業 1,000千円\n\n(1) 産業労働部 商工課\n03-1234-5678\n(2) 産業労働部 労政課\n03-1234-5679\n\n"
    text += "成果目標\n\n- 設備更新補助金により、約500者の更新を後押しします。\n- 合わせて20件を目指します。\n\n"
    text += "事業内容\n\n(1) 設備更新補助金\n補助率：1/2\n(2) 研究開発補助金\n補助率：2/3"
    facts = {fact.text: fact.subprogram for fact in read(text).facts}
    assert facts["03-1234-5678"] == facts["500者"] == facts["1/2"] == "設備更新補助金"
    assert facts["03-1234-5679"] == facts["2/3"] == "研究開発補助金"
    assert facts["20件"] is None


def test_the_numbers_of_a_table_are_explained_by_the_list_above_them() -> None:
    text = "経営支援資金 1,000千円\n\n[事業内容]\n\n\t挑戦資金\t成長資金\n"
    text += "資金の目的\t(1) 技術を生かすとき (2) 計画の承認を受けたとき (3) 賞を受けたとき"
    text += "\t(1) 認定を受けたとき (2) 輸出するとき\n"
    text += "融資限度額\t1,000万円\t2,000万円\n保証料率\t(1), (3)年0.9% (2)年0.3%\t(1)年0.7% (2)年0.6%"
    notes = {fact.text: fact.note for fact in read(text).facts}
    assert notes["0.9%"] == "(1)＝技術を生かすとき、(3)＝賞を受けたとき"
    assert notes["0.3%"] == "(2)＝計画の承認を受けたとき"
    assert notes["0.6%"] == "(2)＝輸出するとき"
