"""What is told of a request: its id, its line in the log; and what is told of nobody's question."""

import contextlib
import json
import re
import socket

import pytest
from hosting import wait_for

from gate import gated

SECRET = gated.CANARY
MADE = re.compile("[0-9a-f]{32}")


@pytest.fixture
def server():
    with gated.behind() as served:
        yield served


# ---- ids ----


@pytest.mark.parametrize("given", ["a", "0b1f.2-3_4", "x" * 64])
def test_a_clients_id_is_taken(server, given):
    assert server.chat(**{"X-Request-ID": given}).headers["x-request-id"] == given
    assert {record["request_id"] for record in server.told(1) + server.records("assistant.elsewhere")} == {given}


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "a;b", "<b>", "a\tb", "日本".encode(), b"\xff"])
def test_an_id_that_could_do_harm_is_not(server, given):
    reply = server.client.get(
        "/v1/facts", headers=[(b"X-Request-ID", given if isinstance(given, bytes) else given.encode())]
    )
    assert MADE.fullmatch(reply.headers["x-request-id"])


def test_every_reply_has_an_id_of_its_own(server):
    replies = [server.client.get(path) for path in ("/", "/nothing", "/healthz", "/v1/facts", "/v1/facts")]
    replies += [server.chat("break"), server.chat(Origin="https://evil.example"), server.client.get("/v1/chat")]
    ids = [reply.headers["x-request-id"] for reply in replies]
    assert all(map(MADE.fullmatch, ids))
    assert len(set(ids)) == len(ids)


def test_a_defects_number_is_the_requests_id(server):
    reply = server.chat("break", **{"X-Request-ID": "from-a-proxy"})
    assert reply.json()["error"]["hint"].endswith("incident number: from-a-proxy.")
    (defect,) = server.records("api.problems")
    assert (defect["event"], defect["request_id"]) == ("incident from-a-proxy: POST /v1/chat", "from-a-proxy")
    assert defect["error"] == "ZeroDivisionError"
    assert any("gated.py" in frame for frame in defect["frames"])


# ---- the line of a request ----


def test_the_line_of_a_request(server):
    reply = server.client.get("/v1/conversations/c1", headers={"X-Request-ID": "one", "X-Forwarded-For": "203.0.113.9"})
    (line,) = server.told(1)
    assert line.pop("ms") >= 0
    assert line.pop("time")
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "api.access",
        "method": "GET",
        "route": "/v1/conversations/{conversation_id}",
        "status": 200,
        "bytes": len(reply.content),
        "ended": "done",
        "client": "203.0.113.0",
        "request_id": "one",
    }


def test_machines_that_ask_every_few_seconds_are_quiet(server):
    for path in ("/healthz", "/readyz", "/metrics", "/v1/facts"):
        server.client.get(path)
    assert [line["level"] for line in server.told(4)] == ["debug", "debug", "debug", "info"]


def test_a_method_that_nobody_knows_is_not_written(server):
    assert b" 405 " in gated.raw(server.port, gated.asking(SECRET, "/v1/facts"))
    assert [(line["method"], line["status"]) for line in server.told(1)] == [("other", 405)]


@pytest.mark.parametrize(("question", "how"), [("q", "done"), ("fail", "error"), ("die", "error")])
def test_a_stream_is_told_at_its_end(server, question, how):
    with contextlib.suppress(gated.httpx.RemoteProtocolError):
        server.client.post("/v1/stream", json={"question": question})
    assert [(line["route"], line["status"], line["ended"]) for line in server.told(1)] == [("/v1/stream", 200, how)]
    assert server.figure(f'assistant_streams_total{{ended="{how}"}}') == 1
    assert server.figure("assistant_streams_open") == 0


def test_a_client_that_leaves_a_stream_is_told(server):
    with server.client.stream("POST", "/v1/stream", json={"question": "hold"}) as reply:
        lines = reply.iter_lines()  # kept: the client leaves when it goes
        next(lines)
        assert server.figure("assistant_streams_open") == 1
        assert server.records() == []
    assert server.told(1)[0]["ended"] == "gone"
    assert server.figure('assistant_streams_total{ended="gone"}') == 1
    assert server.figure("assistant_streams_open") == 0


# ---- what is never told ----


def everywhere() -> list[bytes]:
    """The same secret word in every place of a request, on every way to an answer or an error."""
    said = json.dumps({"question": SECRET}).encode()
    return [
        gated.asking("POST", "/v1/chat", body=said),
        gated.asking("POST", "/v1/chat", body=json.dumps({"question": f"break {SECRET}"}).encode()),
        gated.asking("POST", "/v1/chat", body=json.dumps({"question": f"unreadable {SECRET}"}).encode()),
        gated.asking("POST", "/v1/chat", body=json.dumps({SECRET: SECRET}).encode()),
        gated.asking("POST", "/v1/chat", body=json.dumps({"question": [SECRET]}).encode()),
        gated.asking("POST", "/v1/chat", body=SECRET.encode()),
        gated.asking("POST", "/v1/chat", body=b"\xff" + SECRET.encode()),
        gated.asking("POST", "/v1/chat", body=said * 5000),
        gated.asking("POST", "/v1/chat", f"Origin: https://{SECRET}.example", body=said),
        gated.asking("POST", "/v1/stream", body=said),
        gated.asking("POST", "/v1/stream", body=b'{"question": "die"}'),
        gated.asking("GET", f"/v1/conversations/{SECRET}"),
        gated.asking("DELETE", f"/v1/conversations/{SECRET}"),
        gated.asking("PUT", f"/v1/conversations/{SECRET}"),
        gated.asking("GET", f"/v1/facts?program={SECRET}"),
        gated.asking("GET", f"/{SECRET}?{SECRET}={SECRET}"),
        gated.asking("GET", f"/{SECRET}%00"),
        gated.asking(SECRET, f"/{SECRET}"),
        gated.asking("GET", f"http://{SECRET}.example/{SECRET}"),
        gated.asking(
            "GET", "/", *(f"{name}: {SECRET}" for name in ("User-Agent", "Referer", "Cookie", "Authorization"))
        ),
        gated.asking("GET", "/", f"X-Request-ID: {SECRET} {SECRET}", f"X-Forwarded-For: {SECRET}"),
        gated.asking("GET", "/", f"Host: {SECRET}", f"X-Forwarded-Host: {SECRET}", f"Accept: {SECRET}"),
        gated.asking("GET", "/", f"{SECRET}: {SECRET}", f"Content-Length: {SECRET}"),
        f"{SECRET}\r\n\r\n".encode(),
        f"GET / HTTP/1.1\r\nX: a\r\n {SECRET}\r\n\r\n".encode(),
    ]


def test_nothing_that_a_client_wrote_is_in_the_log(server):
    for request in everywhere():
        assert gated.raw(server.port, request)
    wait_for(lambda: any(line["ended"] == "error" for line in server.records()))
    text = server.log.getvalue()
    assert len(server.records()) >= 20
    assert {500, 422, 400, 413, 403, 404, 405, 200, 204} <= {line["status"] for line in server.records()}
    assert SECRET not in text.lower()
    assert SECRET.encode() not in server.gate.metrics.page().lower()
    assert SECRET[:8] not in text.lower()


def test_a_client_that_leaves_before_its_reply(server):
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(b"POST /v1/chat HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n{")
    assert server.told(1)[0]["route"] == "/v1/chat"
