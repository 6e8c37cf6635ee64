"""A Slack that has few methods, or takes less than it might: questions are answered there too, and once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.slack import showing, working
from api.slack.blocks import Message, notes
from api.slack.calling import SlackBusy, SlackRefused
from api.slack.deeds import before
from api.slack.tasks import Ask
from api.slack.telling import LOOKS, without
from assistant.conversations import Store

from .doing import Office, Script
from .fake import FakeSlack, fake_slack
from .fake_records import CHANNEL
from .test_telling import Owner

FIRST = Message("一", ({"type": "section", "text": {"type": "mrkdwn", "text": "*一*"}},))
QUESTION = "補助率は?"
POOR = ("assistant.threads.setStatus", "chat.startStream", "chat.update", "chat.delete", "conversations.replies")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses that a test can wait for."""
    for name, seconds in (("QUICK", 0.05), ("EVERY", 0.05), ("FLOW", 0.03), ("PATIENCE", 0.1)):
        monkeypatch.setattr(showing, name, seconds)
    monkeypatch.setattr(working, "POLL", 0.02)
    monkeypatch.setattr(working, "PAUSES", (0.01, 0.01))


@pytest.fixture
def fake() -> Iterator[FakeSlack]:
    """A Slack without streams."""
    with fake_slack(streams=False) as one:
        yield one


@pytest.fixture
def owner(fake: FakeSlack) -> Owner:
    """A job in it."""
    return Owner(fake)


@pytest.fixture
def office(fake: FakeSlack, tmp_path: Path) -> Iterator[Office]:
    """Somebody who does its jobs."""
    store = Store.open(f"sqlite:///{tmp_path / 'c.sqlite'}")
    yield Office(fake, store)
    store.close()


def answers(office: Office, question: str = QUESTION) -> int:
    """How many messages in the channel answer a question."""
    return sum(f"「{question}」への答えです。" in one.whole for one in office.told())


def test_where_nothing_can_be_edited_the_answer_stands_below_its_beginning(office: Office) -> None:
    for method in POOR:
        office.fake.refuse(method, "unknown_method")
    slow = Script((f"「{QUESTION}」への答えです。",), 0.5)
    office.desk.scripts[QUESTION] = slow
    office.do(Ask(office.said(QUESTION), QUESTION))
    assert office.told()[0].text == notes.waiting().text
    assert answers(office) == 1
    office.do(Ask(office.said(QUESTION), QUESTION))  # by now it is known: nothing is begun that cannot be ended
    assert [one.text for one in office.told()].count(notes.waiting().text) == 1
    assert answers(office) == 2


def test_where_only_edits_are_missing_the_beginning_is_taken_away(office: Office) -> None:
    for method in POOR[:3]:
        office.fake.refuse(method, "unknown_method")
    office.desk.scripts[QUESTION] = Script((f"「{QUESTION}」への答えです。",), 0.5)
    office.do(Ask(office.said(QUESTION), QUESTION))
    assert len(office.told()) == answers(office) == 1


def test_a_defect_is_told_where_nothing_can_be_edited(office: Office) -> None:
    for method in POOR:
        office.fake.refuse(method, "unknown_method")
    office.desk.scripts[QUESTION] = Script(fault=RuntimeError("defect"))
    office.do(Ask(office.said(QUESTION), QUESTION))
    assert "お答えできませんでした" in office.told()[-1].text


def test_what_stands_below_its_beginning_is_not_posted_again_by_the_next_owner(owner: Owner) -> None:
    """The connection broke when the whole was posted below a beginning that could be neither edited nor deleted."""
    owner.fake.refuse("chat.update", "unknown_method")
    owner.fake.refuse("chat.delete", "unknown_method")
    telling = owner.telling()
    telling.post(1, notes.waiting())
    owner.fake.drop("chat.postMessage")
    with pytest.raises(SlackBusy):
        telling.tell([FIRST])
    owner.telling().tell([FIRST])
    assert [one.text for one in owner.said] == [notes.waiting().text, "一"]


