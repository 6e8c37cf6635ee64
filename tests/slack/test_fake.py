"""The fake Slack, as slack_sdk's own clients meet it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.webhook import WebhookClient

from .fake import FakeSlack, fake_slack
from .fake_records import ASKER, CHANNEL, DIRECT, ELSEWHERE, TEAM

BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, "value": "7"}
THUMBS = {
    "type": "feedback_buttons",
    "action_id": "rate",
    "positive_button": {"text": {"type": "plain_text", "text": "+"}, "value": "x:up"},
    "negative_button": {"text": {"type": "plain_text", "text": "-"}, "value": "x:down"},
}


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A Slack that has everything."""
    with fake_slack() as one:
        yield one


def _client(slack: FakeSlack, token: str | None = None) -> WebClient:
    return WebClient(slack.bot_token if token is None else token, base_url=slack.api_url, retry_handlers=[])


def _refused(call: Any, **given: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as refused:
        call(**given)
    return refused.value.response.data


def test_it_says_whose_the_token_is_and_which_scopes_it_has(slack: FakeSlack) -> None:
    answer = _client(slack).auth_test()
    assert (answer["team_id"], answer["bot_id"]) == (TEAM, slack.bot_id)
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")
    assert _refused(_client(slack, "").auth_test)["error"] == "not_authed"
    assert _refused(_client(slack, "xoxb-other").auth_test)["error"] == "invalid_auth"
    assert _refused(_client(slack, slack.app_token).auth_test)["error"] == "not_allowed_token_type"


def test_messages_are_written_changed_and_deleted(slack: FakeSlack) -> None:
    client = _client(slack)
    ts = client.chat_postMessage(
        channel=CHANNEL, text="一", blocks=[{"type": "actions", "elements": [BUTTON]}], unfurl_links=False
    )["ts"]
    client.chat_update(channel=CHANNEL, ts=ts, text="二", blocks=[])
    (message,) = slack.told(CHANNEL)
    assert (message.text, message.edits[0][0], message.arguments["unfurl_links"]) == ("二", "一", False)
    assert [one.method for one in slack.calls] == ["chat.postMessage", "chat.update"]
    assert all(one.ok and one.status == 200 for one in slack.calls)
    client.chat_delete(channel=CHANNEL, ts=ts)
    assert slack.told() == []
    assert message.deleted


def test_what_is_said_in_a_thread_is_read_again(slack: FakeSlack) -> None:
    client, first = _client(slack), slack.says("はじめ")
    client.chat_postMessage(
        channel=CHANNEL, text="つづき", thread_ts=first.ts, metadata={"event_type": "job", "event_payload": {"id": "1"}}
    )
    whole = client.conversations_replies(channel=CHANNEL, ts=first.ts, include_all_metadata=True)
    assert [one["text"] for one in whole["messages"]] == ["はじめ", "つづき"]
    assert whole["messages"][1]["metadata"]["event_payload"] == {"id": "1"}
    page = client.conversations_replies(channel=CHANNEL, ts=first.ts, limit=1)
    assert page["has_more"]
    assert "metadata" not in page["messages"][0]
    rest = client.conversations_replies(channel=CHANNEL, ts=first.ts, cursor=page["response_metadata"]["next_cursor"])
    assert [one["text"] for one in rest["messages"]] == ["つづき"]
    assert [one["text"] for one in client.conversations_history(channel=CHANNEL)["messages"]] == ["はじめ"]
    late = client.conversations_replies(channel=CHANNEL, ts=first.ts, oldest=rest["messages"][0]["ts"])
    assert [one["text"] for one in late["messages"]] == ["はじめ"]
    since = client.conversations_history(channel=CHANNEL, oldest=first.ts, inclusive=True)
    assert [one["text"] for one in since["messages"]] == ["はじめ"]
    assert client.conversations_history(channel=CHANNEL, oldest=first.ts)["messages"] == []
    assert client.chat_getPermalink(channel=CHANNEL, message_ts=first.ts)["permalink"].startswith(slack.url)


def test_a_stream_grows_until_it_is_stopped(slack: FakeSlack) -> None:
    asked, client = slack.says("？"), _client(slack)
    who = {"recipient_team_id": TEAM, "recipient_user_id": ASKER}
    stream = client.chat_stream(channel=CHANNEL, thread_ts=asked.ts, buffer_size=1, **who)
    stream.append(markdown_text="**あ**")
    (message,) = slack.told(CHANNEL)
    assert message.streaming
    assert message.text == "**あ**"
    assert _refused(client.chat_update, channel=CHANNEL, ts=message.ts, text="?")["error"] == "streaming_state_conflict"
    stream.append(markdown_text="い")
    stream.stop(blocks=[{"type": "context_actions", "elements": [THUMBS]}])
    assert (message.text, message.appended, message.streaming) == ("**あ**い", ["**あ**", "い"], False)
    assert message.blocks[0]["type"] == "context_actions"
    late = _refused(client.chat_appendStream, channel=CHANNEL, ts=message.ts, markdown_text="う")
    assert late["error"] == "message_not_in_streaming_state"
    bare = _refused(client.chat_startStream, channel=CHANNEL, thread_ts=asked.ts)
    assert bare["error"] == "missing_recipient_team_id"


def test_a_workspace_without_streams_does_not_know_them() -> None:
    with fake_slack(streams=False) as slack:
        answer = _refused(_client(slack).chat_startStream, channel=DIRECT, thread_ts="1.2")
    assert answer["error"] == "unknown_method"


def test_a_missing_scope_is_named() -> None:
    with fake_slack(scopes={"commands"}) as slack:
        answer = _refused(_client(slack).chat_postMessage, channel=CHANNEL, text="x")
    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", "chat:write", "commands")


@pytest.mark.parametrize(
    ("method", "given", "error"),
    [
        ("chat.postMessage", {"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": ELSEWHERE, "text": "x"}, "not_in_channel"),
        ("chat.postMessage", {"channel": CHANNEL}, "no_text"),
        ("chat.postMessage", {"channel": CHANNEL, "text": "x", "thread_ts": "then"}, "invalid_thread_ts"),
        ("chat.postMessage", {"channel": CHANNEL, "text": "x", "metadata": {"a": 1}}, "invalid_metadata_format"),
        ("chat.update", {"channel": CHANNEL, "ts": "1.5", "text": "x"}, "message_not_found"),
        ("conversations.replies", {"channel": CHANNEL, "ts": "1.5"}, "thread_not_found"),
        ("conversations.info", {"channel": "C0NOWHERE"}, "channel_not_found"),
        ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
        ("assistant.threads.setSuggestedPrompts", {"channel_id": DIRECT, "prompts": []}, "invalid_arguments"),
        ("assistant.threads.setStatus", {"channel_id": DIRECT, "thread_ts": "1.5", "status": "…"}, "invalid_thread_ts"),
        ("chat.scream", {}, "unknown_method"),
    ],
)
def test_what_slack_refuses(slack: FakeSlack, method: str, given: dict[str, Any], error: str) -> None:
    assert _refused(_client(slack).api_call, api_method=method, json=given)["error"] == error
    assert not slack.told()


def test_another_ones_message_is_not_changed(slack: FakeSlack) -> None:
    ts = slack.says("わたしの").ts
    assert _refused(_client(slack).chat_update, channel=CHANNEL, ts=ts, text="?")["error"] == "cant_update_message"
    assert _refused(_client(slack).chat_delete, channel=CHANNEL, ts=ts)["error"] == "cant_delete_message"


@pytest.mark.parametrize(
    "block",
    [
        {"type": "sektion", "text": {"type": "mrkdwn", "text": "x"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}},
        {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}},
        {"type": "actions", "elements": [BUTTON] * 26},
        {"type": "actions", "elements": [BUTTON | {"value": "x" * 2001}]},
        {"type": "context", "elements": []},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]},
        {"type": "context_actions", "elements": [THUMBS | {"positive_button": {}}]},
        {"type": "section"},
    ],
)
def test_blocks_beyond_the_limits_are_refused(slack: FakeSlack, block: dict[str, Any]) -> None:
    answer = _refused(_client(slack).chat_postMessage, channel=CHANNEL, text="x", blocks=[block])
    assert answer["error"] == "invalid_blocks"
    assert "/blocks/0" in answer["errors"][0]


