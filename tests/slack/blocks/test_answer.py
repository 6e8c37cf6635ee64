"""An answer: its words, sources and what can be done next, message by message."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from api.slack.blocks import Message, answer_messages
from api.slack.blocks.message import HAND_OVER, RATE, SHARE, SUGGEST

from .limits import objects, visible
from .told import LINKS, case, citation, figure, reply_of


def kinds(message: Message) -> list[str]:
    """The sorts of a message's blocks."""
    return [block["type"] for block in message.blocks]


def actions(messages: Sequence[Message]) -> dict[str, dict[str, Any]]:
    """The elements that do something, by their ids."""
    return {one["action_id"]: one for one in objects([m.blocks for m in messages]) if "action_id" in one}


def bold(messages: Sequence[Message]) -> list[str]:
    """What stands in bold."""
    return [one["text"] for one in objects([m.blocks for m in messages]) if one.get("style") == {"bold": True}]


def test_the_first_sentence_stands_by_itself() -> None:
    (message,) = case("comparison")
    assert visible(message.blocks[0]).endswith("4億8411万3千円です[1]。")
    assert visible(message.blocks[1]).startswith("ただし、")


def test_the_question_comes_first_where_it_is_no_message() -> None:
    (message,) = answer_messages(reply_of(), LINKS, echo=" 予算は\n？ ")
    assert visible(message.blocks[0]) == "質問: 予算は ？"
    assert message.text.startswith("質問: 予算は ？\n予算額は50億円です[1]。")


def test_figures_are_bold_and_their_glosses_are_not() -> None:
    reply = reply_of(text="額は3,914千円（391万4千円）です[1]。", figures=[figure("3,914", unit="千円")])
    assert bold(answer_messages(reply, LINKS)) == ["3,914千円"]


def test_rows_are_a_table_with_figures_in_bold() -> None:
    (message,) = case("table")
    assert kinds(message) == ["rich_text", "table", "rich_text", "rich_text", "context_actions", "actions"]
    rows = message.blocks[1]["rows"]
    assert [visible(one) for one in rows[0]] == ["事業・制度", "資料", "数値", "出典"]
    assert [visible(row[3]) for row in rows[1:]] == ["[1]", "[2]", "[3]", "[4]"]
    assert bold([Message("", (message.blocks[1],))]) == ["11,743千円", "7,564千円", "13,400千円", "41,209千円"]


def test_points_are_a_list() -> None:
    message = case("list")[0]
    assert [part["type"] for part in message.blocks[1]["elements"]] == ["rich_text_list"]
    assert len(message.blocks[1]["elements"][0]["elements"]) == 8


def test_a_source_has_its_document_year_stage_lines_and_two_links() -> None:
    reply = reply_of(citations=[citation(7, url="https://akita.example/a.pdf", subprogram="改装費")])
    (message,) = answer_messages(reply, LINKS)
    footer = message.blocks[1]
    heading, told = visible(footer).split("\n")
    assert heading == "出典"
    assert told.startswith("[7] 商業振興施策の概要（令和4年度・当初予算） 47〜49行「空き店舗再生」の「改装費」 ")
    links = [(one["text"], one["url"]) for one in objects(footer) if one.get("type") == "link"]
    assert links == [
        ("原文を見る", "http://assistant.example:8000/#/documents/akita-r04/47-49"),
        ("発行元のページ", "https://akita.example/a.pdf"),
    ]


def test_one_line_is_told_as_one() -> None:
    (message,) = answer_messages(reply_of(citations=[citation(line_start=5, line_end=5)]), LINKS)
    assert " 5行「" in visible(message.blocks[1])


def test_thumbs_carry_the_answer() -> None:
    thumbs = actions(answer_messages(reply_of(), LINKS))[RATE]
    assert (thumbs["positive_button"]["value"], thumbs["negative_button"]["value"]) == ("a1:up", "a1:down")


def test_a_question_that_is_asked_back_has_no_thumbs() -> None:
    found = actions(answer_messages(reply_of(status="clarify", suggestions=["予算は？"]), LINKS))
    assert list(found) == [f"{SUGGEST}:0"]
    assert json.loads(found["suggest:0"]["value"]) == {"question": "予算は？", "conversation": "slack-1"}


def test_an_abstention_can_be_rated_and_handed_over() -> None:
    found = actions(case("abstained"))
    assert set(found) == {"suggest:0", "suggest:1", "suggest:2", RATE, HAND_OVER}


def test_people_are_asked_only_after_a_word_of_warning() -> None:
    button = actions(answer_messages(reply_of(), LINKS, can_hand_over=True))[HAND_OVER]
    assert json.loads(button["value"]) == {"conversation": "slack-1", "answer_id": "a1"}
    assert "チャンネルに表示されます" in button["confirm"]["text"]["text"]


def test_a_private_answer_can_be_shared_and_not_handed_over() -> None:
    found = actions(answer_messages(reply_of(), LINKS, private=True, can_hand_over=True))
    assert set(found) == {RATE, SHARE}
    assert json.loads(found[SHARE]["value"]) == {"conversation": "slack-1", "answer_id": "a1"}


def test_no_button_offers_what_it_cannot_carry() -> None:
    reply = reply_of(suggestions=["あ" * 401, " ", "\u200b", *(f"{at}は？" for at in range(9))])
    found = [one for one in actions(answer_messages(reply, LINKS)) if one.startswith(SUGGEST)]
    assert found == ["suggest:0", "suggest:1", "suggest:2", "suggest:3"]


def test_a_long_answer_goes_on_in_further_messages() -> None:
    messages = case("long")
    assert len(messages) > 1
    told = "".join(visible(block) for one in messages for block in one.blocks)
    assert all(f"[{at}]" in told for at in range(1, 80))
    assert [HAND_OVER in actions([one]) for one in messages] == [False] * (len(messages) - 1) + [True]
    assert not any(visible(one.blocks[-1]).endswith("出典") for one in messages)


def test_a_table_that_is_too_wide_is_told_in_lines() -> None:
    head = "|" + " 甲 |" * 21
    text = f"{head}\n{'|---' * 21}|\n{head}"
    (message,) = answer_messages(reply_of(text=text), LINKS)
    assert kinds(message)[0] == "rich_text"
    assert visible(message.blocks[0]).count("甲｜") == 40


def test_an_answer_without_words_is_a_message_still() -> None:
    (message,) = answer_messages(reply_of(text="\u200b", status="clarify"), LINKS)
    assert visible(message.blocks[0]) == message.text == "（表示できる内容がありません）"
