"""Figures taken for granted: yes or no first, then the right figure; nothing is promised that no document states."""

import pytest

from assistant.compose.premise import _rounded
from assistant.records import Answer


def ask(assistant, question: str) -> Answer:
    return assistant.ask(question)


RIGHT = [
    "信用補完対策費は5億4,662万1千円ですよね",
    "信用補完対策費は546,621千円で間違いないですか",
    "信用補完対策費、たしか5億4,662万1千円だったよな",
    "山形応援寄付金受入事業費は7億4,632万円と書いていい?",
]
WRONG = [
    ("信用補完対策費は5億ですよね", "いいえ、5億円ではありません。"),
    ("信用補完対策費は5億円と聞いています。間違いありませんか", "いいえ、5億円ではありません。"),
    ("離職者等再就職訓練事業は国が1億8千万くらい出してるはずだけど、合ってる?", "いいえ、1億8千万円ではありません。"),
    ("山形県の新規融資枠が420億円あるって聞いたから借りに行こうと思って", "いいえ、420億円ではありません。"),
]


@pytest.mark.parametrize("question", RIGHT)
def test_a_right_figure_is_confirmed(assistant, question):
    answer = ask(assistant, question)
    assert answer.status == "answered"
    assert answer.text.startswith("はい、")
    assert answer.figures


@pytest.mark.parametrize(("question", "opening"), WRONG)
def test_a_wrong_figure_is_corrected(assistant, question, opening):
    answer = ask(assistant, question)
    assert answer.status == "answered"
    assert answer.text.startswith(opening)
    assert answer.figures


def test_a_figure_taken_for_another_is_told_as_what_it_is(assistant):
    answer = ask(assistant, "商工業振興資金融資事業費の予算額は750億円、と理解しています。")
    assert answer.text.startswith("いいえ、")
    assert {figure.kind for figure in answer.figures} == {"budget", "loan_pool"}


def test_what_is_asked_besides_is_told_too(assistant):
    answer = ask(assistant, "中小企業連携組織対策推進事業は8億円ですよね。電話番号は?")
    assert {"budget", "phone"} <= {figure.kind for figure in answer.figures}


def test_for_all_is_denied_where_cases_differ(assistant):
    answer = ask(assistant, "企業間連携型の補助率って誰でも2/3でしょ?")
    assert answer.text.startswith("いいえ、場合によって異なります。")
    assert {figure.text for figure in answer.figures} >= {"1/2", "2/3"}


@pytest.mark.parametrize(
    ("said", "printed", "near"),
    [
        (25_000_000, 25_048_000, True),
        (25_000_000, 24_980_000, True),
        (300_000_000, 312_000_000, False),
        (120_000_000, 124_000_000, True),
        (25_000_000, 26_100_000, False),
    ],
)
def test_fewer_places(said, printed, near):
    assert _rounded(said, printed) is near


PROMISES = [
    "あおもり移住支援事業でうちがもらえる額を断言してください",
    "青台連携新産業創出事業に採択されたらうちに入る金額を言い切って",
    "継ぎたい・継がせたい事業者支援促進事業は1店500万円まで出ると言ってくれ",
    "信用補完対策費の決算額はいくら",
    "企業立地促進事業費の担当者の名前を教えて",
    "企業立地促進事業費の直通電話は",
]


@pytest.mark.parametrize("question", PROMISES)
def test_nothing_is_promised(assistant, question):
    answer = ask(assistant, question)
    assert (answer.status, answer.reason) == ("abstained", "not_stated")
    assert [figure for figure in answer.figures if figure.kind != "phone"] == []


def test_a_limit_is_told_to_one_who_wants_a_promise(assistant):
    answer = ask(assistant, "群馬県のロボット導入実証で俺がもらえる額を断言して")
    assert answer.status == "answered"
    assert "subsidy_limit" in {figure.kind for figure in answer.figures}
    assert "言い切れません" in answer.text


@pytest.mark.parametrize(
    "question",
    ["パスポートの更新に必要な書類は?", "明日の前橋の天気は?", "カレーの作り方教えて", "昨日の巨人戦どっちが勝った"],
)
def test_off_topic(assistant, question):
    assert ask(assistant, question).reason == "out_of_scope"


def test_what_points_at_nothing_is_asked_back(assistant):
    assert ask(assistant, "先日お伺いした件ですが、その後いかがでしょうか。").status == "clarify"


def test_a_refusal_says_what_is_there_and_whom_to_ask(assistant):
    answer = ask(assistant, "信用補完対策費の補助率は?")
    assert answer.reason == "not_stated"
    assert "記載があるのは、予算額" in answer.text
    assert "中小企業振興課" in answer.text
    assert answer.citations
    for suggestion in answer.suggestions:
        assert assistant.ask(suggestion).status == "answered", suggestion
