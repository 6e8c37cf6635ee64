"""What stands before a bracket, or on the line above, says of the figures behind it."""

from __future__ import annotations

import pytest
from invented import read

from assistant.facts.bracketed import broken_each
from assistant.records import FactKind


@pytest.mark.parametrize(
    ("above", "before", "each"),
    [
        ("漁港の整備に対し、1市町", "村当たり", "市町村"),
        ("漁港の整備に対し、1", "市町村につき最大", "市町村"),
        ("1市町村当たりの額は次のとおりで、", "最大", None),
        ("", "1市町村当たり", None),
        ("漁港の整備に対し、1市町", "村の担当者が説明する場合は1回当たり", None),
    ],
)
def test_for_each_of_whom_where_the_line_ends_within_the_words(above: str, before: str, each: str | None) -> None:
    assert broken_each(above, before) == each


def test_the_other_case_is_for_each_of_the_same() -> None:
    text = "設備更新支援事業 1,000千円\n\n[事業内容]\n\n補助上限額：1店当たり30万円（空き店舗を使う場合は50万円）"
    limits = [fact for fact in read(text).facts if fact.kind is FactKind.SUBSIDY_LIMIT]
    assert [(fact.text, fact.per) for fact in limits] == [("30万円", "店"), ("50万円", "店")]


def test_the_terms_of_another_fund_are_that_funds() -> None:
    text = "利子補給事業 1,000千円\n\n[事業内容]\n\n{}資金（融資限度額800万円、年1.2％）の利子を補給します。"
    own = read(text.format("港町創業").replace("利子補給事業", "港町創業資金"))
    assert {fact.subprogram for fact in own.facts} == {None}
    other = [fact for fact in read(text.format("港町創業")).facts if fact.line_start == 5]
    assert {(fact.text, fact.subprogram) for fact in other} == {("800万円", "港町創業資金"), ("1.2％", "港町創業資金")}


def test_a_budget_is_of_the_year_that_its_words_give_it() -> None:
    text = "利子補給事業 1,000千円\n\n[事業内容]\n\n令和3年度予算額：3億円\n"
    text += "※令和2年度補正予算額：2億円\n令和4年度当初予算額 4億円"
    found = {fact.text: (fact.kind, fact.fiscal_year, fact.stage) for fact in read(text).facts if fact.line_start > 4}
    assert found == {
        "3億円": (FactKind.BUDGET, "令和3年度", "当初予算"),
        "2億円": (FactKind.BUDGET, "令和2年度", "補正予算"),
        "4億円": (FactKind.BUDGET_PREVIOUS, "令和4年度", "前年度予算"),
    }
