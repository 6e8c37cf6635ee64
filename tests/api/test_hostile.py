"""What no decent client sends: broken requests over raw sockets, and all that the description allows and forbids.

``python -m eval.hostile`` sends ten thousand of them; here a few hundred come, against the same server.
"""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.hostile.mutations import ALL, Hostile, drawn
from eval.hostile.request import Request, get, post
from eval.hostile.run import Run, attacked, reproducers, table
from eval.hostile.sending import Outcome, sent
from eval.hostile.serving import Server, serving

REQUESTS = int(os.environ.get("HOSTILE_REQUESTS", "500"))
GOOD = [get("/v1/facts?limit=1"), post("/v1/chat", {"question": "補助率は？"})]


@pytest.fixture(scope="module")
def server(index_dir: Path) -> Iterator[Server]:
    with serving(index_dir) as started:
        yield started


def test_nothing_breaks_the_server(server):
    run = attacked(server, requests=REQUESTS, seed=20260601)
    assert run.holds(), "\n".join([table(run), *reproducers(run)])
    assert len(run.outcomes) == REQUESTS
    answered = [one for one in run.outcomes if one.statuses]
    assert len(answered) > REQUESTS / 2
    assert {status // 100 for one in answered for status in one.statuses} >= {2, 4}
    assert all(one.statuses[0] < 500 for one in run.after)


def test_all_that_the_description_allows_and_forbids(server, tmp_path):
    host, port = server.address
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "run", f"http://{host}:{port}/openapi.json", "--no-color",
        "--checks=all", "--max-examples=10", "--seed=1", "--continue-on-failure", "--generation-database=none",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No issues found" in done.stdout


# ---- whoever judges must see what is wrong ----


@pytest.mark.parametrize(
    ("reply", "whole", "hung", "fault"),
    [
        (b"HTTP/1.1 500 Internal Server Error\r\n\r\n", False, False, "status 500"),
        (b"HTTP/1.1 503 Service Unavailable\r\n\r\n", False, False, "status 503"),
        (b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 502 Bad Gateway\r\n\r\n", False, False, "status 502"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\nTraceback (most recent call last):", False, False, "Traceback"),
        (b"HTTP/1.1 200 OK\r\n\r\n", False, True, "hangs"),
        (b"", True, False, "no reply"),
    ],
)
def test_faults_are_seen(reply, whole, hung, fault):
    outcome = Outcome(Hostile("made up", b"", whole), reply, hung)
    assert fault in " ".join(outcome.faults)
    assert not Run((outcome,), (), 0).holds()


@pytest.mark.parametrize("reply", [b"", b"HTTP/1.1 404 Not Found\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_refusals_and_cut_connections_are_none(reply):
    assert Outcome(Hostile("made up", b"", False), reply, False).faults == []
    assert not Run((), (), 1).holds()


def test_a_request_that_is_whole_gets_its_reply(server):
    outcome = sent(Hostile("good", GOOD[0].encoded(), True), server.address)
    assert (outcome.statuses, outcome.faults) == ([200], [])


def test_each_way_to_break_a_request_comes_in_its_turn_and_by_the_seed():
    first = [drawn(1, number, GOOD) for number in range(len(ALL))]
    assert [one.name for one in first] == [mutation.__name__ for mutation in ALL]
    assert first == [drawn(1, number, GOOD) for number in range(len(ALL))]
    assert first != [drawn(2, number, GOOD) for number in range(len(ALL))]


@pytest.mark.parametrize("mutation", ALL, ids=lambda one: one.__name__)
def test_every_mutation_changes_the_request(mutation):
    for number in range(40):
        for good in GOOD:
            made = mutation(random.Random(number), good)
            content = made.encoded() if isinstance(made, Request) else made
            assert isinstance(content, bytes)
    assert content != good.encoded()
