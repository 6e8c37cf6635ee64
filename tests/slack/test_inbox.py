"""What requests ask to be done, and whose are heard."""

import dataclasses
import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.slack import listening
from api.slack.inbox import received
from api.slack.tasks import Check, Place, conversation_of, own_of
from assistant.conversations import StoreUnavailable

from . import inboxes
from .inboxes import BOT, Bell, Shelf, command, event, inbox, press, shortcut, table, written

REQUESTS = table("requests.json")
PASTED = "以下の文面を確認してください。\n補助の上限は50万円です。\n補助率は2/3です。"


def request_of(case: dict) -> dict:
    """The body of a case; a null takes a field away."""
    changes = case.get("with", {})
    if case["make"] in ("press", "shortcut"):
        made = press("none") if case["make"] == "press" else shortcut()
        return {name: value for name, value in {**made, **changes}.items() if value is not None}
    return getattr(inboxes, case["make"])(**changes)


def agrees(found: dict, wanted: dict) -> bool:
    """Whether a record has what a case says of it."""
    return all(
        agrees(found[name], value) if isinstance(value, dict) else found[name] == value
        for name, value in wanted.items()
    )


@pytest.mark.parametrize("case", REQUESTS, ids=lambda case: case["why"])
def test_what_a_request_asks(case):
    queue, bell = Shelf(), Bell()
    reply = received(inbox(queue, bell), request_of(case))
    assert reply.status == 200
    assert [job.kind for job in queue.jobs.values()] == ([case["kind"]] if case["kind"] else [])
    assert bell.rung == len(queue.jobs)
    for task in queue.tasks:
        found = dataclasses.asdict(task)
        assert agrees(found, case["task"]), found
        assert found["place"]["team"] == "T1"
        assert found["place"]["user"] == "U1"


@pytest.mark.parametrize("case", table("strangers.json"), ids=lambda case: case["why"])
def test_whose_requests_are_heard(case):
    queue = Shelf()
    bot = dataclasses.replace(BOT, team=case.get("bot", "T1"))
    own = inbox(queue, bot=bot, teams=frozenset(case.get("teams", ())))
    body = event(home=case.get("team", "T1"), body=case.get("body"), **case.get("event", {}))
    assert received(own, body).status == 200
    assert bool(queue.jobs) is case["heard"]


@pytest.mark.parametrize(
    "body",
    [
        command(team_id="T2"),
        press("rate", "a:up", team={"id": "T2"}),
        press("rate", "a:up", user={"id": "U1", "team_id": "T2"}),
        shortcut(user={"id": "U1", "team_id": "T2"}),
    ],
)
def test_strangers_press_no_buttons(body):
    queue = Shelf()
    assert received(inbox(queue), body).status == 200
    assert not queue.jobs


def test_a_pasted_text_is_checked():
    queue = Shelf()
    own = inbox(queue)
    received(own, written(PASTED))
    received(own, event("Ev2", text=f"<@UBOT> {PASTED}"))
    received(own, written("補助率は?", channel="D2"))
    assert [type(task) for task in queue.tasks[:2]] == [Check, Check]
    assert queue.tasks[0].text == PASTED.strip()


@pytest.mark.parametrize(
    ("body", "job_id"),
    [
        (event("Ev7"), "event:Ev7"),
        (command(trigger_id="1.2.abc"), "command:1.2.abc"),
        (press("rate", "a:up", trigger_id="3.4"), "action:3.4"),
        (shortcut(trigger_id="5.6"), "shortcut:5.6"),
    ],
)
def test_a_job_is_known_by_what_made_it(body, job_id):
    queue, bell = Shelf(), Bell()
    for _ in range(4):  # by two processes
        received(inbox(queue, bell), body)
        received(inbox(queue, bell), {**body, "is_retry": True})
    assert list(queue.jobs) == [job_id]
    assert bell.rung == 1


def test_without_an_id_a_body_is_known_by_what_it_says(monkeypatch):
    monkeypatch.setattr(listening.time, "time", lambda: 1_800_000_030.0)
    queue = Shelf()
    own = inbox(queue)
    for body in (
        event(""),
        event(""),
        event("", text="<@UBOT> 上限は?"),
        command(trigger_id=""),
        command(trigger_id=""),
    ):
        received(own, body)
    assert len(queue.jobs) == 3
    assert len({*queue.jobs}) == 3


def test_without_an_id_the_same_said_later_is_something_else(monkeypatch):
    queue = Shelf()
    own = inbox(queue)
    opening = {"type": "app_home_opened", "tab": "messages", "channel": "D1", "ts": None}
    for minute in range(3):
        monkeypatch.setattr(listening.time, "time", lambda minute=minute: 1_800_000_030.0 + 60 * minute)
        for _ in range(2):
            received(own, command(trigger_id=""))
            received(own, event("", **opening, event_ts=f"{minute}.1"))
    assert [job.kind for job in queue.jobs.values()] == ["ask", "welcome"] * 3


