"""How an answer was found, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import serving
from conversations.keeping import rows
from hosting import hosted

from api.app import create_app
from assistant.conversations import Store

RATE = "創業支援補助金の補助率は？"


class Kept:
    """A server, and the rows that it keeps."""

    def __init__(self, client: httpx.Client, url: str) -> None:
        self.client = client
        self.url = url
        self.answer_id = client.post("/v1/chat", json={"question": RATE}).json()["answer_id"]

    def rate(self, **body: object) -> httpx.Response:
        return self.client.post("/v1/feedback", json={"answer_id": self.answer_id, **body})

    def rows(self) -> list[dict]:
        return rows(self.url, "feedback")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    folder: Path = tmp_path_factory.mktemp("kept")
    url = f"sqlite:///{folder / 'kept.sqlite3'}"
    store = Store.open(url)
    app = create_app(serving.KnowsAFew(), conversations=store)
    with hosted(app) as address, httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        yield Kept(client, url)
    store.close()


@pytest.mark.parametrize("rating", ["up", "down", -1, 0, 1, 2, 3, 4, 5])
def test_a_rating_is_kept_and_replaces_the_one_before(kept: Kept, rating: str | int) -> None:
    reply = kept.rate(rating=rating, comment=f"一言 {rating}")
    assert (reply.status_code, reply.json()) == (200, {"answer_id": kept.answer_id, "rating": rating})
    (row,) = kept.rows()
    assert (row["answer_id"], row["rating"], row["comment"]) == (kept.answer_id, str(rating), f"一言 {rating}")


@pytest.mark.parametrize(
    ("comment", "stored"),
    [
        ("限度額も\n知りたい", "限度額も\n知りたい"),
        ("090-1234-5678まで。予算は1,234千円", "［電話番号］まで。予算は1,234千円"),
        ("あ" * 2000, "あ" * 2000),
    ],
)
def test_a_comment_is_kept_masked(kept: Kept, comment: str | None, stored: str | None) -> None:
    assert kept.rate(rating="up", comment=comment).status_code == 200
    assert [row["comment"] for row in kept.rows()] == [stored]


@pytest.mark.parametrize("comment", [None, "", " \n"])
def test_a_rating_without_a_comment_takes_none_back(kept: Kept, comment: str | None) -> None:
    assert kept.rate(rating="down", comment="限度額も知りたい").status_code == 200
    assert kept.rate(rating="up", comment=comment).status_code == 200
    assert [(row["rating"], row["comment"]) for row in kept.rows()] == [("up", "限度額も知りたい")]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"rating": "sideways"}, 422, "invalid_request"),
        ({"rating": 6}, 422, "invalid_request"),
        ({"rating": -2}, 422, "invalid_request"),
        ({"rating": 1.5}, 422, "invalid_request"),
        ({"rating": True}, 422, "invalid_request"),
        ({"rating": "3"}, 422, "invalid_request"),
        ({"rating": None}, 422, "invalid_request"),
        ({"rating": ["up"]}, 422, "invalid_request"),
        ({"rating": "up", "comment": "あ" * 2001}, 422, "invalid_request"),
        ({"rating": "up", "comment": "a\u0000b"}, 422, "not_text"),
        ({"rating": "up", "comment": 5}, 422, "invalid_request"),
        ({"rating": "up", "answer_id": ""}, 422, "invalid_request"),
        ({"rating": "up", "answer_id": "a b"}, 422, "invalid_request"),
        ({"rating": "up", "answer_id": "a" * 129}, 422, "invalid_request"),
        ({"rating": "up", "answer_id": 5}, 422, "invalid_request"),
        ({"rating": "up", "answer_id": "unknown"}, 404, "no_answer"),
        ({}, 422, "invalid_request"),
    ],
)
def test_what_is_refused(kept: Kept, change: dict, status: int, code: str) -> None:
    before = kept.rows()
    reply = kept.rate(**change)
    assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)
    assert kept.rows() == before


def test_the_hint_for_a_rating_names_those_there_are(kept: Kept) -> None:
    message = kept.rate(rating=9).json()["error"]["message"]
    assert message == "rating: it is neither up, down nor a whole number from -1 to 5."


def test_the_rating_goes_with_its_conversation(kept: Kept) -> None:
    made = kept.client.post("/v1/chat", json={"question": RATE}).json()
    assert kept.rate(answer_id=made["answer_id"], rating="down").status_code == 200
    assert kept.client.delete(f"/v1/conversations/{made['conversation_id']}").status_code == 204
    assert made["answer_id"] not in {row["answer_id"] for row in kept.rows()}
    reply = kept.rate(answer_id=made["answer_id"], rating="up")
    assert (reply.status_code, reply.json()["error"]["code"]) == (404, "no_answer")


def test_a_comment_is_not_in_the_log(kept: Kept, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        kept.rate(rating="up", comment="店主の秘密")
    assert "秘密" not in caplog.text
