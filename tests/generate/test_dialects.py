"""Servers that speak OpenAI's language a little otherwise are read all the same."""

import json

import pytest

from assistant.errors import ModelFault
from assistant.generate.dialects import as_events, with_reason
from assistant.generate.messages import Message
from assistant.generate.model import make_model
from assistant.settings import Settings
from eval.leash.server import Reply, event, served

TEXT = ("補助率は{{F1}}", "です[1]。")
USAGE = {"total_tokens": 9, "prompt_tokens": 4, "completion_tokens": 5}
WHOLE = {"choices": [{"message": {"role": "assistant", "content": "".join(TEXT)}, "finish_reason": "stop"}]}


def read_from(reply: Reply) -> str:
    with served(lambda body, number: reply) as server:
        model = make_model(Settings(llm="openai:stand-in", llm_base_url=server.url, llm_api_key="any"))
        return "".join(piece.text for piece in model([Message("user", "質問")]))


@pytest.mark.parametrize(
    "reply",
    [
        Reply(TEXT, finish=None),  # done, without saying why
        Reply(raw=json.dumps(WHOLE).encode(), kind="application/json"),  # no stream
        Reply(raw=json.dumps({**WHOLE, "usage": USAGE}).encode(), kind="application/json; charset=utf-8"),
    ],
    ids=["done without a reason", "one object", "one object with its usage"],
)
def test_the_reply_is_whole(reply):
    assert read_from(reply) == "".join(TEXT)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"choices": []}', b'{"choices": [{"message": {"content": 5}}]}', b"\xff"]
)
def test_an_object_that_is_no_completion_is_garbled(body):
    with pytest.raises(ModelFault) as error:
        list(as_events(iter([body])))
    assert error.value.sort == "garbled"


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_stream_that_says_why_it_ends_is_passed_on_as_it_is(size):
    sent = event({"content": "はい。"}) + event({}, finish="stop") + b"data: [DONE]\n\n"
    assert b"".join(with_reason(sent[at : at + size] for at in range(0, len(sent), size))) == sent


def test_a_stream_that_was_cut_gets_no_reason():
    sent = event({"content": "はい。"})
    assert b"".join(with_reason(iter([sent]))) == sent