def test_jobs_of_a_thread_are_of_one_lane():
    queue = Shelf()
    own = inbox(queue)
    received(own, event("Ev1", ts="1.1"))
    received(own, event("Ev2", ts="1.2", thread_ts="1.1"))
    received(own, event("Ev3", ts="1.3"))
    first, second, third = queue.jobs.values()
    assert first.lane == second.lane != third.lane
    task = queue.tasks[0]
    assert first.lane == conversation_of(task.place)


def test_direct_messages_go_on_and_are_heard_nowhere_else():
    queue = Shelf()
    own = inbox(queue)
    received(own, written(event_id="Ev1", ts="1.1"))
    received(own, written(event_id="Ev2", ts="1.2"))
    received(own, event("Ev3", channel="C1", ts="1.1"))
    first, second, third = queue.jobs.values()
    assert first.lane == second.lane != third.lane


def test_each_command_stands_alone_until_a_suggestion_goes_on():
    queue = Shelf()
    own = inbox(queue)
    received(own, command(trigger_id="1"))
    received(own, command(trigger_id="2"))
    hidden = {"is_ephemeral": True, "channel_id": "C1"}
    own_conversation = own_of(Place("T1", "C1", "U1")) + "1"
    value = json.dumps({"question": "上限は?", "conversation": own_conversation})
    for trigger in ("3", "4"):
        received(own, press("suggest:0", value, container=hidden, message={}, trigger_id=trigger))
    lanes = [job.lane for job in queue.jobs.values()]
    assert lanes[0] != lanes[1]
    assert lanes[2:] == [own_conversation] * 2


def test_a_button_waits_for_the_conversation_that_it_will_go_on_with():
    """Not for the one of another place that its value names."""
    queue = Shelf()
    own = inbox(queue)
    received(own, event(ts="1.1"))
    for at, action in enumerate(("suggest:0", "hand_over", "share")):
        value = json.dumps({"question": "上限は?", "conversation": "slack-elsewhere", "answer_id": "a1"})
        received(own, press(action, value, trigger_id=str(at)))
    assert len({job.lane for job in queue.jobs.values()}) == 1
    assert len(queue.jobs) == 4


@pytest.mark.parametrize("missing", ["message", "container", "is_ephemeral"])
def test_what_only_its_asker_has_seen_stays_so_whatever_slack_leaves_out(missing):
    queue = Shelf()
    conversation = own_of(Place("T1", "C1", "U1")) + "1"
    value = json.dumps({"question": "上限は?", "conversation": conversation, "answer_id": "a1"})
    for at, action in enumerate(("suggest:0", "share")):
        body = press(action, value, trigger_id=str(at), message={"ts": "1.9"}, container={"message_ts": "1.9"})
        body.pop(missing, None)
        received(inbox(queue), body)
    assert [task.place.is_private for task in queue.tasks] == [True, True]
    assert [task.place.thread for task in queue.tasks] == ["", ""]
    assert {job.lane for job in queue.jobs.values()} == {conversation}


def test_a_rating_waits_for_no_answer():
    queue = Shelf()
    own = inbox(queue)
    received(own, event(ts="1.1"))
    received(own, press("rate", "a1:up", trigger_id="1"))
    received(own, press("rate", "a1:down", trigger_id="2"))
    question, up, down = (job.lane for job in queue.jobs.values())
    assert up == down != question


def test_nothing_is_acknowledged_while_the_database_is_away():
    queue = Shelf(away=True)
    for body in (event(), command(), press("rate", "a:up"), shortcut()):
        reply = received(inbox(queue), body)
        assert reply.status == 503
        assert reply.headers["retry-after"] == [str(StoreUnavailable.retry_after)]


def test_what_a_person_wrote_reaches_no_log(caplog):
    caplog.set_level(logging.DEBUG)
    secret = "秘密の相談"
    queue = Shelf()
    own = inbox(queue)
    for body in (event(text=secret), written(secret), command(secret), shortcut(message={"text": secret})):
        received(own, body)
    queue.broken = ZeroDivisionError("of the database")
    for body in (event(text=secret), command(secret), event(type="other", text=secret), {"type": "x", "text": secret}):
        received(own, body)
    shown = [record.getMessage() for record in caplog.records]
    assert shown
    assert not any(secret in line for line in shown)


@given(st.recursive(st.none() | st.text() | st.integers(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)))
def test_whatever_comes_is_answered(body):
    assert received(inbox(Shelf()), body).status == 200
