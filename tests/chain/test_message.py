"""An answer as a message: the text as it is, an annotation for each marker, and where in the text it holds."""

from __future__ import annotations

import pytest
from langchain_core.messages import AIMessage, message_to_dict, messages_from_dict

from assistant.chain import as_message
from assistant.records import Answer, Citation


def citation(marker: int) -> Citation:
    return Citation(
        marker, "7", "yamagata-r02", "予算の概要", "信用補完対策費", None, f"引用{marker}", 282, 283, "商工労働部",
        "山形県", "令和2年度", "当初予算", None,
    )  # fmt: skip


def answer(text: str, *markers: int) -> Answer:
    return Answer("予算は?", "answered", None, text, tuple(map(citation, markers)), notices=("令和2年度の資料です。",))


@pytest.mark.parametrize(
    ("text", "markers", "told"),
    [
        ("予算は1億円です[1]。", (1,), [(1, "予算は1億円です[1]")]),
        ("甲は1億円です[1]。\n乙は2億円です[2]。", (1, 2), [(1, "甲は1億円です[1]"), (2, "乙は2億円です[2]")]),
        ("合わせて3億円です[1][2]。", (1, 2), [(1, "合わせて3億円です[1][2]"), (2, "合わせて3億円です[1][2]")]),
        ("\n甲[1]\n\n乙[1]", (1,), [(1, "甲[1]"), (1, "乙[1]")]),
        ("該当する資料がありません。", (), []),
        ("別表[9]による[1]。", (1,), [(1, "による[1]")]),
        ("", (), []),
    ],
)
def test_each_marker_is_an_annotation_of_what_it_bears(text, markers, told):
    message = as_message(answer(text, *markers))
    (block,) = message.content_blocks
    assert (block["type"], block["text"], message.text) == ("text", text, text)
    spans = [
        (one["extras"]["marker"], text[one["start_index"] : one["end_index"]]) for one in block.get("annotations", [])
    ]
    assert spans == told


def test_an_annotation_says_where_it_stands():
    (block,) = as_message(answer("予算は1億円です[1]。", 1)).content_blocks
    (one,) = block["annotations"]
    assert (one["type"], one["title"], one["cited_text"]) == ("citation", "予算の概要", "引用1")
    assert "url" not in one
    assert one["extras"] == {
        "marker": 1, "document": "yamagata-r02", "program": "信用補完対策費", "line_start": 282, "line_end": 283,
        "fiscal_year": "令和2年度", "stage": "当初予算",
    }  # fmt: skip


def test_the_message_says_how_it_was_answered_and_survives_being_stored():
    message = as_message(answer("予算は1億円です[1]。", 1))
    told = {name: message.response_metadata[name] for name in ("status", "reason", "mode", "notices")}
    assert told == {
        "status": "answered", "reason": None, "mode": "extractive", "notices": ["令和2年度の資料です。"],
    }  # fmt: skip
    (again,) = messages_from_dict([message_to_dict(message)])
    assert isinstance(again, AIMessage)
    assert again.content_blocks == message.content_blocks


def test_a_real_answers_quotes_are_in_its_documents(assistant):
    told = assistant.ask("信用補完対策費の予算は")
    (block,) = as_message(told).content_blocks
    assert block["annotations"]
    for one in block["annotations"]:
        lines = assistant.index.documents[one["extras"]["document"]].lines
        place = slice(one["extras"]["line_start"] - 1, one["extras"]["line_end"])
        assert one["cited_text"] in "\n".join(lines[place])
        assert told.text[one["start_index"] : one["end_index"]].endswith(f"[{one['extras']['marker']}]")