def test_status_prompts_title_view_and_users(slack: FakeSlack) -> None:
    client, asked = _client(slack), slack.says("？", DIRECT)
    client.assistant_threads_setStatus(channel_id=DIRECT, thread_ts=asked.ts, status="考えています")
    client.assistant_threads_setSuggestedPrompts(channel_id=DIRECT, prompts=[{"title": "a", "message": "b"}])
    client.assistant_threads_setTitle(channel_id=DIRECT, thread_ts=asked.ts, title="t")
    client.views_open(trigger_id="1", view={"type": "modal", "blocks": []})
    assert [len(one) for one in (slack.statuses, slack.prompts, slack.titles, slack.views)] == [1, 1, 1, 1]
    assert "thread_ts" not in slack.prompts[0]
    assert client.users_info(user=ASKER)["user"]["name"] == "asker"
    assert client.conversations_open(users=ASKER)["channel"]["id"] == DIRECT
    assert client.conversations_join(channel=ELSEWHERE)["channel"]["is_member"]


def test_too_many_calls_get_429_until_the_time_is_over(slack: FakeSlack) -> None:
    client = _client(slack)
    slack.limit("chat.postMessage", after=1, retry_after=1)
    client.chat_postMessage(channel=CHANNEL, text="1")
    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            client.chat_postMessage(channel=CHANNEL, text="2")
        assert refused.value.response.status_code == 429
        assert refused.value.response.headers["Retry-After"] == "1"
    assert len(slack.impatient) == 1
    assert len(slack.told()) == 1
    time.sleep(1.01)
    client.chat_postMessage(channel=CHANNEL, text="2")


