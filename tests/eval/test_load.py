"""The load measurement: what counts as broken, which bounds hold, and a small run against a real server."""

import math

import pytest
from hosting import hosted

from api.app import create_app
from assistant.conversations import Store
from assistant.records import Answer, Stage
from eval.load.asked import ask, job_for
from eval.load.bare import application
from eval.load.client import Met, Round, wrong
from eval.load.cuts import Cuts
from eval.load.streams import FIRST_BOUNDS, Speed, bodies, shares, speeds
from eval.load.swaps import Swaps
from eval.load.table import cuts_line, swaps_line, table

HEAD = b"HTTP/1.1 200 OK\r\n\r\n"
ANSWER = b"event: answer\ndata: {}\n\n\r\n0\r\n\r\n"
GOOD = Speed("ours", 50, 200, 200, (0.1, 0.2), (0.1, 0.3), 80.0, 0)
SWAPS = Swaps(10, 0, 100, 0, (10, 20), (5, 5), 2)
CUTS = Cuts(100, 0, True, 0)


class Abstains:
    """Knows nothing; 「壊れる」 breaks it."""

    def stream(self, question: str, **_: object):
        if question == "壊れる":
            raise ZeroDivisionError
        yield Stage("understand")
        yield Answer(question, "abstained", "not_in_corpus", "資料に見当たりません。")


@pytest.fixture(scope="module")
def url():
    store = Store.open("sqlite://")
    with hosted(create_app(Abstains(), conversations=store)) as found:
        yield found
    store.close()


@pytest.mark.parametrize(
    ("got", "said"),
    [
        (HEAD + ANSWER, ""),
        (HEAD + b"event: error\n\n\r\n0\r\n\r\n", "no answer"),
        (HEAD + ANSWER[:-5], "broken off"),
        (HEAD, "broken off"),
        (b"HTTP/1.1 429 Too Many\r\n\r\n" + ANSWER, "status 429"),
        (b"", "status none"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_wrong_with_a_reply(got, said):
    assert wrong(got, len(HEAD)) == said


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, None),
        ({"first": (0.1, 1.1)}, "first byte"),
        ({"first": (math.nan, math.nan)}, "first byte"),
        ({"broken": 1}, "broken"),
        ({"rate": 59.0}, "answers a second"),
        ({"rate": 59.0, "again": 0}, None),
        ({"rate": 59.0, "streams": 200}, None),
        ({"first": (0.1, 0.4), "streams": 10}, "first byte"),
        ({"first": (0.1, 2.9), "streams": 200}, None),
    ],
    ids=str,
)
def test_the_bounds_of_streams(changes, word):
    fields = {name: getattr(GOOD, name) for name in Speed.__slots__}
    faults = list(Speed(**fields | changes).faults())
    assert len(faults) == (word is not None)
    assert word is None or word in faults[0]


@pytest.mark.parametrize(
    ("record", "changes"),
    [
        (SWAPS, {"late": 1}),
        (SWAPS, {"broken": 1}),
        (SWAPS, {"memory": (0, 2**30)}),
        (SWAPS, {"handles": (5, 500)}),
        (CUTS, {"left": 1}),
        (CUTS, {"settled": False}),
        (CUTS, {"after": 1}),
    ],
    ids=str,
)
def test_the_bounds_of_swaps_and_cuts(record, changes):
    fields = {name: getattr(record, name) for name in type(record).__slots__}
    assert list(record.faults()) == []
    assert len(list(type(record)(**fields | changes).faults())) == 1


def test_a_round_in_numbers():
    met = [Met(number / 100, number / 50, "") for number in range(1, 101)] + [Met(9, 9, "broken off")]
    speed = Speed.of("ours", 10, 0, Round(2.0, met))
    assert (speed.asked, speed.broken, speed.rate) == (101, 1, 50.0)
    assert (speed.first, speed.whole) == ((0.5, 0.95), (1.0, 1.9))
    assert Speed.of("ours", 10, 0, Round(1.0, [Met(wrong="status 500")])).broken == 1


def test_every_question_is_asked_and_answered(url):
    found = ask(job_for(url, bodies(["知らない質問"] * 30 + ["壊れる"]), 10))
    assert [one.wrong for one in found.met if one.wrong] == ["status 500"]
    assert len(found.met) == 31
    assert all(0 < one.first <= one.whole <= found.seconds for one in found.met)


def test_the_bare_route_and_ours_in_one_table(url):
    with hosted(application([b"event: stage\n\n", b"event: answer\n\n"])) as bare:
        least = list(speeds("bare", bare, ["知らない質問"], repeated=True))
    questions = [f"質問{number}" for number in range(30)]
    ours = [*speeds("ours", url, questions, repeated=False)]
    assert [one.broken for one in (*least, *ours)] == [0] * 6
    assert sum(one.asked for one in ours) <= len(questions)
    text = table(ours, least)
    assert len(text.splitlines()) == 2 + 6
    assert {line.count("|") for line in text.splitlines()} == {11}
    assert "100 " in cuts_line(CUTS)
    assert "10 " in swaps_line(SWAPS)


def test_a_server_that_is_not_there_breaks_every_stream():
    found = ask(job_for("http://127.0.0.1:1", bodies(["質問"] * 3), 2))
    assert len(found.met) == 3
    assert all(one.wrong.startswith("no connection") for one in found.met)


def test_more_streams_get_more_questions():
    assert sum(shares(600)) <= 600
    assert shares(600) == sorted(shares(600))
    assert len(shares(600)) == len(FIRST_BOUNDS)
