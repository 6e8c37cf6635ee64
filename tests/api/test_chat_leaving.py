"""Too many questions, clients that go away, a server that is to end: nothing waits for ever, nothing runs on."""

import asyncio
import contextlib
import json
import random
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import serving
import uvicorn
from hosting import wait_for

from api.app import create_app
from api.problems import Problem
from api.web import Web
from assistant.conversations import Store
from eval.load.asked import ask, job_for
from eval.load.streams import bodies

CUTS = 150  # a soak run sets more
EVENTS = {"Accept": "text/event-stream"}
RATE = "空き店舗の改装に使える補助率は？"


class Host:
    """An application served by a loop whose tasks can be counted."""

    def __init__(self, app) -> None:
        self.app = app
        self.loop = asyncio.new_event_loop()
        config = uvicorn.Config(app, log_level="critical", ws="none", lifespan="off", timeout_graceful_shutdown=5)
        self.runner = uvicorn.Server(config)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen()
        self.port = self.socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        self.loop.run_until_complete(self.runner.serve([self.socket]))
        self.loop.close()

    @property
    def tasks(self) -> int:
        """Those of the loop, without the server's own."""
        return len(asyncio.all_tasks(self.loop)) - 1

    @property
    def chats(self):
        return self.app.state.chats

    def __enter__(self):
        self.thread.start()
        wait_for(lambda: self.runner.started)
        return self

    def __exit__(self, *_: object) -> None:
        self.runner.should_exit = True
        self.thread.join(20)
        self.socket.close()


@contextlib.contextmanager
def hosting(**changes):
    answerer = serving.KnowsAFew()
    store = Store.open("sqlite://")
    app = create_app(answerer, conversations=store, web=Web(ping=5, rate_per_client="", rate_total="", **changes))
    try:
        with Host(app) as host:
            yield host, answerer
            answerer.hold.set()
    finally:
        answerer.hold.set()
        store.close()


def post(host: Host, question: str, headers: dict | None = None) -> httpx.Response:
    with httpx.Client(base_url=host.url, timeout=20, trust_env=False) as client:
        return client.post("/v1/chat", json={"question": question}, headers=headers or {})


