"""What may be wrong with where a request ends: lengths, chunks, several at once, bytes of other protocols."""

from __future__ import annotations

import random
from dataclasses import replace

from .bodies import damaged, with_body
from .request import Header, Request

LENGTHS = (
    b"-1", b"+5", b"1e3", b"0x10", b"", b" ", b"5 5", b"5,5", b"9" * 30,
    b"9" * 5000, b"\xef\xbc\x95", b"5.0", b"NaN", b"0",
    b"18446744073709551616", b"65537",
)  # fmt: skip
SIZES = (
    b"-1", b"g", b"", b" 5", b"5 ", b"0x5", b"f" * 16, b"f" * 400,
    b"5;" + b"e" * 9000, b"5\n", b"00000000000000005", b"5;a=\"",
)  # fmt: skip
OTHERS = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\xaa" * 200,  # the first bytes of TLS
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\x00\x00\x00\x04\x00\x00\x00\x00\x00",
    b"\x00" * 500,
    b"\xff" * 500,
    b"\r\n" * 500,
    b"\n",
    b"GET /healthz\r\n",
    b"GET /healthz HTTP/1.1\r\n\r\n",
    b"GET /healthz HTTP/1.1\nHost: x\n\n",
    b"GET /healthz HTTP/1.1\rHost: x\r\r",
    b"GET  /healthz  HTTP/1.1\r\nHost: x\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    b"SSH-2.0-x\r\n",
    b"EHLO x\r\nMAIL FROM:<a@site.example>\r\n",
    b"{" + b'"a":1' * 10 + b"}",
    b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 20_000,
    b"GET /" + b"a" * 200_000,
    b"A" * 100_000,
)


def length(chance: random.Random, good: Request) -> Request:
    """A length that is none, or is not the body's."""
    body = with_body(chance, good)
    said = chance.choice((*LENGTHS, *(str(max(0, len(body.body) + by)).encode() for by in (-7, -1, 1, 50))))
    headers: list[Header] = [(b"Content-Length", said)]
    if chance.random() < 0.3:
        headers.append((b"Content-Length", chance.choice((said, b"3", str(len(body.body)).encode()))))
    return replace(body.adding(*headers), framed=True, whole=False)


def chunked(chance: random.Random, good: Request) -> Request:
    """A body in pieces, as it should be."""
    body = with_body(chance, good)
    return replace(body.adding((b"Transfer-Encoding", b"chunked")), body=pieces(chance, body.body), framed=True)


def badly_chunked(chance: random.Random, good: Request) -> Request:
    """Pieces with sizes that are none, without an end, with much behind it, or with a length as well."""
    body = with_body(chance, good)
    content = pieces(chance, body.body)
    broken = chance.choice(
        (
            content[: chance.randrange(len(content))],
            content.replace(b"\r\n", chance.choice(SIZES) + b"\r\n", 1),
            chance.choice(SIZES) + b"\r\n" + content,
            content[:-2] + b"X-Trailer: " + b"t" * chance.choice((1, 70_000)) + b"\r\n\r\n",
            damaged(chance, content, 3),
            content.replace(b"\r\n", b"\n"),
            b"1\r\nx\r\n" * 70_000 + b"0\r\n\r\n",
        )
    )
    coding = chance.choice(
        (b"chunked", b"chunked", b"chunked, chunked", b"gzip, chunked", b"identity", b"x", b"\x0bchunked")
    )
    headers: list[Header] = [(b"Transfer-Encoding", coding)]
    if chance.random() < 0.3:
        headers.append((b"Content-Length", chance.choice((b"4", str(len(broken)).encode()))))
    return replace(body.adding(*headers), body=broken, framed=True, whole=False)


def pieces(chance: random.Random, content: bytes) -> bytes:
    """``content`` in chunks of any size."""
    out, at = b"", 0
    while at < len(content):
        piece = content[at : at + chance.choice((1, 5, 40, 400))]
        out += b"%x\r\n%s\r\n" % (len(piece), piece)
        at += len(piece)
    return out + b"0\r\n\r\n"


def truncated(chance: random.Random, good: Request) -> bytes:
    """The beginning of a request."""
    content = good.encoded()
    return content[: chance.randrange(1, len(content))]


def garbled(chance: random.Random, good: Request) -> bytes:
    """A request with bytes changed anywhere."""
    return damaged(chance, good.encoded(), chance.randint(1, 12))


def pipelined(chance: random.Random, good: Request) -> bytes:
    """Several requests at once, the last perhaps broken."""
    one = good.without(b"Connection").encoded()
    return one * chance.choice((2, 3, 8)) + chance.choice((b"", b"\r\n\r\n", b"\x00", one[:20], chance.choice(OTHERS)))


def hidden(chance: random.Random, good: Request) -> bytes:
    """A second request within the first one's body, told by two lengths that do not agree."""
    inner = good.encoded()
    length_ = str(len(inner) + 5).encode()
    coding = chance.choice((b"chunked", b" chunked", b"chunked ", b"xchunked", b"\tchunked", b"chunked\x00"))
    headers = ((b"Host", b"x"), (b"Content-Length", length_), (b"Transfer-Encoding", coding))
    lines = [b"POST /v1/chat HTTP/1.1", *(b": ".join(one) for one in headers), b"", b"0\r\n\r\n"]
    return b"\r\n".join(lines) + inner


def bare_lines(chance: random.Random, good: Request) -> bytes:
    """Line ends that are none, or folded headers."""
    head, _, body = good.encoded().partition(b"\r\n\r\n")
    ends = chance.choice((b"\n", b"\r", b"\r\n ", b"\r\r\n", b"\n\r", b"\x00\r\n", b"\r\n\t"))
    return head.replace(b"\r\n", ends) + chance.choice((b"\r\n\r\n", b"\n\n", ends * 2)) + body


def other_protocol(chance: random.Random, good: Request) -> bytes:
    """Bytes that are no request at all."""
    return chance.choice((*OTHERS, chance.randbytes(chance.choice((1, 40, 5000)))))