@pytest.mark.parametrize("error", ["invalid_arguments", "invalid_metadata_format", "invalid_blocks", "strange_word"])
def test_a_message_that_is_refused_is_posted_with_less(owner: Owner, error: str) -> None:
    owner.fake.refuse("chat.postMessage", error, times=1)
    owner.telling().tell([FIRST])
    (one,) = owner.said
    assert (one.text, one.thread_ts) == ("一", owner.question.ts)


@pytest.mark.parametrize("error", ["channel_not_found", "is_archived", "invalid_auth", "unknown_method"])
def test_what_less_would_not_help_is_not_tried(owner: Owner, error: str) -> None:
    owner.fake.refuse("chat.postMessage", error)
    with pytest.raises(SlackRefused, match=error):
        owner.telling().tell([FIRST])
    assert len(owner.fake.called("chat.postMessage")) == 1


def test_a_thread_that_is_not_there_leaves_the_channel_and_one_answer(owner: Owner) -> None:
    """Also when the connection breaks and the next owner has to look for it."""
    for is_cut in (False, True):
        owner.queue.rows.clear()
        owner.queue.put("job", "lane", "ask", "{}")
        owner.fake.messages[CHANNEL].clear()
        owner.question.ts = owner.fake.now()
        owner.fake.refuse("chat.postMessage", "thread_not_found", times=1)
        if is_cut:
            owner.fake.drop("chat.postMessage")
            with pytest.raises(SlackBusy):
                owner.telling().tell([FIRST])
        owner.telling().tell([FIRST])
        assert [(one.text, one.thread_ts) for one in owner.said] == [("一", "")]


def test_less_and_less_ends() -> None:
    body = {"text": "一", "blocks": [], "metadata": {}, "thread_ts": "1.1"}
    errors = ["thread_not_found", "invalid_metadata_format", "invalid_blocks", "invalid_arguments"]
    for error in errors[:3]:
        body = without(body, error) or {}
    assert body == {"text": "一"}
    assert [without(body, error) for error in errors] == [None] * 4


@pytest.mark.parametrize("trouble", ["fail", "internal_error", "short pause", "long pause"])
def test_a_thread_that_is_never_readable_costs_no_answer(
    office: Office, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    monkeypatch.setattr(working, "LONGEST_PAUSE", 0.02)
    match trouble:
        case "fail":
            office.fake.fail("conversations.replies", 1000)
        case "internal_error":
            office.fake.refuse("conversations.replies", "internal_error")
        case "short pause":
            monkeypatch.setattr(before, "AWAITED", 3)
            office.fake.limit("conversations.replies", after=0, retry_after=2)
        case _:
            office.fake.limit("conversations.replies", after=0, retry_after=60)
    root = office.said("事業承継補助金について相談です")
    office.do(Ask(office.said(QUESTION, thread=root.ts), QUESTION))
    assert answers(office) == 1
    assert office.desk.asked[0][1] == ()


def test_what_may_be_there_is_looked_for_only_so_often(owner: Owner) -> None:
    owner.fake.drop("chat.postMessage")
    with pytest.raises(SlackBusy):
        owner.telling().tell([FIRST])
    owner.fake.fail("conversations.replies", 1000)
    for _ in range(LOOKS - 1):
        with pytest.raises(SlackBusy):
            owner.telling().tell([FIRST])
    owner.telling().tell([FIRST])
    assert owner.said[-1].text == "一"


def test_an_answer_does_not_wait_for_a_status_that_hangs(owner: Owner) -> None:
    owner.fake.delay("assistant.threads.setStatus", 2.0)
    begun = time.monotonic()
    with owner.showing() as shows:
        time.sleep(0.1)
        shows.say("はじめに。")
    owner.telling().tell([FIRST])
    assert time.monotonic() - begun < 1.6
    assert [one.text for one in owner.said] == ["一"]
    owner.fake.until(lambda: len(owner.fake.statuses) == 2)
    assert [one["status"] for one in owner.fake.statuses] == [showing.STATUS, ""]  # and it does not stand there


def test_sentences_do_not_wait_for_a_status_that_hangs(owner: Owner) -> None:
    owner.fake.delay("assistant.threads.setStatus", 1.0)
    with owner.showing() as shows:
        shows.say("はじめに。")
        owner.fake.until(lambda: owner.said, 0.9)
    assert "はじめに。" in owner.said[0].text
