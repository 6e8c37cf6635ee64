"""Drafts before they are checked: slots for every figure, one sentence a program and kind, honest refusals."""

import datetime as dt
import re

import pytest

from assistant.compose import compose
from assistant.compose.labels import called, fact_label, kind_label, source, where_from
from assistant.figures import find_figures
from assistant.records import Draft, FactKind, FigureKind
from assistant.retrieve import retrieve
from assistant.understand import understand

TODAY = dt.date(2026, 11, 20)


def draft(assistant, question: str) -> Draft:
    query = understand(question, assistant.vocabulary, today=TODAY)
    return compose(query, retrieve(query, assistant.index), assistant.index)


@pytest.mark.parametrize(
    "question",
    [
        "事業承継で使える補助率は?",
        "山形県の信用補完対策費はいくら?",
        "青森県の離職者等再就職訓練事業の財源内訳は?",
        "JAPANブランド育成支援等事業の補助上限は?",
        "成長企業応援資金の保証料率は?",
        "新事業チャレンジ資金の融資期間は?",
        "商業・県産品振興課の予算と前年度予算は？",
        "訓練校事業の予算は?",
    ],
)
def test_figures_are_slots_never_words(assistant, question):
    drafted = draft(assistant, question)
    assert drafted.status == "answered"
    for sentence in drafted.sentences:
        slots = sorted(int(slot) for slot in re.findall(r"\{(\d+)\}", sentence.text))
        assert slots == list(range(len(sentence.facts)))
        printed = {fact.text for fact in sentence.facts} | {fact.condition for fact in sentence.facts}
        names = {fact.program for fact in sentence.facts} | {fact.subprogram or "" for fact in sentence.facts}
        words = sentence.text
        for name in sorted((printed | names) - {None, ""}, key=len, reverse=True):
            words = words.replace(name, "")
        assert [figure.text for figure in find_figures(words) if figure.kind is not FigureKind.YEAR] == []
        assert len({fact.program_id for fact in sentence.facts}) <= 1
        assert sentence.text.endswith("。")


def test_the_order_is_that_of_the_question(assistant):
    kinds = [
        sentence.facts[0].kind
        for sentence in draft(assistant, "ドローン関連ビジネス育成支援事業の補助率と上限は").sentences
    ]
    assert kinds == [FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT]
    kinds = [
        sentence.facts[0].kind
        for sentence in draft(assistant, "ドローン関連ビジネス育成支援事業の上限と補助率は").sentences
    ]
    assert kinds == [FactKind.SUBSIDY_LIMIT, FactKind.SUBSIDY_RATE]


def test_what_of_two_things_is_not_stated_is_said(assistant):
    drafted = draft(assistant, "就職ガイダンス開催費の予算と補助率は？")
    assert drafted.status == "answered"
    assert "補助率" in drafted.sentences[-1].text
    assert "記載がありません" in drafted.sentences[-1].text
    assert drafted.sentences[-1].facts == ()


@pytest.mark.parametrize(
    ("question", "status", "reason"),
    [
        ("沖縄県の補助率は?", "abstained", "not_in_corpus"),
        ("令和7年度の補助率は?", "abstained", "not_in_corpus"),
        ("信用補完対策費の補助率は?", "abstained", "not_stated"),
        ("宇宙人は何人?", "abstained", None),
        ("補助率は?", "clarify", None),
        ("こんにちは", "clarify", None),
        ("ありがとう", "clarify", None),
    ],
)
def test_refusals(assistant, question, status, reason):
    drafted = draft(assistant, question)
    assert drafted.status == status
    assert reason in (None, drafted.reason)
    assert all(sentence.facts == () for sentence in drafted.sentences)
    assert drafted.sentences


def test_the_same_value_is_told_once(assistant):
    (sentence,) = draft(assistant, "IoT・AI導入促進の予算は").sentences
    assert [fact.yen for fact in sentence.facts] == [19_454_000]
    (sentence,) = draft(assistant, "山形県の人材確保・生産性向上推進事業費の予算は").sentences
    assert [fact.yen for fact in sentence.facts] == [63_255_000]


def test_what_is_asked_is_not_suggested_again(assistant):
    suggestions = draft(assistant, "ドローン関連ビジネス育成支援事業の補助率は").suggestions
    assert suggestions
    assert len(set(suggestions)) == len(suggestions) <= 3
    assert not any("補助率" in suggestion for suggestion in suggestions)


def test_a_year_the_document_only_looks_back_on(assistant):
    drafted = draft(assistant, "令和元年度の山形県の貿易振興課の予算は")
    assert {fact.kind for sentence in drafted.sentences for fact in sentence.facts} == {
        FactKind.BUDGET_PREVIOUS,
        FactKind.BUDGET_REVISED,
    }
    assert {fact.fiscal_year for sentence in drafted.sentences for fact in sentence.facts} == {"令和元年度"}


# ---- labels ----


def test_a_budget_is_called_by_its_stage(assistant):
    called_by = {fact.stage: fact_label(fact) for fact in assistant.index.facts(kind="budget")}
    assert called_by == {
        "概算要求": "概算要求額",
        "当初予算": "当初予算額",
        "施策一覧": "事業費",
        "推進計画": "予算額",
        "補正予算": "補正予算額",
    }


def test_every_kind_can_be_called():
    assert all(kind_label(kind) for kind in FactKind)


def test_names_in_brackets_keep_their_own(assistant):
    program = next(one for one in assistant.index.programs.values() if one.program.startswith("「"))
    assert called(program).count("「") == called(program).count("」") == 1
    assert called(program, "枠").endswith("の「枠」")


def test_where_a_figure_is_from(assistant):
    program = next(one for one in assistant.index.programs.values() if one.program == "信用補完対策費")
    assert where_from(program, "山形県") == "山形県・令和2年度当初予算"


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("小川市", "令和9年度", "当初予算"), "小川市・令和9年度当初予算"),
        (("小川市", "令和9年度", "段階不明"), "小川市・令和9年度"),
        (("地域不明", "年度不明", "施策一覧"), "施策一覧"),
        (("地域不明", "年度不明", "段階不明"), "出典不明"),
    ],
)
def test_a_source_says_what_is_known_of_it(labels: tuple[str, str, str], expected: str) -> None:
    assert source(*labels) == expected
