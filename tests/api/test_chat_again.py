"""A request that is sent again has one answer: afterwards, at the same time, after a broken one."""

import json
import threading
import time

import httpx
import pytest
import serving
from hosting import hosted, wait_for

from api.app import create_app
from api.keeping import OneByOne
from api.web import Web
from assistant.conversations import Store

RATE = "空き店舗の改装に使える補助率は？"
KEY = {"Idempotency-Key": "a1-B2_c3"}
EVENTS = {"Accept": "text/event-stream"}
ACCEPTS = [{}, EVENTS]


@pytest.fixture
def server():
    """A server that keeps conversations as the real one does."""
    answerer = serving.KnowsAFew()
    store = Store.open("sqlite://")
    with (
        hosted(create_app(answerer, conversations=store, web=Web(ping=0.2))) as url,
        httpx.Client(base_url=url, timeout=20, trust_env=False) as client,
    ):
        try:
            yield serving.Served(url, answerer, client)
        finally:
            answerer.hold.set()
    store.close()


def post(server, question: str, headers: dict, **fields) -> httpx.Response:
    with httpx.Client(base_url=server.url, timeout=20, trust_env=False) as client:
        return client.post("/v1/chat", json={"question": question, **fields}, headers=headers)


def answer_ids(server, conversation_id: str) -> list[str]:
    turns = server.client.get(f"/v1/conversations/{conversation_id}").json()["turns"]
    return [turn["answer_id"] for turn in turns if turn["role"] == "assistant"]


def reply_of(response: httpx.Response) -> dict:
    """The reply, streamed or not."""
    assert response.status_code == 200, response.text
    if response.headers["content-type"].startswith("text/event-stream"):
        return json.loads(response.text.rstrip().rpartition("data: ")[2])
    return response.json()


@pytest.mark.parametrize("first", ACCEPTS, ids=["whole", "streamed"])
@pytest.mark.parametrize("second", ACCEPTS, ids=["whole", "streamed"])
def test_the_second_gets_the_firsts_reply(server, first, second):
    one = reply_of(post(server, RATE, KEY | first, conversation_id="retried"))
    two = reply_of(post(server, RATE, KEY | second, conversation_id="retried"))
    assert one == two
    assert answer_ids(server, "retried") == [one["answer_id"]]
    assert len(server.answerer.asked) == 1


@pytest.mark.parametrize("accept", ACCEPTS, ids=["whole", "streamed"])
def test_a_key_with_another_question_is_refused(server, accept):
    number = "電話は090-1234-5678です"
    first = reply_of(post(server, number, KEY, conversation_id="reused"))
    for question in (RATE, "電話は［電話番号］でした"):
        reply = post(server, question, KEY | accept, conversation_id="reused")
        assert (reply.status_code, reply.json()["error"]["code"]) == (409, "idempotency_key_reused")
    again = reply_of(post(server, number, KEY, conversation_id="reused"))
    assert again["answer_id"] == first["answer_id"]
    assert answer_ids(server, "reused") == [first["answer_id"]]


def test_without_a_key_every_request_is_one(server):
    for _ in range(2):
        post(server, RATE, {}, conversation_id="plain")
    assert len(answer_ids(server, "plain")) == 2


def test_a_key_is_its_conversations_own(server):
    ids = {reply_of(post(server, RATE, KEY, conversation_id=name))["answer_id"] for name in ("one", "two")}
    assert len(ids) == 2
    another = reply_of(post(server, RATE, {"Idempotency-Key": "other"}, conversation_id="one"))
    assert another["answer_id"] not in ids


def test_who_comes_while_the_first_is_answered_waits_for_its_reply(server):
    replies = []
    threads = [
        threading.Thread(target=lambda: replies.append(post(server, "待って", KEY, conversation_id="joined")))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    wait_for(lambda: len(server.answerer.asked) == 1)
    time.sleep(0.3)
    assert len(server.answerer.asked) == 1
    server.answerer.hold.set()
    for thread in threads:
        thread.join(20)
    assert len({reply_of(reply)["answer_id"] for reply in replies}) == 1
    assert len(server.answerer.asked) == 1
    assert len(answer_ids(server, "joined")) == 1


def test_after_a_connection_that_dropped_there_is_one_answer(server):
    body = {"question": "待って", "conversation_id": "dropped"}
    with (
        httpx.Client(base_url=server.url, timeout=20, trust_env=False) as client,
        client.stream("POST", "/v1/chat", json=body, headers=KEY | EVENTS) as reply,
    ):
        next(reply.iter_lines())
    server.answerer.hold.set()
    again = reply_of(post(server, "待って", KEY, conversation_id="dropped"))
    assert answer_ids(server, "dropped") == [again["answer_id"]]


@pytest.mark.parametrize("accept", ACCEPTS, ids=["whole", "streamed"])
def test_a_request_that_failed_is_answered_the_second_time(server, accept, caplog):
    assert post(server, "準備中", KEY | accept, conversation_id="failed").status_code == 409
    assert reply_of(post(server, RATE, KEY | accept, conversation_id="failed"))["question"] == RATE


@pytest.mark.parametrize("key", ["", "a b", "x" * 65, "ö", "a.b", 'a"'], ids=repr)
def test_a_key_of_another_form_is_refused(server, key):
    reply = post(server, RATE, {"Idempotency-Key": key.encode("latin-1")})
    assert (reply.status_code, reply.json()["error"]["code"]) == (422, "invalid_request")


def test_others_are_let_in_as_they_come_and_nothing_is_left():
    doors = OneByOne()
    with doors.turn(("a", "1"), lambda: True) as first:
        with doors.turn(("b", "1"), lambda: True) as other:
            assert first
            assert other
        ends = time.monotonic() + 0.3
        with doors.turn(("a", "1"), lambda: time.monotonic() < ends) as same:
            assert not same
    assert len(doors) == 0
