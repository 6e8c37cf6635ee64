"""Socket Mode of the fake Slack, with slack_sdk's built-in client."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from .fake import FakeSlack, fake_slack


@contextmanager
def _client(slack: FakeSlack, silent: bool = False) -> Iterator[list[SocketModeRequest]]:
    """A client that acknowledges; what came to it."""
    came: list[SocketModeRequest] = []

    def listen(client: Any, request: SocketModeRequest) -> None:
        came.append(request)
        if not silent:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, {"text": "はい"}))

    web = WebClient(base_url=slack.api_url)
    client = SocketModeClient(app_token=slack.app_token, web_client=web, ping_interval=0.2)
    client.socket_mode_request_listeners.append(listen)
    client.connect()
    try:
        yield came
    finally:
        with suppress(AttributeError):  # the client itself stumbles when its session ends while it is closed
            client.close()


def test_an_envelope_is_acknowledged_and_delivered_again() -> None:
    with fake_slack(ping=0.1) as slack, _client(slack) as came:
        slack.connected()
        body = slack.event_mention("補助率は？")
        ack = slack.deliver("events_api", body)
        again = slack.deliver("events_api", body, retry=1)
        command = slack.deliver("slash_commands", slack.slash_command("？"))
    assert ack.seconds < 2
    assert ack.envelope_id != again.envelope_id
    assert command.payload == {"text": "はい"}
    assert [one.type for one in came] == ["events_api", "events_api", "slash_commands"]
    assert came[0].payload["event_id"] == came[1].payload["event_id"]
    assert came[1].retry_attempt == 1


def test_a_client_that_is_asked_to_connects_again() -> None:
    with fake_slack() as slack, _client(slack) as came:
        slack.connected()
        slack.disconnect()
        slack.connected()
        assert len(slack.called("apps.connections.open")) == 2
        slack.deliver("events_api", slack.event_message("まだいる？"))
        assert len(came) == 1


def test_silence_is_no_acknowledgement() -> None:
    with fake_slack() as slack:
        with pytest.raises(TimeoutError):
            slack.deliver("events_api", slack.event_message("誰か？"), wait=0.1)
        with _client(slack, silent=True):
            slack.connected()
            with pytest.raises(TimeoutError):
                slack.deliver("events_api", slack.event_message("誰か？"), wait=0.3)


def test_a_token_without_the_scope_opens_nothing() -> None:
    with fake_slack(app_scopes=set()) as slack:
        client = WebClient(base_url=slack.api_url)
        for token, error in ((slack.app_token, "missing_scope"), (slack.bot_token, "not_allowed_token_type")):
            with pytest.raises(SlackApiError) as refused:
                client.apps_connections_open(app_token=token)
            assert refused.value.response["error"] == error


def test_a_connection_that_ends_acknowledges_nothing_more() -> None:
    with fake_slack() as slack, _client(slack, silent=True) as came:
        slack.connected()
        timer = threading.Timer(0.2, slack.close_sockets)
        timer.start()
        with pytest.raises((ConnectionResetError, TimeoutError)):
            slack.deliver("events_api", slack.event_message("誰か？"), wait=2)
        timer.join()
        assert len(came) == 1
