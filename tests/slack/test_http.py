"""Requests of Slack over real HTTP."""

import asyncio
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from hosting import hosted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.slack.http import MAX_BODY, PATHS, Desk, create_slack_app
from api.slack.verifying import Verifier

from .inboxes import SECRET, Bell, Shelf, command, encoded, event, inbox, press, shortcut, signed, table, written

CASES = table("signatures.json")["refused"]


class Server:
    """A server of the test's own."""

    def __init__(self, url: str, queue: Shelf, bell: Bell, client: httpx.Client) -> None:
        self.url = url
        self.queue = queue
        self.bell = bell
        self.client = client

    def send(self, raw: bytes, headers: dict | None = None, path: str = "/slack/events") -> httpx.Response:
        """Bytes with these headers."""
        return self.client.post(self.url + path, content=raw, headers=headers or {})

    def tell(self, body: dict, path: str = "/slack/events") -> httpx.Response:
        """A body as Slack sends it, signed."""
        raw, kind = encoded(body)
        return self.send(raw, {**signed(raw), "Content-Type": kind}, path)


@pytest.fixture(scope="module")
def started():
    queue, bell = Shelf(), Bell()
    app = create_slack_app(inbox(queue, bell), Verifier(SECRET), ready=queue.waiting, waiting=queue.waiting)
    with hosted(app) as url, httpx.Client(trust_env=False, timeout=30) as client:
        yield Server(url, queue, bell, client)


@pytest.fixture
def server(started):
    started.queue.jobs.clear()
    started.queue.puts = 0
    started.queue.away, started.queue.broken = False, None
    return started


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("body", [event(), written(), command(), press("rate", "a1:up"), shortcut()])
def test_each_address_takes_everything(server, path, body):
    rung = server.bell.rung
    reply = server.tell(body, path)
    assert reply.status_code == 200
    assert len(server.queue.jobs) == 1
    assert server.bell.rung == rung + 1


def test_a_command_is_answered_with_a_note_for_its_asker_alone(server):
    reply = server.tell(command())
    assert reply.headers["content-type"].startswith("application/json")
    assert reply.json()["response_type"] == "ephemeral"
    assert reply.json()["text"]
    assert reply.json()["blocks"]
    assert server.tell(command("  ", trigger_id="other")).content == b""  # how to ask is told by the job


def test_slack_tries_the_address(server):
    assert server.tell({"type": "url_verification", "challenge": "見本"}).json() == {"challenge": "見本"}
    assert server.tell({"ssl_check": "1", "token": "x"}).status_code == 200
    assert not server.queue.jobs


def test_what_comes_again_is_one_job(server):
    for _ in range(4):
        assert server.tell(event("Ev9")).status_code == 200
    assert list(server.queue.jobs) == ["event:Ev9"]


def test_while_the_database_is_away_slack_is_to_come_again(server):
    server.queue.away = True
    reply = server.tell(event())
    assert reply.status_code == 503
    assert int(reply.headers["retry-after"]) > 0
    assert reply.json()["error"]["code"] == "store_unavailable"
    assert server.client.get(server.url + "/readyz").status_code == 503
    server.queue.away = False
    assert server.tell(event()).status_code == 200
    assert server.client.get(server.url + "/readyz").status_code == 200


def test_a_defect_is_told_without_its_cause(server, caplog):
    server.queue.broken = ZeroDivisionError("the password is hunter2")
    reply = server.tell(event(text="<@UBOT> 秘密の相談"))
    assert reply.status_code == 500
    assert reply.json()["error"]["code"] == "internal"
    assert "hunter2" not in reply.text
    assert not any("秘密" in record.getMessage() for record in caplog.records)


def test_errors_have_the_one_shape(server):
    raw = b"x" * (MAX_BODY + 1)
    replies = {
        413: server.send(raw, signed(raw)),
        405: server.client.get(server.url + "/slack/events"),
        404: server.send(b"{}", path="/slack/other"),
        401: server.send(b"{}"),
        400: server.send(b"", signed(b"")),
    }
    for status, reply in replies.items():
        assert reply.status_code == status
        assert set(reply.json()["error"]) == {"code", "message", "hint"}
    assert replies[405].headers["allow"] == "POST"


def test_its_operator_sees_how_it_goes(server):
    server.tell(event())
    server.send(b"{}")
    page = server.client.get(server.url + "/metrics").text
    assert "assistant_jobs_waiting 1.0" in page
    assert 'assistant_http_refused_total{reason="signature"}' in page
    assert 'assistant_http_request_seconds_count{route="/slack/events"}' in page
    server.queue.away = True
    assert "assistant_jobs_waiting" not in server.client.get(server.url + "/metrics").text
    assert server.client.get(server.url + "/healthz").status_code == 200