def raw(question: str, headers: dict) -> bytes:
    """A request as bytes."""
    body = json.dumps({"question": question}).encode()
    named = {"Host": "x", "Content-Type": "application/json", "Content-Length": str(len(body)), **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return b"POST /v1/chat HTTP/1.1\r\n" + head.encode() + b"\r\n" + body


def is_quiet(host: Host) -> bool:
    return (host.chats.running, host.chats.waiting, host.chats.open, host.tasks) == (0, 0, 0, 0)


def test_more_questions_than_may_wait_are_sent_away():
    with hosting(chats=2, waiting=3) as (host, answerer), ThreadPoolExecutor(20) as pool:
        first = [pool.submit(post, host, "待って") for _ in range(5)]
        wait_for(lambda: host.chats.running == 2 and host.chats.waiting == 3)
        for headers in ({}, EVENTS):
            refused = post(host, "待って", headers)
            assert (refused.status_code, refused.json()["error"]["code"]) == (429, "busy")
            assert int(refused.headers["retry-after"]) >= 1
        answerer.hold.set()
        assert {one.result().status_code for one in first} == {200}
        assert post(host, RATE).status_code == 200


@pytest.mark.parametrize("key", [{}, {"Idempotency-Key": "k"}], ids=["plain", "keyed"])
@pytest.mark.parametrize("accept", [{}, EVENTS], ids=["whole", "streamed"])
def test_a_conversation_that_is_deleted_while_a_question_waits_stays_deleted(key, accept):
    def ask_in(name: str, question: str) -> httpx.Response:
        with httpx.Client(base_url=host.url, timeout=20, trust_env=False) as client:
            return client.post("/v1/chat", json={"question": question, "conversation_id": name}, headers=key | accept)

    with (
        hosting(chats=1) as (host, answerer),
        ThreadPoolExecutor(2) as pool,
        httpx.Client(base_url=host.url, timeout=20, trust_env=False) as client,
    ):
        holding = pool.submit(ask_in, "other", "待って")
        wait_for(lambda: host.chats.running == 1)
        waiting = pool.submit(ask_in, "deleted", RATE)
        wait_for(lambda: host.chats.waiting == 1)
        assert client.delete("/v1/conversations/deleted").status_code == 204
        answerer.hold.set()
        assert "answer_id" in waiting.result().text  # the one who waits for it still gets it
        assert holding.result().status_code == 200
        assert client.get("/v1/conversations/deleted").status_code == 404
        assert client.get("/v1/conversations/other").status_code == 200


def test_a_stream_begins_though_it_waits():
    with hosting(chats=1) as (host, answerer), ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(post, host, "待って")
        wait_for(lambda: host.chats.running == 1)
        with (
            httpx.Client(base_url=host.url, timeout=20, trust_env=False) as client,
            client.stream("POST", "/v1/chat", json={"question": RATE}, headers=EVENTS) as reply,
        ):
            assert reply.status_code == 200
            lines = reply.iter_lines()
            assert next(lines).startswith(":")
            assert [question for question, *_ in answerer.asked] == ["待って"]
            answerer.hold.set()
            assert any(line == "event: answer" for line in lines)
        assert waiting.result().status_code == 200


@pytest.mark.parametrize("headers", [{}, EVENTS], ids=["whole", "streamed"])
@pytest.mark.parametrize("waits", [True, False], ids=["for its turn", "for a model"])
def test_a_client_that_leaves_is_noticed_while_nothing_is_sent(headers, waits):
    with hosting(chats=1) as (host, answerer):
        with socket.create_connection(("127.0.0.1", host.port)) as one:
            one.sendall(raw("待って", EVENTS if waits else headers))
            wait_for(lambda: host.chats.running == 1)
            if waits:
                with socket.create_connection(("127.0.0.1", host.port)) as two:
                    two.sendall(raw(RATE, headers))
                    wait_for(lambda: host.chats.waiting == 1)
                    time.sleep(0.4)  # its response has begun, if it is a stream
                wait_for(lambda: host.chats.waiting == 0 and host.chats.open == 1)
        wait_for(lambda: host.chats.open == 0 and host.tasks == 0)
        answerer.hold.set()
        wait_for(lambda: is_quiet(host))
        assert answerer.whole == []


def test_many_clients_cut_at_random_points_leave_nothing_behind():
    with hosting(chats=8) as (host, answerer):
        answerer.hold.set()
        draw = random.Random(5)
        questions = [draw.choice([*serving.KNOWN, "待って", "言い直す", "知らない質問"]) for _ in range(CUTS)]
        ask(job_for(host.url, bodies(questions), 40, cut=0.05))
        wait_for(lambda: is_quiet(host))
        assert post(host, RATE).status_code == 200
        wait_for(lambda: is_quiet(host))
        assert len(host.runner.server_state.connections) <= 1


@pytest.mark.parametrize("headers", [{}, EVENTS], ids=["whole", "streamed"])
def test_what_is_under_way_when_the_server_ends_is_told_so(headers):
    with hosting(chats=1) as (host, answerer), ThreadPoolExecutor(2) as pool:
        under_way = pool.submit(post, host, "待って", headers)
        wait_for(lambda: host.chats.running == 1)
        waiting = pool.submit(post, host, RATE, headers)
        wait_for(lambda: host.chats.waiting == 1)
        time.sleep(0.4)
        ending = Problem(503, "ending", "The server is being restarted.", "Ask again in a few seconds.")
        host.chats.wind_up(0.1, ending)
        for reply in (under_way.result(), waiting.result()):
            assert '"ending"' in reply.text
            assert reply.status_code == (200 if headers else 503)
            assert not headers or reply.text.rstrip().splitlines()[-2] == "event: error"
        assert answerer.whole == []


def test_an_answer_that_comes_in_time_is_told_though_the_server_ends():
    with hosting(chats=1) as (host, answerer), ThreadPoolExecutor(1) as pool:
        under_way = pool.submit(post, host, "待って", EVENTS)
        wait_for(lambda: host.chats.running == 1)
        host.chats.wind_up(20, Problem(503, "ending", "Ends.", "Wait."))
        answerer.hold.set()
        assert "event: answer" in under_way.result().text
