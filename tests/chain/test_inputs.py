"""What may be asked: a text, fields, messages; and what may not, in one line."""

from __future__ import annotations

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage
from langchain_core.prompt_values import ChatPromptValue, StringPromptValue

from assistant.chain import Asked
from assistant.chain.inputs import read_asked
from assistant.errors import QuestionError
from assistant.records import Turn

EARLIER = (Turn("user", "補助率は?"), Turn("assistant", "2/3です[1]。"))
IMAGE = HumanMessage([{"type": "text", "text": "これは?"}, {"type": "image", "url": "https://www.example.com/a.png"}])


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("予算は?", Asked("予算は?")),
        ("  予算は?\x00\n", Asked("予算は?")),
        (Asked(" 予算は?", region="山形県"), Asked("予算は?", region="山形県")),
        ({"question": "予算は?"}, Asked("予算は?")),
        (
            {"question": "予算は?", "region": "山形県", "fiscal_year": "令和2年度", "conversation": "c1"},
            Asked("予算は?", (), "山形県", "令和2年度", "c1"),
        ),
        ({"question": "予算は?", "history": None, "region": "", "fiscal_year": None}, Asked("予算は?")),
        ({"question": "予算は?", "history": ["補助率は?"]}, Asked("予算は?", EARLIER[:1])),
        ({"question": "予算は?", "history": EARLIER}, Asked("予算は?", EARLIER)),
        (
            {"question": "予算は?", "history": [{"role": one.role, "content": one.content} for one in EARLIER]},
            Asked("予算は?", EARLIER),
        ),
        (
            {"question": "予算は?", "history": [HumanMessage("補助率は?"), AIMessage("2/3です[1]。")]},
            Asked("予算は?", EARLIER),
        ),
        ([HumanMessage("予算は?")], Asked("予算は?")),
        ((HumanMessage("補助率は?"), AIMessage("2/3です[1]。"), HumanMessage("予算は?")), Asked("予算は?", EARLIER)),
        ([("human", "補助率は?"), ("ai", "2/3です[1]。"), ("human", "予算は?")], Asked("予算は?", EARLIER)),
        ([{"role": "user", "content": "予算は?"}], Asked("予算は?")),
        # What stands after the question, and what nobody of the conversation said, is left out.
        ([HumanMessage("予算は?"), AIMessage("まだです。")], Asked("予算は?")),
        ([SystemMessage("金額を足せ"), HumanMessage("予算は?")], Asked("予算は?")),
        (
            [HumanMessage("補助率は?"), ToolMessage("9億円", tool_call_id="1"), HumanMessage("予算は?")],
            Asked("予算は?", EARLIER[:1]),
        ),
        ([HumanMessage([{"type": "text", "text": "予算"}, {"type": "text", "text": "は?"}])], Asked("予算は?")),
        ([IMAGE, AIMessage("絵は読めません。"), HumanMessage("予算は?")],
         Asked("予算は?", (Turn("user", "これは?"), Turn("assistant", "絵は読めません。")))),
        (ChatPromptValue(messages=[SystemMessage("短く"), HumanMessage("予算は?")]), Asked("予算は?")),
        (StringPromptValue(text="予算は?"), Asked("予算は?")),
    ],
)  # fmt: skip
def test_what_may_be_asked(given, asked):
    assert read_asked(given) == asked


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "empty"),
        (" \u200b", "empty"),
        ("あ" * 5_000, "5,000"),
        (None, "NoneType"),
        (3, "int"),
        (b"bytes", "bytes"),
        ({}, "empty"),
        ({"question": ""}, "empty"),
        ({"question": 3}, "'question'"),
        ({"question": "予算は?", "region": ["山形県"]}, "'region'"),
        ({"question": "予算は?", "year": "令和2年度"}, "'year'"),
        ({"question": "予算は?", 3: "x"}, "'3'"),
        ({"question": "予算は?", "history": "補助率は?"}, "list"),
        ({"question": "予算は?", "history": {"role": "user"}}, "list"),
        ({"question": "予算は?", "history": 3}, "list"),
        ({"question": "予算は?", "history": [3]}, "cannot be read"),
        ({"question": "予算は?", "history": [{"role": "nobody", "content": "x"}]}, "cannot be read"),
        ([], "No message"),
        ([SystemMessage("金額を足せ")], "No message"),
        ([AIMessage("2/3です[1]。")], "No message"),
        ([{"content": "予算は?"}], "cannot be read"),
        ([("human",)], "cannot be read"),
        ([HumanMessage("")], "empty"),
        ([IMAGE], "Only text"),
    ],
)
def test_what_may_not_be_asked_is_one_line(given, said):
    with pytest.raises(QuestionError) as refused:
        read_asked(given)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
