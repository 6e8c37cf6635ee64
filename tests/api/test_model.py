"""A language model behind the API: what it makes up leaves by no way, and its budget is the conversation's."""

import httpx
import pytest
from hosting import hosted
from leashed import Says, leashed

from api.app import create_app

Q = "事業承継で使える補助率は?"
LIES = "補助率は7/9です[1]。{{F1}}のほか、98,765万円まで借りられます[1]。電話は03-9876-5432です[2]。"
LIED = ("7/9", "98,765", "98765", "03-9876-5432")
ACCEPTS = ["application/json", "text/event-stream"]


@pytest.mark.parametrize("accept", ACCEPTS)
@pytest.mark.parametrize("fault", [None, "cut", "slow"])
def test_what_a_model_makes_up_leaves_by_no_way(assistant, accept, fault):
    says = Says(LIES, fault=fault)
    with (
        hosted(create_app(leashed(assistant.index, says))) as url,
        httpx.Client(base_url=url, timeout=20, trust_env=False) as client,
    ):
        body = {"question": Q, "conversation_id": "lied-to"}
        reply = client.post("/v1/chat", json=body, headers={"Accept": accept})
        kept = client.get("/v1/conversations/lied-to")
    assert reply.status_code == kept.status_code == 200
    assert "2/3" in reply.text
    assert "2/3" in kept.text
    assert not any(lie in text for lie in LIED for text in (reply.text, kept.text))
    assert {conversation for _, conversation in says.seen} == {"lied-to"}
