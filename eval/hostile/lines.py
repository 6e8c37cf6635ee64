"""What may be wrong with a request's first line: the method, the target, the version."""

from __future__ import annotations

import random
from dataclasses import replace
from urllib.parse import quote

from .request import Request

METHODS = (
    b"get", b"", b"POST POST", b"TRACE", b"CONNECT", b"OPTIONS", b"PUT", b"PATCH", b"DELETE", b"HEAD", b"PROPFIND",
    b"M" * 5000, b"G\x00T", b"\xe5\x8f\x96", b"PRI", b"\r\n\r\nGET", b"\tGET", b"GET\t", b"0", b"(GET)",
)  # fmt: skip
VERSIONS = (
    b"HTTP/1.0", b"HTTP/0.9", b"HTTP/2.0", b"HTTP/9.9", b"HTTP/1.1.1", b"http/1.1", b"HTTPS/1.1", b"HTTP/", b"",
    b"HTTP/1." + b"1" * 300, b"HTTP/-1.1", b"ICY", b"HTTP/1.1 HTTP/1.1", b"HTTP/\xe3\x80\x80",
)  # fmt: skip
TARGETS = (
    b"*", b"", b"/", b"//", b"///v1/chat", b"//elsewhere.example/v1/chat", b"http://elsewhere.example/v1/facts",
    b"http://127.0.0.1/healthz", b"HTTP://127.0.0.1:99999/", b"elsewhere.example:443", b"v1/chat", b"?", b"#", b"/#/",
    b"/%00", b"/%", b"/%zz", b"/%e3%81", b"/%ff%fe", b"/\xff\xfe", "/資料".encode(), b"/ /", b"/\t", b"/a b c",
    b"/static/../app.py", b"/static/%2e%2e/%2e%2e/pyproject.toml", b"/static/..%5c..%5capp.py", b"/static//etc/passwd",
    b"/static/%00.js", b"/static/" + b"a" * 5000, b"/static/con", b"/./v1/./facts", b"/v1/../v1/facts", b"/V1/FACTS",
    b"/v1/facts;x=1", b"/v1/facts/", b"/v1/facts//", b"/v1/facts%2F",
    b"/v1/facts%3Flimit=1", b"/v1/facts?" + b"a" * 9000,
    b"/v1/documents/" + b"%2F" * 300, b"/v1/documents/" + b"a" * 60_000, b"/v1/documents/%2e%2e%2fCURRENT",
    b"/v1/passages/" + b"9" * 4000, b"/v1/passages/-9223372036854775809", b"/v1/passages/0x10", b"/v1/passages/1e9",
    b"/v1/conversations/..", b"/v1/conversations/%2e", b"/v1/conversations/'OR'1'='1",
    b"/v1/conversations/" + b"a" * 300,
)  # fmt: skip
NAMES = (
    "document", "program", "kind", "region", "fiscal_year", "stage", "flag", "sort",
    "limit", "offset", "format", "from",
    "to", "around",
)  # fmt: skip
VALUES = (
    "", " ", "0", "-1", "1", "x", "1.5", "1e9", "NaN", "Infinity", "9" * 30, "9" * 5000, "-" + "9" * 30, "0x10", "１２",
    "true", "null", "[]", "{}", "'", "\"'`", "' OR 1=1 --", "%", "%25", "\x00", "a\x00b", "\n", "\r\nX-Injected: 1",
    "<script>alert(1)</script>", "../../etc/passwd", "令和2年度", "国", "補助", "ｶﾌﾞ", "👩‍🌾", "\u202e", "é" * 300,
    "あ" * 201, "budget", "-yen", "yen", "csv", "jsonl", "json", "__proto__", "meti-r02", "(a+)+$", "𠮷",
)  # fmt: skip


def method(chance: random.Random, good: Request) -> Request:
    """Another method, or none."""
    return replace(good, method=chance.choice(METHODS), whole=False)


def version(chance: random.Random, good: Request) -> Request:
    """Another version of the protocol."""
    chosen = chance.choice(VERSIONS)
    return replace(good, version=chosen, whole=chosen == b"HTTP/1.0")


def target(chance: random.Random, good: Request) -> Request:
    """Another address: other forms, traversals, bytes that are no text."""
    return replace(good, target=chance.choice(TARGETS), whole=False)


def path_bytes(chance: random.Random, good: Request) -> Request:
    """A few characters of the address replaced by others, encoded or not."""
    changed = bytearray(good.target)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(1, len(changed) + 1)
        changed[at : at + chance.randint(0, 2)] = chance.choice(
            (
                b"%00",
                b"%2F",
                b"%5C",
                b"%",
                b"/",
                b"..",
                b"%C0%AF",
                b"\x7f",
                b"\x80",
                b"\xe3\x81\x82",
                b"?",
                b"#",
                b"&",
                b";",
            )
        )
    return replace(good, target=bytes(changed), whole=False)


def query(chance: random.Random, good: Request) -> Request:
    """Parameters with values that nobody means, repeated or by the hundred."""
    pairs = [(chance.choice(NAMES), chance.choice(VALUES)) for _ in range(chance.choice((1, 1, 2, 3, 5, 200)))]
    text = "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs)
    path = good.target.partition(b"?")[0]
    return replace(good, target=path + b"?" + text.encode(), whole=len(text) < 8000)


def raw_query(chance: random.Random, good: Request) -> Request:
    """A query string that is no list of parameters."""
    pieces = (
        b"&",
        b"=",
        b"%",
        b"%f",
        b"\xff",
        b"[]",
        b"[a]=",
        b"limit",
        b"limit=",
        b"+",
        b";",
        b"?",
        b"%00",
        b"#",
        b"kind[]=",
    )
    text = b"".join(chance.choice(pieces) for _ in range(chance.randint(1, 40)))
    return replace(good, target=good.target.partition(b"?")[0] + b"?" + text, whole=False)
