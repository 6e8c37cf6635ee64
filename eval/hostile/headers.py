"""What may be wrong with a request's headers."""

from __future__ import annotations

import random
from dataclasses import replace

from .request import Header, Request

ODD: tuple[bytes, ...] = (
    b"", b" ", b"\x00", b"a\x00b", b"\xff\xfe", "日本語".encode(), "é".encode("latin-1"), b"a\r\n b", b"a\rb", b"a\nb",
    b"x" * 9000, b"\x1b[2J", b"%00", b"'\"<>", b"null", b"-1", b"0", b"9" * 400, b"*", b";", b",", b",,,,", b"=", b"q=",
    b"a;q=x", b"a;q=9", b"*/*;q=0", b"text/event-stream", b"text/event-stream;q=0.1, */*",
    b"gzip;q=0, *;q=0", b"identity;q=0",
    b"bytes=0-", b"bytes=-1", b"bytes=9-1,2-3", b"Thu, 01 Jan 1970 00:00:00 GMT", b"W/", b'W/"', b'"' * 50,
    b"https://elsewhere.example", b"http://[::1", b"http://[", b"null, null", b"file://", b"javascript:alert(1)",
    b"127.0.0.1:99999", b"[::1]:x", b"a b", b"elsewhere.example", b"127.0.0.1, 10.0.0.1",
    b"unknown", b"for=_x;proto=https",
    b"https", b"ws", b"same-origin", b"cross-site", b"chunked", b"close, keep-alive", b"{", b"(comment",
)  # fmt: skip
KNOWN: tuple[bytes, ...] = (
    b"Accept", b"Accept-Encoding", b"Accept-Language", b"Accept-Charset", b"If-None-Match",
    b"If-Modified-Since", b"If-Match",
    b"If-Range", b"Range", b"Origin", b"Referer", b"Host", b"Forwarded", b"X-Forwarded-For", b"X-Forwarded-Proto",
    b"X-Forwarded-Host", b"X-Real-IP", b"X-Request-ID", b"Idempotency-Key", b"Last-Event-ID",
    b"Cookie", b"Authorization",
    b"Content-Encoding", b"Content-Language", b"Content-Range", b"Expect", b"TE", b"Trailer", b"Via", b"User-Agent",
    b"Sec-Fetch-Site", b"Sec-Fetch-Mode", b"Access-Control-Request-Method", b"Access-Control-Request-Headers",
    b"Access-Control-Request-Private-Network", b"Connection", b"Keep-Alive", b"Upgrade", b"X-HTTP-Method-Override",
    b"Max-Forwards", b"Date", b"Content-MD5", b"Content-Disposition", b"Content-Location", b"Early-Data", b"Priority",
)  # fmt: skip
TYPES: tuple[bytes, ...] = (
    b"", b"text/plain", b"text/html", b"application/x-www-form-urlencoded", b"multipart/form-data",
    b"multipart/form-data; boundary=", b"multipart/form-data; boundary=x", b"application/xml", b"application/JSON",
    b"application/json; charset=utf-16", b"application/json; charset=nothing", b"application/json;;;", b"application",
    b"application/problem+json", b"application/octet-stream", b"a/b/c", b"\xff",
    b"application/json, text/plain", b"/", b";",
    b"application/json; charset=\x00", b"application/" + b"j" * 5000,
)  # fmt: skip
NAMES: tuple[bytes, ...] = (
    b"", b" ", b"X Y", b"X\x00", b"X:", b"\xe3\x81\x82", b"(X)", b"X" * 9000, b"\tX", b"Content-Length ", b"__proto__",
)  # fmt: skip


def odd_value(chance: random.Random, good: Request) -> Request:
    """Headers that somebody reads, with values that mean nothing."""
    added: list[Header] = [(chance.choice(KNOWN), chance.choice(ODD)) for _ in range(chance.choice((1, 1, 2, 4)))]
    return replace(good.adding(*added), whole=False)


def odd_name(chance: random.Random, good: Request) -> Request:
    """A header whose name is none."""
    return replace(good.adding((chance.choice(NAMES), chance.choice(ODD))), whole=False)


def content_type(chance: random.Random, good: Request) -> Request:
    """A body that says to be something else."""
    return replace(good.without(b"Content-Type").adding((b"Content-Type", chance.choice(TYPES))), whole=False)


def without_type(chance: random.Random, good: Request) -> Request:
    """A body that does not say what it is, or a request without a host."""
    return replace(good.without(chance.choice((b"Content-Type", b"Host"))), whole=False)


def twice(chance: random.Random, good: Request) -> Request:
    """A header twice, the same or another value."""
    name, value = chance.choice(good.headers)
    return replace(good.adding((name, chance.choice((value, *ODD)))), whole=False)


def very_many(chance: random.Random, good: Request) -> Request:
    """Hundreds of headers."""
    added = [
        (f"X-{number}".encode(), b"x" * chance.choice((1, 30))) for number in range(chance.choice((120, 400, 1500)))
    ]
    return replace(good.adding(*added), whole=False)


def cookies(chance: random.Random, good: Request) -> Request:
    """Cookies and credentials, which nothing here reads."""
    value = chance.choice((b"a=b; " * 300, b"=;=;=", b"a=\xff", b'a="', b"__Host-x=\x00"))
    return replace(good.adding((b"Cookie", value), (b"Authorization", b"Basic " + value)), whole=False)


def upgrade(chance: random.Random, good: Request) -> Request:
    """A wish for another protocol: WebSocket, HTTP/2, TLS."""
    protocol = chance.choice((b"websocket", b"h2c", b"TLS/1.3", b"x" * 500))
    headers: list[Header] = [(b"Connection", b"Upgrade, HTTP2-Settings"), (b"Upgrade", protocol)]
    if chance.random() < 0.7:
        headers += [(b"Sec-WebSocket-Key", b"dGhlIHNhbXBsZSBub25jZQ=="), (b"Sec-WebSocket-Version", b"13")]
    if chance.random() < 0.3:
        headers.append((b"HTTP2-Settings", b"AAMAAABkAARAAAAAAAIAAAAA"))
    return replace(good.adding(*headers), whole=False)


def expecting(chance: random.Random, good: Request) -> Request:
    """A client that waits to be told to go on."""
    return replace(
        good.adding((b"Expect", chance.choice((b"100-continue", b"200-ok", b"100-continue, x")))), whole=False
    )
