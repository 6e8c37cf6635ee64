"""What may be wrong with a request's body: values of other types, JSON that is none, texts that nobody writes."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .request import Request, post

FIELDS = (
    "question", "conversation_id", "region", "fiscal_year", "history", "text", "program",
    "answer_id", "rating", "comment",
    "role", "content", "__class__", "",
)  # fmt: skip
STRINGS = (
    "", " ", "　", "\x00", "a\x00b", "\x1b[31m", "\ud800", "\udfff\ud800",
    "\u202e\u2066", "\ufeff", "\u2028", "\u200b" * 50,
    "é" * 500, "Z̶̡̛͇̈́̽a̷̛͔l̴̰̓g̵̯̅o̸̱͝" * 30, "👩‍👩‍👧‍👦" * 300, "あ" * 2000, "あ" * 2001,
    "補助率は？" * 399, "1" * 2000, "1円" * 900, "。" * 2000,
    "\n" * 2000, "(" * 2000, "「" * 1500, "%s%n%x", "{0}{1}",
    "{{F1}} [1]", "${jndi:ldap://x}", "'; DROP TABLE messages;--",
    "<img src=x onerror=alert(1)>", "javascript:alert(1)", "../../../etc/passwd", "a" * 2000, "9" * 1999 + "円",
    "1/" * 900, "0/0", "1/0の補助率", "10^999億円", "令和999999999年度", "令和０年度", "R" * 50,
    "-0", "NaN", "Infinity",
    "ﷺ" * 600, "ｶﾞ" * 900, "㌔㍉㍾㍻" * 200, "①②③㈱" * 300, "一億二千三百四十五万六千七百八十九円" * 80, "𠮷" * 1000,
)  # fmt: skip
NUMBERS = (
    "0",
    "-0",
    "-1",
    "1.5",
    "1e5",
    "1e999",
    "-1e999",
    "9" * 25,
    "9" * 5000,
    "0." + "1" * 400,
    "1e-400",
    "5",
    "-2",
)
RAW = (
    b"", b" ", b"null", b"true", b"0", b'""', b"[]", b"{}", b"{",
    b"}", b'{"', b'{"question"', b'{"question":', b'{"question":}',
    b"{'question': 'x'}", b"{question: 1}", b'{"question": "x",}',
    b'{"question": "x"} x', b'{"question": "x"}{"question": "y"}',
    b'\xef\xbb\xbf{"question": "x"}', b'{"question": "\xff\xfe"}', b'{"question": "\xed\xa0\x80"}',
    b'{"question": "\\ud800"}',
    b'{"question": "\\u0000"}', b'{"question": "\\x41"}', b'{"question": NaN}', b'{"question": Infinity}', b"NaN", b"-",
    b'{"question": "x", "question": null}', b"question=x&conversation_id=y", b"\x00" * 100, b"\xff" * 1000, b"<xml/>",
    b'{"history": ' + b"[" * 500 + b"]" * 500 + b"}", b"[" * 30_000, b'{"a":' * 10_000,
    b'{"a":' * 500 + b"1" + b"}" * 500,
    b'{"question": "' + b"x" * 60_000 + b'"}', b'{"question": ' + b"9" * 60_000 + b"}", b'"' + b"\\u0041" * 9000 + b'"',
    b'{"' + b"k" * 60_000 + b'": 1}', b"{" + b",".join(b'"%d":0' % n for n in range(5000)) + b"}", b"x" * 65_537,
    b" " * 66_000,
)  # fmt: skip
ADDRESSES = ("/v1/chat", "/v1/check", "/v1/feedback")

Change = Callable[[random.Random], Any]


def value(chance: random.Random, depth: int = 3) -> Any:
    """Any JSON value, with a liking for those that break something."""
    kind = chance.randrange(8 if depth else 5)
    if kind < 2:
        return chance.choice(STRINGS)
    if kind < 5:
        return chance.choice((None, True, False, 0, -1, 5, 3.5, 10**40, "up", "down", "user", "a" * 32, [], {}))
    if kind < 7:
        return [value(chance, depth - 1) for _ in range(chance.choice((0, 1, 2, 3, 101)))]
    return {chance.choice(FIELDS): value(chance, depth - 1) for _ in range(chance.randint(0, 4))}


def field(chance: random.Random, good: Request) -> Request:
    """One field of a good body with another value, or dropped, or one more."""
    body = with_body(chance, good)
    record = json.loads(body.body)
    name = chance.choice((*record, *record, chance.choice(FIELDS)))
    if chance.random() < 0.15:
        record.pop(name, None)
    else:
        record[name] = value(chance)
    return replace(body, body=dumped(chance, record))


def number(chance: random.Random, good: Request) -> Request:
    """A number, as printed, where one or none is meant."""
    body = with_body(chance, good)
    name = chance.choice((*json.loads(body.body), "rating"))
    pair = f"{json.dumps(name)}: {chance.choice(NUMBERS)}"
    return replace(body, body=b"{" + body.body[1:-1] + b", " + pair.encode() + b"}")


def whole(chance: random.Random, good: Request) -> Request:
    """Another JSON value in place of the body."""
    return replace(with_body(chance, good), body=dumped(chance, value(chance)))


def raw(chance: random.Random, good: Request) -> Request:
    """Bytes that are no JSON, or no object, or too many."""
    return replace(with_body(chance, good), body=chance.choice(RAW))


def encoding(chance: random.Random, good: Request) -> Request:
    """A good body in another encoding, with or without saying so."""
    body = with_body(chance, good)
    text = body.body.decode()
    coded = chance.choice(
        (
            lambda: text.encode("utf-16"),
            lambda: text.encode("utf-32-le"),
            lambda: text.encode("cp932", "replace"),
            lambda: text.encode("euc-jp", "replace"),
            lambda: text.encode("utf-7"),
            lambda: gzip.compress(text.encode()),
            lambda: b"\xef\xbb\xbf" + text.encode(),
        )
    )()
    said = chance.choice(((), ((b"Content-Encoding", b"gzip"),), ((b"Content-Encoding", b"br"),)))
    return replace(body.adding(*said), body=coded)


def flipped(chance: random.Random, good: Request) -> Request:
    """A few bytes of a good body changed, dropped or doubled."""
    body = with_body(chance, good)
    return replace(body, body=damaged(chance, body.body, chance.randint(1, 6)))


def on_get(chance: random.Random, good: Request) -> Request:
    """A body where none is read."""
    return replace(good, method=b"GET", body=chance.choice(RAW), whole=False)


def with_body(chance: random.Random, good: Request) -> Request:
    """The request itself when it has a body, else one that has."""
    return good if good.body else post(chance.choice(ADDRESSES), {"question": "補助率は？", "text": "1円", "rating": 1})


def dumped(chance: random.Random, record: Any) -> bytes:
    """JSON as clients write it; lone surrogates go out as escapes or as the bytes that no UTF-8 has."""
    if chance.random() < 0.5:
        return json.dumps(record).encode()
    return json.dumps(record, ensure_ascii=False).encode("utf-8", chance.choice(("surrogatepass", "replace")))


def damaged(chance: random.Random, content: bytes, times: int) -> bytes:
    """``content`` with ``times`` places changed, dropped, doubled or moved."""
    changed = bytearray(content)
    for _ in range(times):
        at = chance.randrange(len(changed) + 1)
        end = min(len(changed), at + chance.choice((1, 1, 2, 8, 50)))
        piece = changed[at:end]
        changed[at:end] = chance.choice(
            (b"", piece * 2, piece[::-1], chance.randbytes(len(piece) or 1), b"\x00", b"\r\n")
        )
    return bytes(changed)
