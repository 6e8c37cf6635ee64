"""The answer as Server-Sent Events, over real HTTP: events, errors before and within, clients that go away."""

import contextlib
import json
import logging
import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import serving
from hosting import wait_for

from assistant.records import Turn

RATE = "空き店舗の改装に使える補助率は？"
BAD = serving.table("bad_requests.json")
EVENTS = {"Accept": "text/event-stream"}
PING = 0.2
NOTICED = 1.0  # seconds within which a server sees that a client has gone


@pytest.fixture(scope="module")
def server() -> Iterator[serving.Served]:
    with serving.serve(ping=PING) as served:
        yield served


def parsed(text: str) -> list[tuple[str, dict]]:
    """The events of a stream, by the form that the standard states; comments are left out."""
    found = []
    for block in text.split("\n\n")[:-1]:
        fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if fields:
            assert sorted(fields) == ["data", "event"]
            found.append((fields["event"], json.loads(fields["data"])))
    assert text.endswith("\n\n")
    return found


def stream(server, question: str, **fields: object) -> list[tuple[str, dict]]:
    reply = server.client.post("/v1/chat", json={"question": question, **fields}, headers=EVENTS)
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"].startswith("text/event-stream")
    return parsed(reply.text)


@contextlib.contextmanager
def streaming(server, question: str, **fields: object) -> Iterator[tuple[httpx.Response, Iterator[str]]]:
    """A stream that is read line by line, on a connection of its own."""
    body = {"question": question, **fields}
    with (
        httpx.Client(base_url=server.url, timeout=20, trust_env=False) as client,
        client.stream("POST", "/v1/chat", json=body, headers=EVENTS) as reply,
    ):
        yield reply, reply.iter_lines()


# ---- what comes ----


@pytest.mark.parametrize("question", sorted(serving.KNOWN))
def test_stages_sentences_and_the_answer(server, question):
    events = stream(server, question, conversation_id="stages")
    names = [name for name, _ in events]
    assert names[-1] == "answer"
    assert names.count("answer") == 1
    assert [data["stage"] for name, data in events if name == "stage"] == ["understand", "compose"]
    answer = events[-1][1]
    assert "".join(data["text"] for name, data in events if name == "sentence") == answer["text"]
    whole = server.chat(question)
    for reply in (answer, whole):
        assert reply.pop("answer_id")
        assert reply.pop("conversation_id")
    assert answer == whole


def test_sentences_are_taken_back_by_a_stage(server):
    server.answerer.hold.set()
    told = [(name, data.get("stage") or data.get("text")) for name, data in stream(server, "言い直す")]
    assert told[:4] == [
        ("stage", "understand"),
        ("stage", "write"),
        ("sentence", "取り消される文。"),
        ("stage", "compose"),
    ]
    assert told[4][0] == "sentence"


def test_japanese_goes_out_as_itself(server):
    reply = server.client.post("/v1/chat", json={"question": RATE}, headers=EVENTS)
    assert "補助率".encode() in reply.content
    assert b"\\u" not in reply.content


def test_headers(server):
    headers = server.client.post("/v1/chat", json={"question": RATE}, headers=EVENTS).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-accel-buffering"] == "no"
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/json, text/event-stream", "text/html"])
def test_json_is_the_default(server, accept):
    reply = server.client.post("/v1/chat", json={"question": RATE}, headers={"Accept": accept})
    assert reply.headers["content-type"] == "application/json"
    assert reply.json()["question"] == RATE


def test_several_accept_headers_are_one(server):
    headers = [("Accept", "application/json;q=0.5"), ("Accept", "text/event-stream")]
    reply = server.client.post("/v1/chat", json={"question": RATE}, headers=headers)
    assert reply.headers["content-type"].startswith("text/event-stream")


def test_events_come_as_they_come_about_and_comments_meanwhile(server):
    server.answerer.hold.clear()
    with streaming(server, "待って") as (_, lines):
        assert next(lines) == "event: stage"
        asked = time.monotonic()
        assert next(line for line in lines if line.startswith(":")) == ": ping"
        assert time.monotonic() - asked < 10
        server.answerer.hold.set()
        assert [line for line in lines if line.startswith("event: answer")]


# ---- conversations ----


def test_a_streamed_conversation_remembers(server):
    first = stream(server, RATE)[-1][1]
    second = stream(server, "家賃も対象になりますか？", conversation_id=first["conversation_id"])[-1][1]
    assert server.answerer.asked[-1][1] == (Turn("user", RATE), Turn("assistant", first["text"]))
    assert server.answerer.conversations[-1] == second["conversation_id"] == first["conversation_id"]
    turns = server.client.get(f"/v1/conversations/{first['conversation_id']}").json()["turns"]
    assert [turn["answer_id"] for turn in turns] == [None, first["answer_id"], None, second["answer_id"]]


