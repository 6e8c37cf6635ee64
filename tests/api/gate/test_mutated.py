"""Whole requests with bytes changed, doubled and left out, to every route: none is a defect, none shows a traceback.

With ``SOAK=1`` in the environment there are 10,000 of them.
"""

import json
import os
import random
from collections import Counter

import pytest
from hosting import hosted

from api.app import create_app
from gate import gated

COUNT = 10_000 if os.environ.get("SOAK") else 300
WAIT = 0.1  # seconds for a reply to what is no whole request any more
QUESTION = json.dumps(
    {"question": "補助率は?", "conversation_id": "c1", "region": "国", "history": ["前の質問"]}
).encode()
EVENTS = ("Accept: text/event-stream", "Idempotency-Key: k1")
TEXT = json.dumps({"text": "補助率は2/3です。", "program": "補助金"}).encode()
RATING = json.dumps({"answer_id": "a" * 32, "rating": "up", "comment": "良い"}).encode()
SEEDS = [
    gated.asking("POST", "/v1/chat", "Origin: https://shop.example", "X-Request-ID: a", body=QUESTION),
    gated.asking("POST", "/v1/chat", *EVENTS, body=QUESTION),
    gated.asking("POST", "/v1/check", body=TEXT),
    gated.asking("POST", "/v1/feedback", body=RATING),
    gated.asking("GET", "/v1/facts?kind=budget&region=%E5%9B%BD&sort=yen&limit=5&offset=2&format=csv"),
    gated.asking("GET", "/v1/programs?program=%E8%A3%9C%E5%8A%A9&limit=5&format=jsonl", "X-Forwarded-For: 203.0.113.7"),
    gated.asking("GET", "/v1/documents/meti-r02?from=3&to=9", "If-None-Match: a"),
    gated.asking("GET", "/v1/passages/0?around=5"),
    gated.asking("GET", "/v1/conversations/c1", "Range: bytes=0-5"),
    gated.asking("DELETE", "/v1/conversations/c1"),
    gated.asking("GET", "/static/", "Range: bytes=0-5", "If-Modified-Since: Sun, 22 Nov 2026 00:00:00 GMT"),
    gated.asking("GET", "/widget.js", "Accept-Encoding: gzip;q=0.5, *;q=0"),
    gated.asking("OPTIONS", "/v1/chat", "Origin: https://shop.example", "Access-Control-Request-Method: POST"),
]
PIECES = [
    b"",
    b"\x00",
    b"\r\n",
    b"\xff",
    b"%",
    b"::",
    b"-",
    b"9" * 30,
    b"%00",
    b"%ED%A0%80",
    b'"',
    b"\\ud800",
    b"a" * 300,
]


def mutated(chance: random.Random) -> bytes:
    """A seed with one to four places changed."""
    request = bytearray(chance.choice(SEEDS))
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(request))
        request[at : at + chance.randint(0, 3)] = chance.choice(PIECES)
    return bytes(request)


@pytest.fixture(scope="module")
def port(assistant):
    with hosted(create_app(assistant)) as url:
        yield int(url.rpartition(":")[2])


def test_mutated_requests_are_never_a_defect(port):
    chance = random.Random(7)
    seen: Counter[int] = Counter()
    for _ in range(COUNT):
        request = mutated(chance)
        reply = gated.raw(port, request, wait=WAIT)
        statuses = gated.statuses(reply)
        seen.update(statuses)
        assert not any(status >= 500 for status in statuses), request
        assert b"Traceback" not in reply, request
    assert {200, 400, 404, 422} <= set(seen), seen


def test_the_seeds_themselves_are_understood(port):
    statuses = [gated.statuses(gated.raw(port, seed, wait=20)) for seed in SEEDS]
    assert all(status[0] in (200, 204, 304, 403, 404, 422) for status in statuses), statuses
    assert [status[0] for status in statuses[1:3]] == [200, 200]
