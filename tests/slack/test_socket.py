"""Socket Mode with the library's own client against a fake Slack."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from slack_sdk import WebClient

from api.slack.calling import QUIET, Bot
from api.slack.inbox import make_inbox
from api.slack.socket import connected
from assistant.errors import AssistantError, SettingsError

from .fake import FakeSlack, fake_slack
from .inboxes import Bell, Shelf

PING = 0.2


@contextmanager
def listening(slack: FakeSlack, queue: Shelf, token: str = "") -> Iterator[Bell]:
    """An inbox that is connected."""
    client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[], logger=QUIET)
    bell = Bell()
    bot = Bot(slack.team_id, slack.bot_user, "B", "hojokin")
    with connected(make_inbox(client, queue, bot, frozenset(), bell), client, token or slack.app_token, ping=PING):
        slack.connected()
        yield bell


def test_each_entry_is_kept_and_acknowledged():
    queue = Shelf()
    with fake_slack(ping=0.1) as slack, listening(slack, queue) as bell:
        answer = slack.says("上限は50万円です。", user=slack.bot_user)
        acks = [
            slack.deliver("events_api", slack.event_mention("補助率は?")),
            slack.deliver("events_api", slack.event_message("上限は?")),
            slack.deliver("events_api", slack.app_home_opened()),
            slack.deliver("slash_commands", slack.slash_command("創業の支援は?")),
            slack.deliver("interactive", slack.message_shortcut(answer)),
        ]
    assert [job.kind for job in queue.jobs.values()] == ["ask", "ask", "welcome", "ask", "check"]
    assert [bool(ack.payload) for ack in acks] == [False, False, False, True, False]
    assert acks[3].payload["response_type"] == "ephemeral"
    assert bell.rung == 5
    assert max(ack.seconds for ack in acks) < 3


def test_what_comes_again_is_one_job():
    queue = Shelf()
    with fake_slack() as slack, listening(slack, queue):
        body = slack.event_mention("補助率は?")
        for retry in range(4):
            slack.deliver("events_api", body, retry=retry)
    assert len(queue.jobs) == 1


def test_what_could_not_be_kept_is_not_acknowledged():
    queue = Shelf(away=True)
    with fake_slack() as slack, listening(slack, queue):
        body = slack.event_mention("補助率は?")
        with pytest.raises(TimeoutError):
            slack.deliver("events_api", body, wait=0.3)
        queue.away = False
        slack.deliver("events_api", body, retry=1)
        queue.broken = ZeroDivisionError()
        with pytest.raises(TimeoutError):
            slack.deliver("events_api", slack.event_mention("上限は?"), wait=0.3)
    assert len(queue.jobs) == 1


@pytest.mark.parametrize("payload", [{}, {"type": "odd"}, {"type": "event_callback", "event": 5}, {"event": []}])
def test_an_odd_payload_is_acknowledged(payload):
    queue = Shelf()
    with fake_slack() as slack, listening(slack, queue):
        slack.deliver("events_api", payload)
        slack.deliver("events_api", slack.event_mention("補助率は?"))
    assert len(queue.jobs) == 1


def test_a_connection_that_ends_is_opened_again():
    queue = Shelf()
    with fake_slack() as slack, listening(slack, queue):
        slack.disconnect()
        slack.connected()
        slack.deliver("events_api", slack.event_mention("補助率は?"))
        slack.close_sockets()
        slack.until(lambda: not slack.connections or len(slack.called("apps.connections.open")) > 2)
        slack.connected()
        slack.deliver("events_api", slack.event_mention("上限は?"))
    assert len(queue.jobs) == 2
    assert slack.connections == 0


@pytest.mark.parametrize(("scopes", "token", "error"), [(set(), "", "missing_scope"), (None, "xapp-x", "invalid_auth")])
def test_a_token_that_is_refused_is_one_line(scopes, token, error):
    refused = pytest.raises(SettingsError)
    with fake_slack(app_scopes=scopes) as slack, refused as raised, listening(slack, Shelf(), token):
        pass
    assert "ASSISTANT_SLACK_APP_TOKEN" in str(raised.value)
    assert error in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_slack_that_cannot_be_reached_is_one_line():
    client = WebClient("xoxb-none", base_url="http://127.0.0.1:9/api/", retry_handlers=[])
    own = make_inbox(client, Shelf(), Bot("T1", "U", "B", ""), frozenset(), Bell())
    with pytest.raises(AssistantError) as raised, connected(own, client, "xapp-none"):
        pass
    assert "ASSISTANT_SLACK_API_URL" in str(raised.value)


def test_nothing_is_left_and_nothing_that_was_said_is_logged(caplog):
    caplog.set_level(logging.DEBUG)
    secret = "秘密の相談"
    before = threading.active_count()
    queue = Shelf(away=True)
    with fake_slack() as slack, listening(slack, queue), pytest.raises(TimeoutError):
        slack.deliver("events_api", slack.event_mention(secret), wait=0.2)
    assert threading.active_count() <= before
    own = [record.getMessage() for record in caplog.records if record.name.startswith(("api", "slack"))]
    assert not any(secret in line or "ws://" in line for line in own)
