"""Calls: who we are, what Slack's refusals mean, and pauses that are kept."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient

from api.slack import calling
from api.slack.calling import Bot, Slack, SlackBusy, SlackRefused, identity, make_client, seconds_of, word_of
from assistant.errors import AssistantError, SettingsError
from assistant.settings import Settings

from .fake import FakeSlack, fake_slack
from .fake_records import ASKER, BOT, BOT_USER, CHANNEL, TEAM


@pytest.fixture
def fake() -> Iterator[FakeSlack]:
    """A Slack that has everything."""
    with fake_slack() as one:
        yield one


@pytest.fixture
def slack(fake: FakeSlack) -> Slack:
    """Its methods."""
    return Slack(client_of(fake))


def client_of(fake: FakeSlack, token: str = "") -> WebClient:
    """The settings' client."""
    return make_client(Settings(slack_bot_token=token or fake.bot_token, slack_api_url=fake.api_url))


@pytest.mark.parametrize("url", ["https://slack.example/api", "https://slack.example/api/"])
def test_the_address_ends_with_a_slash_and_nothing_is_sent_twice_by_itself(url: str) -> None:
    client = make_client(Settings(slack_bot_token="xoxb-1", slack_api_url=url))
    assert client.base_url == "https://slack.example/api/"
    assert client.retry_handlers == []
    with pytest.raises(SettingsError, match="ASSISTANT_SLACK_BOT_TOKEN"):
        make_client(Settings())


def test_the_token_says_who_we_are(fake: FakeSlack) -> None:
    assert identity(client_of(fake)) == Bot(TEAM, BOT_USER, BOT, "hojokin")


def test_a_token_that_is_refused_and_a_slack_that_is_away_are_told_in_one_line(fake: FakeSlack) -> None:
    with pytest.raises(AssistantError, match=r"^Slack refused auth.test: invalid_auth. Set ASSISTANT_SLACK_BOT_TOKEN"):
        identity(client_of(fake, "xoxb-other"))
    away = make_client(Settings(slack_bot_token="xoxb-1", slack_api_url="http://127.0.0.1:9/api/"))
    with pytest.raises(AssistantError, match=r"ASSISTANT_SLACK_API_URL"):
        identity(away)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_failing_server_is_busy_and_nothing_is_known(fake: FakeSlack, slack: Slack, status: int) -> None:
    fake.fail("chat.postMessage", 1, status)
    with pytest.raises(SlackBusy) as busy:
        slack.call("chat.postMessage", channel=CHANNEL, text="一")
    assert (busy.value.retry_after, busy.value.is_undone) == (None, False)


def test_a_connection_that_breaks_may_have_brought_the_message(fake: FakeSlack, slack: Slack) -> None:
    fake.drop("chat.postMessage")
    with pytest.raises(SlackBusy) as busy:
        slack.call("chat.postMessage", channel=CHANNEL, text="一")
    assert not busy.value.is_undone
    assert len(fake.told(CHANNEL)) == 1  # and it was not sent again


def test_a_short_pause_is_waited_for(fake: FakeSlack, slack: Slack) -> None:
    fake.limit("chat.postMessage", after=1, retry_after=1)
    for text in ("一", "二"):
        slack.call("chat.postMessage", channel=CHANNEL, text=text)
    assert [one.text for one in fake.told(CHANNEL)] == ["一", "二"]
    refused, again = fake.called("chat.postMessage")[1:]
    assert again.at - refused.at >= 1
    assert fake.impatient == []


def test_a_long_pause_holds_for_every_call_of_the_method(fake: FakeSlack, slack: Slack) -> None:
    fake.limit("chat.postMessage", after=0, retry_after=30)
    for _ in range(3):
        with pytest.raises(SlackBusy) as busy:
            slack.call("chat.postMessage", channel=CHANNEL, text="一")
        assert 29 < (busy.value.retry_after or 0) <= 31
        assert busy.value.is_undone
    assert len(fake.called("chat.postMessage")) == 1
    assert slack.call("auth.test")["ok"]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"Retry-After": "7"}, 7), ({"retry-after": ["3"]}, 3), ({}, calling.UNSAID), ({"Retry-After": "soon"}, 5)],
)
def test_how_long_slack_asks_to_wait(headers: dict[str, Any], seconds: float) -> None:
    assert seconds_of(headers) == seconds