def test_failures_delays_refusals_and_cut_connections(slack: FakeSlack) -> None:
    client = _client(slack)
    slack.fail("auth.test", 1)
    with pytest.raises(SlackApiError, match="non-JSON"):
        client.auth_test()
    slack.refuse("auth.test", "account_inactive", 1)
    assert _refused(client.auth_test)["error"] == "account_inactive"
    slack.delay("auth.test", 0.2)
    begun = time.perf_counter()
    client.auth_test()
    assert time.perf_counter() - begun >= 0.2
    slack.drop("chat.postMessage")
    with pytest.raises((URLError, ConnectionError)):
        client.chat_postMessage(channel=CHANNEL, text="angekommen")
    assert [one.text for one in slack.told()] == ["angekommen"]
    assert slack.called("chat.postMessage")[0].status == 0


def test_a_reply_to_a_response_url_is_seen_by_one(slack: FakeSlack) -> None:
    command = slack.slash_command("創業は？")
    webhook = WebhookClient(command["response_url"])
    assert webhook.send(text="答え", blocks=[{"type": "actions", "elements": [BUTTON]}]).status_code == 200
    (private,) = slack.ephemerals
    assert (private.text, private.only_for, slack.told()) == ("答え", ASKER, [])
    pressed = slack.block_action(private, "go")
    assert pressed["container"]["is_ephemeral"]
    assert "message" not in pressed
    WebhookClient(pressed["response_url"]).send(text="変わった", replace_original=True)
    assert private.text == "変わった"
    assert private.edits[0][0] == "答え"
    webhook.send(text="みんなに", response_type="in_channel")
    assert slack.told(CHANNEL)[0].text == "みんなに"
    assert [webhook.send(text="x").status_code for _ in range(4)] == [200, 200, 200, 404]
    _client(slack).chat_postEphemeral(channel=CHANNEL, user=ASKER, text="ひとりに")
    assert slack.ephemerals[-1].text == "ひとりに"


def test_its_signature_is_the_one_that_slack_sdk_verifies(slack: FakeSlack) -> None:
    verifier = SignatureVerifier(slack.signing_secret)
    message = slack.says("5,000千円です")
    bodies = [
        slack.event_message("補助率は？"),
        slack.event_mention("補助率は？"),
        slack.slash_command("補助率は？"),
        slack.message_shortcut(message),
        slack.app_home_opened(),
        slack.url_verification(),
    ]
    for body in bodies:
        assert verifier.is_valid_request(slack.encode(body)[0], slack.signed(body))
        assert not verifier.is_valid_request(slack.encode(body)[0], slack.signed(body, secret="other"))
        assert not verifier.is_valid_request(slack.encode(body)[0], slack.signed(body, timestamp=1))
    assert slack.signed(b"{}", retry=2)["X-Slack-Retry-Num"] == "2"


def test_the_buttons_of_its_messages_are_pressed(slack: FakeSlack) -> None:
    blocks = [{"type": "actions", "elements": [BUTTON]}, {"type": "context_actions", "elements": [THUMBS]}]
    _client(slack).chat_postMessage(channel=CHANNEL, text="x", blocks=blocks)
    (message,) = slack.told()
    assert slack.block_action(message, "go")["actions"][0]["value"] == "7"
    assert slack.block_action(message, "rate", value="x:down")["actions"][0]["value"] == "x:down"
    with pytest.raises(KeyError):
        slack.block_action(message, "gone")