def test_the_filters_reach_the_answerer(server):
    stream(server, RATE, region="秋田県", fiscal_year="令和4年度", history=["先の質問"])
    assert server.answerer.asked[-1] == (RATE, (Turn("user", "先の質問"),), "秋田県", "令和4年度")


def test_the_conversation_is_named_to_the_answerer(server):
    server.chat(RATE, conversation_id="named")
    assert server.answerer.conversations[-1] == "named"


@pytest.mark.parametrize("question", sorted(serving.LATE_FAILURES))
def test_a_question_whose_answer_never_came_is_not_kept(server, question):
    stream(server, question, conversation_id=question.encode().hex())
    assert server.client.get(f"/v1/conversations/{question.encode().hex()}").json()["turns"] == []


# ---- errors ----


def content_of(case: dict) -> bytes:
    return json.dumps(case["json"]).encode() if "json" in case else case.get("body", "{").encode()


@pytest.mark.parametrize(
    "case", [one for one in BAD if not any("repeat" in key for key in one)], ids=lambda one: one["name"]
)
def test_a_bad_body_is_an_error_as_ever(server, case):
    headers = {**EVENTS, "Content-Type": case.get("type", "application/json")}
    reply = server.client.post("/v1/chat", content=content_of(case), headers=headers)
    assert (reply.status_code, reply.json()["error"]["code"]) == (case["status"], case["code"])


@pytest.mark.parametrize(
    ("question", "status", "code"),
    [("読めない質問", 422, "question"), ("準備中", 409, "index_missing"), ("壊れる", 500, "internal")],
)
def test_an_error_before_the_first_event_has_its_status(server, question, status, code, caplog):
    reply = server.client.post("/v1/chat", json={"question": question}, headers=EVENTS)
    assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)
    assert reply.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("question", "code"),
    [("途中で準備中", "index_missing"), ("途中で壊れる", "internal"), ("途中で時間切れ", "internal")],
)
def test_an_error_in_the_middle_is_the_last_event(server, question, code, caplog):
    with caplog.at_level(logging.ERROR):
        events = stream(server, question)
    assert [name for name, _ in events] == ["stage", "stage", "sentence", "error"]
    error = events[-1][1]["error"]
    assert list(error) == ["code", "message", "hint"]
    assert error["code"] == code
    assert serving.SECRET not in json.dumps(events)
    if code == "internal":
        assert error["hint"].rstrip(".").split()[-1] in caplog.text


# ---- clients that go away ----


def held(server) -> None:
    """「待って」 waits from now on, and no stream has ended."""
    server.answerer.hold.clear()
    server.answerer.closed.clear()
    server.answerer.whole.clear()


def test_a_client_that_goes_away_ends_the_answer_and_nothing_is_kept(server):
    held(server)
    with streaming(server, "待って", conversation_id="gone") as (_, lines):
        assert next(lines) == "event: stage"
    time.sleep(NOTICED)
    server.answerer.hold.set()
    wait_for(lambda: server.answerer.closed == ["待って"])
    assert server.answerer.whole == []
    assert server.client.get("/v1/conversations/gone").json()["turns"] == []


def test_a_client_that_is_cut_off_ends_the_answer(server):
    held(server)
    body = json.dumps({"question": "待って"}).encode()
    head = f"POST /v1/chat HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nContent-Length: {len(body)}\r\n"
    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))) as client:
        client.sendall(head.encode() + b"Content-Type: application/json\r\n\r\n" + body)
        assert b"200 OK" in client.recv(4096)
    time.sleep(NOTICED)
    server.answerer.hold.set()
    wait_for(lambda: server.answerer.closed == ["待って"])
    assert server.answerer.whole == []


def test_who_left_before_a_thread_was_free_is_not_answered():
    with serving.serve(chats=1, ping=0.05) as server:
        waiting = threading.Thread(target=server.chat, args=("待って",))
        waiting.start()
        wait_for(lambda: len(server.answerer.asked) == 1)
        with streaming(server, RATE) as (_, lines):
            assert next(lines) == ": ping"  # the response has begun, though nothing is done for it
        time.sleep(NOTICED)
        server.answerer.hold.set()
        waiting.join(20)
        assert server.chat("知らない質問")["status"] == "abstained"
        assert [question for question, *_ in server.answerer.asked] == ["待って", "知らない質問"]


def test_many_streams_at_once(server):
    replies: list[list] = []
    threads = [threading.Thread(target=lambda: replies.append(stream(server, RATE))) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert {events[-1][1]["text"] for events in replies} == {serving.KNOWN[RATE].text}
    assert len({events[-1][1]["conversation_id"] for events in replies}) == 30
    assert all(name.startswith("chat") for name in server.answerer.threads)
