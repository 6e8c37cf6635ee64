"""What only its asker is to see: told so by whatever way there is, and shared only when he says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.slack import telling, working
from api.slack.blocks import notes
from api.slack.bodies import known
from api.slack.deeds import small
from api.slack.listening import check_amounts, pressed
from api.slack.tasks import Ask, Check, Share
from assistant.conversations import Store

from .doing import ME, Office
from .fake import fake_slack
from .fake_records import ASKER, CHANNEL, ELSEWHERE, Channel
from .test_deeds import button


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A workspace."""
    monkeypatch.setattr(working, "POLL", 0.02)
    monkeypatch.setattr(working, "PAUSES", (0.01, 0.01))
    store = Store.open(f"sqlite:///{tmp_path / 'c.sqlite'}")
    with fake_slack() as fake:
        yield Office(fake, store)
    store.close()


def press(office: Office, action: str, value: str, *without: str) -> None:
    """Press a button below the last answer that only its asker sees, in a Slack that says less of it than it might."""
    message = office.fake.ephemerals[-1]
    message.blocks = [{"type": "actions", "elements": [{"type": "button", "action_id": action, "value": value}]}]
    body = office.fake.block_action(message, action)
    for name in without:
        del (body["container"] if name == "is_ephemeral" else body)[name]
    read: Any = known(body)
    asked = pressed(read, ME)
    assert asked is not None
    office.do(asked.task)


@pytest.mark.parametrize("without", [(), ("is_ephemeral",), ("container",), ("container", "response_url")])
def test_a_suggestion_below_a_private_answer_is_answered_in_private(office: Office, without: tuple[str, ...]) -> None:
    office.do(Ask(office.alone(), "補助率は?"))
    held = json.loads(button(office.fake.ephemerals[-1], "share"))
    value = json.dumps({"question": "上限は?", "conversation": held["conversation"]})
    press(office, "suggest:0", value, *without)
    assert office.told() == []
    assert office.fake.ephemerals[-1].only_for == ASKER
    assert "「上限は?」への答えです。" in office.fake.ephemerals[-1].whole
    assert office.desk.asked[-1][1][0].content == "補助率は?"


@pytest.mark.parametrize("without", [("is_ephemeral",), ("container",), ("container", "response_url")])
def test_a_private_answer_is_shared_whatever_slack_leaves_out(office: Office, without: tuple[str, ...]) -> None:
    office.do(Ask(office.alone(), "補助率は?"))
    press(office, "share", button(office.fake.ephemerals[-1], "share"), *without)
    assert "「補助率は?」への答えです。" in "\n".join(one.whole for one in office.told())


@pytest.mark.parametrize("is_known", [True, False])
def test_a_shortcut_without_an_address_is_answered_to_its_asker_if_that_can_be(office: Office, is_known: bool) -> None:
    message = office.fake.says("上限は50万円です。")
    body = office.fake.message_shortcut(message)
    del body["response_url"]
    if not is_known:
        office.fake.refuse("chat.postEphemeral", "unknown_method")
    read: Any = known(body)
    asked = check_amounts(read, ME)
    assert asked is not None
    office.do(asked.task)
    assert [one.only_for for one in office.fake.ephemerals] == ([ASKER] if is_known else [])
    assert [one.thread_ts for one in office.told(CHANNEL)] == ([] if is_known else [message.ts])


def test_a_text_of_which_nobody_else_knows_is_never_told_in_public(office: Office) -> None:
    office.fake.refuse("chat.postEphemeral", "unknown_method")
    place = replace(office.alone(), response_url="", is_hidden=True)
    office.do(Check(place, "上限は50万円です。"), Ask(place, "補助率は?"))
    assert office.told() == office.fake.ephemerals == []


def test_an_address_that_never_takes_anything_is_left_for_another_way(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "LONGEST_PAUSE", 0.02)
    office.fake.fail("response_url", 1000)
    office.do(Ask(office.alone(), "補助率は?"))
    (told,) = office.fake.ephemerals
    assert "「補助率は?」への答えです。" in told.whole
    assert len(office.fake.called("response_url")) == telling.TRIES + 1


@pytest.mark.parametrize("error", ["unknown_method", "not_in_channel", "channel_not_found"])
def test_whoever_can_be_told_in_no_other_way_is_told_in_person(office: Office, error: str) -> None:
    office.fake.add(Channel(ASKER, "", "im", user=ASKER))  # Slack takes a user's id for the direct messages with him
    office.fake.refuse("chat.postEphemeral", error)
    place = office.alone()
    office.fake.response_urls.clear()
    office.do(Ask(place, "補助率は?"))
    (told,) = office.told(ASKER)
    assert "「補助率は?」への答えです。" in told.whole
    assert office.told(CHANNEL) == []


def test_a_private_message_that_is_refused_is_sent_with_less(office: Office) -> None:
    office.fake.refuse("chat.postEphemeral", "thread_not_found", times=1)
    office.do(Ask(replace(office.alone(), response_url="", is_hidden=True, thread="1.1"), "補助率は?"))
    assert [(one.only_for, one.thread_ts) for one in office.fake.ephemerals] == [(ASKER, "")]


def shared(office: Office, channel: str) -> str:
    """Have an answer that only its asker has seen shared; gives what he is told."""
    if not office.fake.ephemerals or office.fake.ephemerals[0].channel != channel:
        office.do(Ask(office.alone(channel), "補助率は?"))
    (held,) = [json.loads(button(one, "share")) for one in office.fake.ephemerals[:1]]
    office.do(Share(office.alone(channel), held["conversation"], held["answer_id"]))
    return office.fake.ephemerals[-1].text


def test_where_we_are_no_member_an_answer_is_shared_at_the_address_of_the_button(office: Office) -> None:
    assert shared(office, ELSEWHERE) == notes.shared().text
    assert "「補助率は?」への答えです。" in "\n".join(one.whole for one in office.told(ELSEWHERE))
    kinds = [call.arguments["response_type"] for call in office.fake.called("response_url")]
    assert kinds == ["ephemeral", "in_channel", "in_channel", "ephemeral"]
    assert not any(call.arguments["replace_original"] for call in office.fake.called("response_url")[1:])


def test_where_it_cannot_be_shared_its_asker_is_told_to_invite_us(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(small, "REPLIES", 2)
    assert shared(office, ELSEWHERE) == notes.failed(small.NOT_INVITED).text
    assert office.told(ELSEWHERE) == []
    office.fake.channels[ELSEWHERE].is_member = True
    assert shared(office, ELSEWHERE) == notes.shared().text  # once it was done, the same button works
    assert len(office.told(ELSEWHERE)) == 2


def test_an_answer_is_shared_once_however_often_the_button_is_pressed(office: Office) -> None:
    assert shared(office, CHANNEL) == notes.shared().text
    assert shared(office, CHANNEL) == notes.failed(small.ALREADY).text
    assert len(office.told()) == 2
    office.fake.refuse("conversations.history", "missing_scope")
    assert shared(office, CHANNEL) == notes.shared().text  # where nobody may look it is told again
