"""Conversations over HTTP, kept in a database: read again, masked, deleted, away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import databases
import httpx
import pytest
import serving
from hosting import hosted

from api.app import create_app
from api.desk import Desk
from assistant.chain import Assistant
from assistant.conversations import Store, new_id

url = databases.url
postgres = databases.postgres
RATE = "創業支援補助金の補助率は？"
NUMBER = "090-1234-5678"


@contextmanager
def kept_at(url: str, desk: Desk | None = None) -> Iterator[httpx.Client]:
    """A client of a server that keeps conversations at ``url``."""
    store = Store.open(url)
    app = create_app(desk or serving.KnowsAFew(), conversations=store)
    try:
        with hosted(app) as address, httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
            yield client
    finally:
        store.close()


@pytest.fixture
def client(url: str) -> Iterator[httpx.Client]:
    with kept_at(url) as made:
        yield made


def ask(client: httpx.Client, question: str, conversation_id: str, **headers: str) -> dict:
    body = {"question": question, "conversation_id": conversation_id}
    reply = client.post("/v1/chat", json=body, headers=headers)
    assert reply.status_code == 200, reply.text
    return reply.json()


def turns(client: httpx.Client, conversation_id: str) -> list[dict]:
    return client.get(f"/v1/conversations/{conversation_id}").json()["turns"]


def error_of(reply: httpx.Response) -> tuple[int, str]:
    assert set(reply.json()) == {"error"}
    assert set(reply.json()["error"]) == {"code", "message", "hint"}
    return reply.status_code, reply.json()["error"]["code"]


def test_a_turn_holds_the_whole_answer_as_it_was_sent(client: httpx.Client) -> None:
    told = ask(client, next(iter(serving.KNOWN)), "a")
    asked, answered = turns(client, "a")
    assert asked == {"role": "user", "content": told["question"], "answer_id": None, "answer": None}
    assert answered == {
        "role": "assistant",
        "content": told["text"],
        "answer_id": told["answer_id"],
        "answer": told,
    }


def test_personal_data_is_sent_back_masked_and_figures_are_not(client: httpx.Client) -> None:
    question = f"{NUMBER}の者です。taro@example.com、予算は12,345千円、令和5年度です"
    told = ask(client, question, "a")
    assert told["question"] == question  # the one who asked sees it as it was asked
    text = client.get("/v1/conversations/a").text
    assert NUMBER not in text
    assert "taro" not in text
    assert (
        turns(client, "a")[0]["content"] == "［電話番号］の者です。［メールアドレス］、予算は12,345千円、令和5年度です"
    )


def test_what_was_said_outlives_the_server(url: str) -> None:
    with kept_at(url) as client:
        ask(client, RATE, "a")
    with kept_at(url) as client:
        assert len(turns(client, "a")) == 2
        assert client.delete("/v1/conversations/a").status_code == 204
        assert error_of(client.get("/v1/conversations/a")) == (404, "no_conversation")


def test_the_same_request_again_adds_nothing(client: httpx.Client) -> None:
    first = ask(client, RATE, "a", **{"Idempotency-Key": "key-1"})
    assert ask(client, RATE, "a", **{"Idempotency-Key": "key-1"}) == first
    assert ask(client, RATE, "a", **{"Idempotency-Key": "key-2"})["answer_id"] != first["answer_id"]
    assert len(turns(client, "a")) == 4


def test_follow_ups_work_from_what_is_kept(assistant: Assistant, url: str) -> None:
    with kept_at(url, assistant) as client:
        plain, masked = new_id(), new_id()
        ask(client, "信用補完対策費の予算は?", plain)
        ask(client, f"信用補完対策費の予算は? 電話は{NUMBER}、taro@example.comです", masked)
        told = [ask(client, "担当は?", one) for one in (plain, masked)]
        assert told[0]["status"] == "answered"
        assert "信用補完対策費" in told[0]["text"]
        assert told[0]["text"] == told[1]["text"]


def test_deleted_while_an_answer_is_on_its_way(url: str) -> None:
    desk = serving.KnowsAFew()
    with kept_at(url, desk) as client:
        body = {"question": "待って", "conversation_id": "a"}
        accept = {"Accept": "text/event-stream"}
        with client.stream("POST", "/v1/chat", json=body, headers=accept) as reply:
            lines = reply.iter_lines()
            while '"write"' not in next(lines):
                pass
            assert client.delete("/v1/conversations/a").status_code == 204
            desk.hold.set()
            assert any("answer_id" in line for line in lines)  # the one who waits for it still gets it
        assert error_of(client.get("/v1/conversations/a")) == (404, "no_conversation")


def test_a_database_that_is_away_is_told_and_comes_back(postgres: databases.Postgres) -> None:
    with kept_at(postgres.database()) as client:
        answer_id = ask(client, RATE, "a")["answer_id"]
        postgres.stop()
        try:
            for method, path, body in (
                ("GET", "/v1/conversations/a", None),
                ("DELETE", "/v1/conversations/a", None),
                ("POST", "/v1/feedback", {"answer_id": answer_id, "rating": "up"}),
                ("POST", "/v1/chat", {"question": RATE, "conversation_id": "a"}),
            ):
                reply = client.request(method, path, json=body)
                assert error_of(reply) == (503, "store_unavailable"), (method, path)
                assert int(reply.headers["retry-after"]) >= 1
                assert "postgres" not in reply.text.lower()
            assert client.get("/healthz").status_code == 200
        finally:
            postgres.start()
        assert len(turns(client, "a")) == 2


def test_no_file_holds_what_was_deleted(tmp_path: Path) -> None:
    with kept_at(f"sqlite:///{tmp_path / 'kept.sqlite3'}") as client:
        ask(client, "canary の補助率は？", "a")
        assert b"canary" in b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert client.delete("/v1/conversations/a").status_code == 204
        assert b"canary" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
