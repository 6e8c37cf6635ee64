"""Requests as no client library sends them: slow, huge, malformed.  Each is answered or refused; none is a defect."""

import json
import socket
import time

import pytest

from gate import gated

SAID = b'{"question": "q"}'


@pytest.fixture(scope="module")
def server():
    with gated.behind(body_seconds=0.4, allowed_origins=("https://shop.example",)) as served:
        yield served


# ---- slow ----


def slowly(port: int, *pieces: bytes, pause: float) -> bytes:
    """Send a request in pieces with pauses; what comes back until the server closes."""
    came = b""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(pause)
        except (BrokenPipeError, ConnectionResetError):
            pass
        try:
            while piece := connection.recv(65536):
                came += piece
        except ConnectionResetError:
            pass
    return came


HEAD = b"POST /v1/chat HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "pieces",
    [
        [HEAD + b"Content-Length: 17\r\n\r\n", b""],
        [HEAD + b"Content-Length: 17\r\n\r\n", *(bytes([byte]) for byte in SAID[:8])],
        [HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[b"1\r\n{\r\n"] * 8],
        [HEAD + b"Content-Length: 17\r\nExpect: 100-continue\r\n\r\n", b"{"],
    ],
    ids=["nothing", "a byte now and then", "in chunks", "after it was let"],
)
def test_a_body_that_does_not_come_is_not_waited_for(server, pieces):
    reply = slowly(server.port, *pieces, pause=0.1)
    assert gated.statuses(reply)[-1] == 408
    head, _, body = reply.rpartition(b"\r\n\r\n")
    assert json.loads(body)["error"]["code"] == "too_slow"
    assert b"connection: close" in head.lower()
    assert b"content-security-policy" in head


def test_a_body_in_pieces_that_comes_in_time_is_read(server):
    head = HEAD + b"Connection: close\r\nContent-Length: 17\r\n\r\n"
    assert gated.statuses(slowly(server.port, head, SAID[:5], SAID[5:], pause=0.02)) == [200]


def test_a_stream_may_last_longer_than_a_body(server):
    with server.client.stream("POST", "/v1/stream", json={"question": "hold"}) as reply:
        lines = reply.iter_lines()
        next(lines)
        time.sleep(0.6)
        server.hold.set()
        assert "event: answer" in list(lines)


# ---- malformed ----


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (gated.asking("GET", "//v1/chat"), {404}),
        (gated.asking("POST", "//v1/chat", body=SAID), {404}),
        (gated.asking("POST", "/v1/chat%00", body=SAID), {404}),
        (gated.asking("GET", "/v1/conversations/%00"), {200}),
        (gated.asking("GET", "/v1/conversations/%ff%fe"), {200}),
        (gated.asking("GET", "/%2e%2e/%2e%2e/etc/passwd"), {404}),
        (gated.asking("GET", "http://evil.example/v1/facts"), {200, 404}),
        (gated.asking("OPTIONS", "*"), {404, 400}),
        (gated.asking("OPTIONS", "/v1/chat"), {405}),
        (gated.asking("OPTIONS", "/v1/chat", "Access-Control-Request-Method: POST"), {405}),
        (
            gated.asking("OPTIONS", "/nothing", "Origin: https://shop.example", "Access-Control-Request-Method: X"),
            {204},
        ),
        (gated.asking("TRACE", "/v1/chat"), {405}),
        (gated.asking("CONNECT", "evil.example:443"), {400, 404, 405}),
        (gated.asking("HEAD", "/healthz"), {200}),
        (gated.asking("HEAD", "/v1/facts"), {405}),
        (gated.asking("POST", "/v1/chat", body=SAID, version="1.0"), {200}),
        (b"POST /v1/chat HTTP/1.0\r\nContent-Length: 17\r\n\r\n" + SAID, {422, 200}),
        (b"GET /healthz HTTP/1.0\r\n\r\n", {200}),
        (gated.asking("GET", "/", "Origin: https://shop.example", "Origin: https://evil.example"), {200}),
        (gated.asking("POST", "/v1/chat", "Origin: \xe9\xff", body=SAID), {403}),
        (gated.asking("POST", "/v1/chat", "Origin: https://shop.example", "X-Request-ID: \xe9", body=SAID), {200}),
        (gated.asking("POST", "/v1/chat", f"Origin: https://{'a' * 60000}", body=SAID), {403, 400, 431}),
        (gated.asking("POST", "/v1/chat", f"X: {'a' * 200_000}", body=SAID), {400, 431}),
        (gated.asking("POST", "/v1/chat", *(f"X{n}: y" for n in range(3000)), body=SAID), {200, 400, 431}),
        (gated.asking("GET", "/" + "a" * 60_000), {404, 400, 414}),
        (gated.asking("POST", "/v1/chat", "Content-Length: -1"), {400}),
        (gated.asking("POST", "/v1/chat", "Content-Length: 1e3"), {400}),
        (gated.asking("POST", "/v1/chat", f"Content-Length: {'9' * 19}"), {400, 413}),
        (gated.asking("POST", "/v1/chat", f"Content-Length: {'9' * 400}"), {400, 413}),
        (gated.asking("POST", "/v1/chat", "Content-Length: 5", "Content-Length: 6"), {400}),
        (gated.asking("POST", "/v1/chat", "Transfer-Encoding: gzip"), {400, 501}),
        (gated.asking("POST", "/v1/chat", "Content-Encoding: gzip", body=SAID), {200, 400, 415}),
        (gated.asking("GET", "/", "X-Forwarded-For: ", "X-Forwarded-Proto: javascript"), {200}),
        (gated.asking("GET", "/", "X-Forwarded-For: [::1]:99999999999999999999"), {200}),
        (
            gated.asking("GET", "/", "Upgrade: websocket", "Connection: upgrade", "Sec-WebSocket-Key: x"),
            {200, 400, 426},
        ),
        (b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n", {400}),
        (b"GET / HTTP/9.9\r\nHost: a\r\nConnection: close\r\n\r\n", {200, 400, 505}),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 505}),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", {400}),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX-Request-ID: a\r\nX: b\r\n c\r\nConnection: close\r\n\r\n", {200, 400}),
    ],
)
def test_malformed_requests(server, request_, expected):
    reply = gated.raw(server.port, request_, wait=2)
    assert gated.statuses(reply)[-1] in expected, reply[:500]
    assert b"Traceback" not in reply


def test_a_reply_holds_no_header_that_a_client_wrote(server):
    reply = gated.raw(
        server.port,
        gated.asking("GET", "/", "X-Request-ID: a%0d%0aSet-Cookie: b", "Origin: https://shop.example\x0bSet-Cookie: b"),
    )
    assert b"set-cookie" not in reply.lower()