def test_a_method_that_is_missing_is_not_tried_again_for_a_while(fake: FakeSlack) -> None:
    now = 0.0
    slack = Slack(client_of(fake), now=lambda: now)
    fake.refuse("assistant.threads.setStatus", "missing_scope")
    body = {"channel_id": CHANNEL, "thread_ts": fake.says("問").ts, "status": "…"}
    assert [slack.attempt("assistant.threads.setStatus", **body) for _ in range(5)] == [None] * 5
    assert len(fake.called("assistant.threads.setStatus")) == 1
    now = calling.FORGOTTEN + 1
    fake.refuse("assistant.threads.setStatus", "", times=0)
    assert slack.attempt("assistant.threads.setStatus", **body) is not None


def test_a_method_without_an_address_is_missing_too(fake: FakeSlack, slack: Slack) -> None:
    fake.fail("chat.startStream", 9, 404)
    assert slack.attempt("chat.startStream", channel=CHANNEL, thread_ts="1.1") is None
    assert not slack.may_have("chat.startStream")


def test_another_refusal_says_nothing_about_the_method(fake: FakeSlack, slack: Slack) -> None:
    assert slack.attempt("chat.getPermalink", channel=CHANNEL, message_ts="1.1") is None
    assert slack.may_have("chat.getPermalink")
    with pytest.raises(SlackRefused, match="message_not_found"):
        slack.call("chat.getPermalink", channel=CHANNEL, message_ts="1.1")


@pytest.mark.parametrize("error", ["<html>…", None, 7, "Received a response in a non-JSON format: 秘密"])
def test_what_is_no_word_of_slacks_is_not_passed_on(error: object) -> None:
    assert word_of(error) == "unreadable"


FOREIGN = [
    "https://evil.example/x",
    "https://hooks.slack.com@evil.example/x",
    "https://hooks.slack.com.evil.example/x",
    "http://hooks.slack.com/x",
    "file:///etc/passwd",
    "https://[::1",
    "//hooks.slack.com/x",
    "",
]


@pytest.mark.parametrize("url", FOREIGN)
def test_a_reply_goes_only_to_slack(slack: Slack, url: str) -> None:
    with pytest.raises(SlackRefused, match="foreign_response_url"):
        slack.respond(url, {"text": "一"})


@pytest.mark.parametrize("own", ["http://127.0.0.1:9/api/", "http://localhost:9/api/", "http://[::1]:9/api/"])
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.2", "[::1]"])
def test_on_one_machine_any_name_of_it_is_slacks(own: str, host: str) -> None:
    here = Slack(WebClient("xoxb-1", base_url=own))
    assert here._is_slack(f"http://{host}:8123/response/1")
    assert not here._is_slack(f"file://{host}/etc/passwd")
    assert not Slack(WebClient("xoxb-1"))._is_slack(f"http://{host}:8123/response/1")
    assert not Slack(WebClient("xoxb-1"))._is_slack(f"https://{host}/response/1")


def test_a_reply_is_seen_and_an_address_that_is_used_up_is_refused(fake: FakeSlack, slack: Slack) -> None:
    url = fake.response_url(CHANNEL, ASKER)
    for _ in range(5):
        slack.respond(url, {"text": "一", "response_type": "ephemeral"})
    assert [one.only_for for one in fake.ephemerals] == [ASKER] * 5
    with pytest.raises(SlackRefused, match="expired_url"):
        slack.respond(url, {"text": "一"})


def test_replies_keep_pauses_too(fake: FakeSlack, slack: Slack) -> None:
    url = fake.response_url(CHANNEL, ASKER)
    fake.limit("response_url", after=0, retry_after=20)
    begun = time.monotonic()
    for _ in range(2):
        with pytest.raises(SlackBusy):
            slack.respond(url, {"text": "一"})
    assert len(fake.called("response_url")) == 1
    assert time.monotonic() - begun < 2
