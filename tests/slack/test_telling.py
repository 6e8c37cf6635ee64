"""Messages reach Slack once: posted, streamed or edited, with or without the methods, after a crash at any step."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from api.slack import showing
from api.slack.blocks import Message, notes
from api.slack.calling import Slack, SlackBusy, SlackRefused
from api.slack.showing import Showing, as_markdown, shown
from api.slack.telling import EVENT, Progress, Spot, Telling, mark_of, read
from api.slack.working import Held, Lost
from assistant.conversations import Job

from .doing import ME
from .fake import FakeSlack, fake_slack
from .fake_records import ASKER, CHANNEL, TEAM, Posted
from .queue import Remembered
from .test_calling import client_of

FIRST = Message("一", ({"type": "section", "text": {"type": "mrkdwn", "text": "*一*"}},))
SECOND = Message("二", ({"type": "section", "text": {"type": "mrkdwn", "text": "*二*"}},))
CHANGING = {"chat.postMessage", "chat.update", "chat.startStream", "chat.appendStream", "chat.stopStream"}


@pytest.fixture(params=[True, False], ids=["streams", "edits"])
def fake(request: pytest.FixtureRequest) -> Iterator[FakeSlack]:
    """A Slack with streams, and one without."""
    with fake_slack(streams=request.param) as one:
        yield one


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses that a test can wait for."""
    for name, seconds in (("QUICK", 0.05), ("EVERY", 0.08), ("FLOW", 0.05), ("PATIENCE", 0.1)):
        monkeypatch.setattr(showing, name, seconds)


class Owner:
    """Whoever has the job now, with what is known of it."""

    def __init__(self, fake: FakeSlack) -> None:
        self.fake = fake
        self.queue = Remembered()
        self.queue.put("job", "lane", "ask", "{}")
        self.question = fake.says("問い")

    def telling(self) -> Telling:
        """The job, taken by the next owner."""
        self.queue.ahead += 1000
        job = self.queue.take("owner", 100)
        assert job is not None
        self.held = Held(self.queue, job, "owner")
        spot = Spot(CHANNEL, self.question.ts, self.question.ts)
        return Telling(Slack(client_of(self.fake)), ME, Progress(self.held), spot)

    def showing(self) -> Showing:
        """What is shown of its answer."""
        return Showing(self.telling(), (TEAM, ASKER), notes.waiting())

    @property
    def said(self) -> list[Posted]:
        """What stands in the thread of ours."""
        return self.fake.told(CHANNEL)


@pytest.fixture
def owner(fake: FakeSlack) -> Owner:
    """A job in that Slack."""
    return Owner(fake)


def blocks(owner: Owner) -> list[list[dict[str, Any]]]:
    """The blocks of what stands there."""
    return [one.blocks for one in owner.said]


BOTH = [list(FIRST.blocks), list(SECOND.blocks)]


def test_each_part_is_one_message_that_says_whose_it_is(owner: Owner) -> None:
    owner.telling().tell([FIRST, SECOND])
    assert blocks(owner) == BOTH
    assert [one.metadata for one in owner.said] == [
        {"event_type": EVENT, "event_payload": {"job": "job", "part": part}} for part in (1, 2)
    ]
    for call in owner.fake.called("chat.postMessage"):
        assert {name: call.arguments[name] for name in ("unfurl_links", "unfurl_media", "link_names", "parse")} == {
            "unfurl_links": False,
            "unfurl_media": False,
            "link_names": False,
            "parse": "none",
        }
        assert call.arguments["thread_ts"] == owner.question.ts
    owner.telling().tell([FIRST, SECOND])  # the next owner finds that all is told
    assert blocks(owner) == BOTH
    assert len(owner.fake.calls) == 2


class Killed(BaseException):
    """The process ends here."""