def spoilt(case: dict, good: dict[str, str], raw: bytes, chance: random.Random) -> tuple[list, bytes]:
    """Headers and body of a request that is not Slack's, or is no longer."""
    signature, stamp = good["X-Slack-Signature"], good["X-Slack-Request-Timestamp"]
    sort = chance.randrange(6)
    if sort == 0:  # a secret of one's own
        return list(signed(raw, f"guess {chance.random()}").items()), raw
    if sort == 1:  # stale, or ahead
        return list(signed(raw, at=time.time() + chance.choice((-1, 1)) * chance.uniform(310, 10**9)).items()), raw
    if sort == 2:  # another body
        return list(good.items()), raw + bytes([chance.randrange(256)])
    if sort == 3:
        at = chance.randrange(3, len(signature))
        other = "0" if signature[at] != "0" else "1"
        return [("X-Slack-Signature", signature[:at] + other + signature[at + 1 :]), *list(good.items())[:1]], raw
    if sort == 4:
        junk = bytes(chance.choice(range(0x21, 0x100)) for _ in range(chance.randrange(80)))
        return [(b"X-Slack-Signature", junk), (b"X-Slack-Request-Timestamp", stamp.encode())], raw
    headers = dict(good)
    match case:
        case {"headers": own}:
            return own, raw
        case {"drop": name}:
            del headers[name]
        case {"stamp": value} | {"set": ["X-Slack-Request-Timestamp", value]}:
            headers["X-Slack-Request-Timestamp"] = value.strip()
        case {"add": [name, value]}:
            return [*headers.items(), (name, value)], raw
        case {"repeat": name}:
            return [*headers.items(), (name, headers[name])], raw
        case _:
            headers["X-Slack-Signature"] = signature.upper()
    pairs = [(name.encode(), value.encode("utf-8", "replace")) for name, value in headers.items()]
    return pairs, raw


def test_2000_requests_that_are_not_slacks_are_refused_and_nothing_is_done(server):
    chance = random.Random(8)

    def send(number: int) -> int:
        raw, kind = encoded(event(f"Ev{number}"))
        headers, sent = spoilt(CASES[number % len(CASES)], signed(raw), raw, chance)
        return server.client.post(
            server.url + "/slack/events", content=sent, headers=[*headers, ("Content-Type", kind)]
        ).status_code

    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(send, range(2000)))
    assert set(statuses) == {401}
    assert server.queue.puts == 0
    assert not server.queue.jobs


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
GOOD = [event(), written(), command(), press("suggest:0", '{"question": "あ"}'), shortcut(), press("rate", "a:up")]


@st.composite
def odd(draw) -> dict:
    """A good body of which some fields are gone, or of another type, at any depth."""
    body = dict(draw(st.sampled_from(GOOD)))
    for _ in range(draw(st.integers(1, 4))):
        inner = body
        while True:
            name = draw(st.sampled_from(sorted(inner) or ["type"]))
            if isinstance(inner.get(name), dict) and draw(st.booleans()):
                inner[name] = dict(inner[name])
                inner = inner[name]
                continue
            if draw(st.booleans()):
                inner.pop(name, None)
            else:
                inner[name] = draw(JSON)
            break
    return body


FUZZ = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(odd())
def test_an_odd_body_is_no_failure(server, body):
    raw, kind = encoded(body)
    reply = server.send(raw, {**signed(raw), "Content-Type": kind})
    assert reply.status_code in (200, 400)


@FUZZ
@given(st.binary(max_size=300) | JSON.map(lambda value: repr(value).encode("utf-8", "replace")))
def test_bytes_are_no_failure(server, raw):
    for kind in ("application/json", "application/x-www-form-urlencoded", "text/plain; charset=utf-16"):
        assert server.send(raw, {**signed(raw), "Content-Type": kind}).status_code in (200, 400)


HUGE = "あ" * 200_000
HOSTILE = {
    "deep": b'{"type":' * 100_000,
    "deep lists": b'{"type":"event_callback","event":' + b"[" * 200_000,
    "many fields": b"&".join(b"a%d=1" % number for number in range(5000)),
    "a long number": b'{"type":' + b"9" * 20_000 + b"}",
    "half a character": rb'{"type":"event_callback","event_id":"\ud800","event":{"type":"message","channel":"D1",'
    rb'"user":"U\ud800","ts":"1","text":"\udfff\u0000"}}',
    "not a number": b'{"type":"event_callback","event":{"type":"message","ts":NaN}}',
    "a list": b"[1]",
    "null": b"null",
    "payload of nothing": b"payload=",
    "payload of a list": b"payload=[]",
    "not UTF-8": b'{"type":"\xff"}',
    "UTF-16": '{"type":"event_callback"}'.encode("utf-16"),
    "long text": encoded(written(HUGE))[0],
    "long id": encoded(event("E" * 100_000))[0],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_body_is_no_failure(server, name):
    raw = HOSTILE[name]
    assert server.send(raw, signed(raw)).status_code in (200, 400, 413)
    assert all(len(job) < 200 for job in server.queue.jobs)


def test_who_comes_when_all_hands_are_full_is_told_to_come_again():
    held = threading.Event()
    queue = Shelf()
    put = queue.put

    def slow(*job: str) -> bool:
        held.wait(20)
        return put(*job)

    queue.put = slow
    desk = Desk(inbox(queue), threads=1, waiting=1, patience=0.2)
    raws = [encoded(event(f"E{number}"))[0] for number in range(3)]

    async def take() -> list:
        return await asyncio.gather(*map(desk.take, raws), return_exceptions=True)

    replies = asyncio.run(take())
    assert [reply.status_code for reply in replies] == [503, 503, 503]
    held.set()
    desk.close()
    assert list(queue.jobs) == ["event:E0", "event:E1"] or list(queue.jobs) == ["event:E0"]
