"""A thread that is handed over: all that was said there, and nothing that was said elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.slack import showing, working
from api.slack.blocks import notes
from api.slack.deeds.handing import ALREADY
from api.slack.tasks import Ask, HandOver, Place, hashed
from assistant.conversations import Store

from .doing import Office
from .fake import fake_slack
from .fake_records import ASKER, DIRECT, HANDOVER, TEAM, Posted
from .test_deeds import button

CONVERSATION = hashed("direct", TEAM, DIRECT)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A workspace."""
    monkeypatch.setattr(showing, "QUICK", 0.05)
    monkeypatch.setattr(working, "POLL", 0.02)
    store = Store.open(f"sqlite:///{tmp_path / 'c.sqlite'}")
    with fake_slack() as fake:
        yield Office(fake, store)
    store.close()


def answered(office: Office, question: str, thread: str = "") -> Posted:
    """The answer to a direct message."""
    office.do(Ask(office.said(question, DIRECT, thread=thread), question))
    return office.told(DIRECT)[-1]


def pressed(office: Office, answer: Posted) -> list[str]:
    """What the advisers are told when 人に相談 is pressed below an answer."""
    place = Place(TEAM, DIRECT, ASKER, answer.thread_ts, answer.ts, is_direct=True)
    held = json.loads(button(answer, "hand_over"))
    before = len(office.told(HANDOVER))
    office.do(HandOver(place, held["conversation"], held["answer_id"]))
    return [one.whole for one in office.told(HANDOVER)[before:]]


@pytest.mark.parametrize("error", ["", "missing_scope", "internal_error"])
def test_of_a_direct_conversation_only_the_thread_is_handed_over(office: Office, error: str) -> None:
    first, second = answered(office, "合併の相談です"), answered(office, "補助率は?")
    answered(office, "創業は?")
    if error:
        office.fake.refuse("conversations.replies", error)
    (told,) = pressed(office, second)
    assert "「補助率は?」への答えです。" in told
    assert "合併の相談です" not in told
    assert "創業は?" not in told
    (told,) = pressed(office, first)  # another thread, so it was not handed over yet
    assert "「合併の相談です」への答えです。" in told
    assert "補助率は?" not in told
    assert pressed(office, first) == []
    assert office.told(DIRECT)[-1].text == notes.failed(ALREADY).text


def test_what_followed_in_the_thread_goes_with_it(office: Office) -> None:
    """By a message below the answer, and by the button of a suggestion there."""
    answered(office, "合併の相談です")
    answer = answered(office, "補助率は?")
    place = Place(TEAM, DIRECT, ASKER, answer.thread_ts, answer.ts, is_direct=True)
    office.do(Ask(place, "上限は?", echo=True, conversation=CONVERSATION))
    last = answered(office, "期限は?", answer.thread_ts)
    (told,) = pressed(office, last)
    parts = [told.index(f"「{question}」への答えです。") for question in ("補助率は?", "上限は?", "期限は?")]
    assert parts == sorted(parts)
    assert "合併の相談です" not in told