def test_a_crash_at_any_step_leaves_one_message_each(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed before and after each note and each call, the next owner brings it to the same end."""
    for step in range(1, 40):
        owner.queue.rows.clear()
        owner.queue.put("job", "lane", "ask", "{}")
        owner.question = owner.fake.says("問い")
        count = iter(range(1, 1000))

        def counted(do: Any, step: int = step, count: Iterator[int] = count) -> Any:
            def with_crashes(*given: Any, **named: Any) -> Any:
                if next(count) == step:
                    raise Killed
                result = do(*given, **named)
                if next(count) == step:
                    raise Killed
                return result

            return with_crashes

        telling = owner.telling()
        monkeypatch.setattr(telling.slack, "call", counted(telling.slack.call))
        monkeypatch.setattr(owner.held, "note", counted(owner.held.note))
        try:
            telling.tell([FIRST, SECOND])
            break
        except Killed:
            owner.telling().tell([FIRST, SECOND])
        assert [one.blocks for one in owner.said if one.thread_ts == owner.question.ts] == BOTH, step
    else:
        pytest.fail("it never came to its end")
    assert step == 13


def test_a_message_is_found_beyond_the_first_page(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.slack.telling.PAGE", 2)
    owner.fake.drop("chat.postMessage")
    for _ in range(5):
        owner.fake.says("ほかの人の話", thread_ts=owner.question.ts)
    with pytest.raises(SlackBusy):
        owner.telling().tell([FIRST])
    owner.telling().tell([SECOND])
    assert blocks(owner) == [list(SECOND.blocks)]
    assert len(owner.fake.called("conversations.replies")) >= 3


def test_where_nobody_may_look_it_is_posted(owner: Owner) -> None:
    owner.fake.refuse("conversations.replies", "missing_scope")
    telling = owner.telling()
    Progress(owner.held).note("1", {})
    telling = owner.telling()
    telling.tell([FIRST])
    assert blocks(owner) == [list(FIRST.blocks)]


def test_without_metadata_a_message_that_says_the_same_is_the_part(owner: Owner) -> None:
    owner.fake.drop("chat.postMessage")
    with pytest.raises(SlackBusy):
        owner.telling().tell([FIRST])
    owner.said[0].metadata = None
    owner.telling().tell([FIRST, SECOND])
    assert blocks(owner) == BOTH


def test_after_a_429_it_is_known_that_nothing_was_posted(owner: Owner) -> None:
    owner.fake.limit("chat.postMessage", after=0, retry_after=30)
    with pytest.raises(SlackBusy):
        owner.telling().tell([FIRST])
    assert read(owner.queue.rows["job"].job.progress.partition(" ")[2]) == {}


def test_blocks_that_slack_does_not_take_leave_the_text(owner: Owner) -> None:
    owner.telling().tell([Message("言葉だけ", ({"type": "nonsense"},))])
    assert [(one.text, one.blocks) for one in owner.said] == [("言葉だけ", [])]


def test_a_message_that_was_deleted_is_posted_again(owner: Owner) -> None:
    telling = owner.telling()
    ts = telling.post(1, FIRST)
    owner.fake.find(CHANNEL, ts).deleted = True  # type: ignore[union-attr]
    telling.tell([SECOND])
    assert blocks(owner) == [list(SECOND.blocks)]


def test_whoever_lost_the_job_posts_nothing(owner: Owner) -> None:
    telling = owner.telling()
    owner.queue.lose("job")
    with pytest.raises(Lost):
        telling.tell([FIRST])
    assert owner.said == []


def test_another_refusal_is_an_error(owner: Owner) -> None:
    owner.fake.refuse("chat.postMessage", "is_archived")
    with pytest.raises(SlackRefused, match="is_archived"):
        owner.telling().tell([FIRST])


def told_slowly(owner: Owner, *sentences: str, pause: float = 0.12) -> None:
    """Show some sentences, each after a pause, then tell the whole answer."""
    with owner.showing() as shows:
        for sentence in sentences:
            time.sleep(pause)
            shows.say(sentence)
        time.sleep(pause)
    assert shows.lost is None
    shows._telling.tell([FIRST, SECOND])


def test_an_answer_that_comes_slowly_is_seen_before_its_end_and_ends_the_same(owner: Owner) -> None:
    told_slowly(owner, "はじめに。", "つぎに。", "さいごに。")
    assert blocks(owner) == BOTH
    assert not any(one.streaming for one in owner.said)
    assert owner.fake.statuses[0]["thread_ts"] == owner.question.ts
    streamed = owner.fake.called("chat.appendStream")
    assert bool(streamed) == owner.fake.streams
    assert "はじめに。" in owner.said[0].edits[0][0]
    started = owner.fake.called("chat.startStream")[:1]
    assert all(call.arguments["recipient_user_id"] == ASKER for call in started)


def test_a_quick_answer_is_one_call_a_part_beside_the_status(owner: Owner) -> None:
    with owner.showing() as shows:
        shows.say("すぐに。")
    shows._telling.tell([FIRST, SECOND])
    assert [call.method for call in owner.fake.calls] == [
        "assistant.threads.setStatus",
        "chat.postMessage",
        "chat.postMessage",
    ]


def test_sentences_that_are_taken_back_are_not_in_the_end(owner: Owner) -> None:
    with owner.showing() as shows:
        shows.say("まちがい。")
        time.sleep(0.2)
        shows.take_back()
        shows.say("ただしい。")
        time.sleep(0.2)
    shows._telling.tell([FIRST])
    assert blocks(owner) == [list(FIRST.blocks)]


def test_without_a_status_somebody_who_waits_is_told(owner: Owner) -> None:
    owner.fake.refuse("assistant.threads.setStatus", "unknown_method")
    with owner.showing() as shows:
        time.sleep(0.4)
        assert [one.text for one in owner.said] == [notes.waiting().text]
        shows.say("こたえ。")
        time.sleep(0.2)
    shows._telling.tell([FIRST])
    assert blocks(owner) == [list(FIRST.blocks)]


@pytest.mark.parametrize(
    ("method", "trouble"),
    [
        ("chat.startStream", "unknown_method"),
        ("chat.startStream", "channel_type_not_supported"),
        ("chat.appendStream", "message_not_in_streaming_state"),
        ("chat.appendStream", "internal_error"),
        ("chat.stopStream", "message_not_in_streaming_state"),
        ("assistant.threads.setStatus", "invalid_thread_ts"),
    ],
)
def test_whatever_of_it_is_refused_the_answer_is_told(owner: Owner, method: str, trouble: str) -> None:
    owner.fake.refuse(method, trouble)
    if method == "chat.stopStream":  # then it has ended already
        stop_streams(owner)
    told_slowly(owner, "はじめに。", "つぎに。")
    assert blocks(owner) == BOTH


def stop_streams(owner: Owner) -> None:
    """Slack ends streams that nothing is appended to."""

    def end() -> None:
        for _ in range(100):
            time.sleep(0.02)
            for one in owner.said:
                one.streaming = False

    threading.Thread(target=end, daemon=True).start()


def test_a_stream_that_an_earlier_owner_left_is_ended_and_edited(owner: Owner) -> None:
    for is_known in (True, False):  # whether its ts was noted before the end came
        owner.queue.rows.clear()
        owner.queue.put("job", "lane", "ask", "{}")
        owner.question = owner.fake.says("問い")
        with owner.showing() as shows:
            shows.say("はじめに。")
            time.sleep(0.2)
        if not is_known and owner.fake.streams:
            Progress(owner.held).note("1", {"how": "stream"})
        owner.telling().tell([FIRST])
        (one,) = [one for one in owner.said if one.thread_ts == owner.question.ts]
        assert (one.blocks, one.streaming) == (list(FIRST.blocks), False)


def test_pauses_are_kept_while_an_answer_is_shown(owner: Owner) -> None:
    for method in ("chat.update", "chat.appendStream"):
        owner.fake.limit(method, after=1, retry_after=1)
    told_slowly(owner, *"あいうえお")
    assert blocks(owner) == BOTH
    assert owner.fake.impatient == []


HOSTILE = "<!channel> <@U1> <https://evil.example|銀行> [銀行](https://evil.example) *太* `x` # 見出し\n# 見出し & ~x~"


def test_what_is_shown_is_read_as_text() -> None:
    written = as_markdown(HOSTILE)
    assert "<" not in written
    assert "](" not in written.replace("\\](", "")
    assert "@channel" not in as_markdown("@channel")
    block = shown(HOSTILE).blocks[0]
    assert block["text"]["type"] == "plain_text"
    assert "<" not in shown(HOSTILE).text
    long = shown("<&" * 9000)
    assert len(long.blocks[0]["text"]["text"]) <= 3000
    assert len(long.text) <= 4000


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"1": 3}', '{"1": {"ts": "1.1"}}'])
def test_progress_that_is_none_is_none(text: str) -> None:
    assert read(text) in ({}, json.loads(text) if text.startswith('{"1": {') else {})


@pytest.mark.parametrize(
    "metadata", [None, 3, {}, {"event_type": "other"}, {"event_type": EVENT}, {"event_type": EVENT, "event_payload": 1}]
)
def test_messages_of_others_are_none_of_ours(metadata: Any) -> None:
    assert mark_of({"metadata": metadata}) is None
    assert mark_of({"metadata": {"event_type": EVENT, "event_payload": {"job": "j", "part": "2"}}}) == ("j", 2)


def test_a_job_without_progress_is_at_its_beginning() -> None:
    held = Held(Remembered(), Job("j", "l", "ask", "{}", "", 1, 0), "owner")
    assert (held.job.progress, held.tries) == ("", 0)
