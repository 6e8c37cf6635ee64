"""An answer in a model's words: which sentences stand, and when the composed answer takes their place."""

import logging

import pytest
from conftest import CORPUS
from leashed import Says, leashed
from verify.checker import faults

from assistant.records import Answer, Sentence, Stage, Turn

QUESTION = "事業承継で使える補助率は?"
TRUE = "「事業承継補助金」の補助率は、ベンチャー型事業承継・生産性向上枠が{{F1}}、原則枠が{{F2}}です[1]。"
PART = "「事業承継補助金」の原則枠の補助率は{{F2}}です[1]。"
FALSE = "「事業承継補助金」の補助率は9割です[1]。"


def events_of(assistant, reply, question=QUESTION, **fields):
    says = Says(reply, **fields)
    return list(leashed(assistant.index, says).stream(question)), says


def told(events):
    return [event.text for event in events if isinstance(event, Sentence)]


def test_true_sentences_are_the_answer(assistant):
    events, _ = events_of(assistant, TRUE)
    answer = events[-1]
    assert (answer.mode, answer.status) == ("llm", "answered")
    assert [event.name for event in events if isinstance(event, Stage)] == ["understand", "search", "write"]
    assert "".join(told(events)) == answer.text
    assert {figure.text for figure in answer.figures} == {"2/3", "1/2"}
    assert faults(answer, assistant.index, CORPUS) == []


def test_year_and_stage_are_told_with_the_first_figure(assistant):
    events, _ = events_of(assistant, TRUE)
    assert told(events)[0].startswith("国・令和2年度概算要求の資料では、「事業承継・世代交代集中支援事業」の")


def test_a_false_sentence_among_true_ones_is_dropped_and_counted(assistant, caplog):
    caplog.set_level(logging.INFO, "assistant.generate")
    events, _ = events_of(assistant, f"{FALSE}{TRUE}")
    assert events[-1].mode == "llm"
    assert "9割" not in events[-1].text
    assert "1 sentences kept, 1 dropped" in caplog.text
    assert "9割" not in caplog.text


def test_what_the_model_leaves_out_is_told_by_the_composed_sentence(assistant):
    events, _ = events_of(assistant, PART)
    answer = events[-1]
    assert answer.mode == "llm"
    assert {figure.text for figure in answer.figures} == {"2/3", "1/2"}
    assert faults(answer, assistant.index, CORPUS) == []


@pytest.mark.parametrize(
    "reply",
    [
        FALSE,
        "",
        "こんにちは。",
        "「事業承継・世代交代集中支援事業」の概算要求額は{{F4}}です。",
        "大企業も対象です[1]。",
    ],
)
def test_where_too_little_is_left_the_composed_answer_stands(assistant, reply):
    events, says = events_of(assistant, reply)
    alone = assistant.ask(QUESTION)
    assert events[-1] == alone
    assert alone.mode == "extractive"
    assert len(says.seen) == 1
    place = events.index(Stage("compose"))
    assert "".join(told(events[place:])) == alone.text


@pytest.mark.parametrize("sort", ["cut", "stalled", "server", "open", "budget"])
def test_a_model_that_fails_is_replaced_even_in_the_middle(assistant, sort):
    events, _ = events_of(assistant, f"{TRUE}次に", fault=sort)
    assert events[-1] == assistant.ask(QUESTION)
    assert told(events[: events.index(Stage("compose"))])  # what was sent before was checked: it is taken back


@pytest.mark.parametrize(
    "question",
    [
        "東京都の事業承継補助金は?",  # no answer: the model is not asked for one
        "こんにちは",
        "今日の天気は?",
        "事業承継補助金の原則枠の補助率は2/3ですよね?",  # a verdict is code's
        "青森県のDX推進課の事業を全部教えて",  # so is a list
        "「韓国誘客対策強化事業(県産品販売・輸出促進課実施分)」と「小口資金」の予算額の違いは?",  # and what is not held
    ],
)
def test_the_model_is_not_asked_where_it_could_only_invent(assistant, question):
    events, says = events_of(assistant, TRUE, question)
    assert says.seen == []
    assert events[-1] == assistant.ask(question)


def test_ask_gives_the_last_event(assistant):
    answer = leashed(assistant.index, Says(TRUE)).ask(QUESTION)
    assert isinstance(answer, Answer)
    assert answer.mode == "llm"


def test_the_conversation_is_named_to_the_leash(assistant):
    says = Says(TRUE)
    leashed(assistant.index, says).ask(QUESTION, conversation="c1")
    assert [conversation for _, conversation in says.seen] == ["c1"]


@pytest.mark.parametrize("turn", ["あ" * 4001, "\u200b", " "])
def test_a_strange_earlier_turn_takes_no_question_down(assistant, turn):
    history = [Turn("user", turn)]
    with_model = leashed(assistant.index, Says(TRUE)).ask("設備を新しくしたい", history=history)
    assert with_model.status == assistant.ask("設備を新しくしたい", history=history).status


def test_words_without_a_name_are_told_with_the_program_of_their_page(assistant):
    reply = f"{TRUE}経営者交代による事業承継後に行う設備投資等を支援します[1]。"
    events, _ = events_of(assistant, reply)
    assert told(events)[1] == "経営者交代による事業承継後に行う設備投資等を支援します[3]。"
    events, _ = events_of(assistant, "経営者交代による事業承継後に行う設備投資等を支援します[1]。")
    assert "「事業承継・世代交代集中支援事業」について、経営者交代" in told(events)[0]
