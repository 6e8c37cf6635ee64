"""The manifest is one that Slack takes, and the file beside the other files of deployment is it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.slack.blocks.message import CHECK_AMOUNTS, COMMAND
from api.slack.manifest import APP_SCOPE, EVENTS, PATH, SCOPES, manifest, manifest_text
from assistant.errors import SettingsError

ROOT = Path(__file__).parents[2]
URL = "https://assistant.example.jp"
#: Longest texts that docs.slack.dev/reference/app-manifest states, in characters, by where they stand.
LIMITS = {
    ("display_information", "name"): 35,
    ("display_information", "description"): 140,
    ("features", "agent_view", "agent_description"): 300,
    ("features", "bot_user", "display_name"): 80,
    ("features", "slash_commands", 0, "command"): 32,
    ("features", "slash_commands", 0, "description"): 2000,
    ("features", "slash_commands", 0, "usage_hint"): 1000,
    ("features", "shortcuts", 0, "name"): 24,
    ("features", "shortcuts", 0, "callback_id"): 255,
    ("features", "shortcuts", 0, "description"): 150,
}
#: The scope that each event and each feature needs.
NEEDED = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "slash_commands": "commands",
    "shortcuts": "commands",
    "agent_view": "assistant:write",
}


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def test_the_file_is_what_the_program_prints() -> None:
    text = (ROOT / "deploy/slack-manifest.json").read_text("utf-8")
    assert text == manifest_text(), "run: assistant slack --manifest > deploy/slack-manifest.json"
    assert json.loads(text) == manifest()


@pytest.mark.parametrize("path", list(LIMITS))
@pytest.mark.parametrize("url", ["", URL])
def test_texts_are_as_long_as_slack_takes(path: tuple[Any, ...], url: str) -> None:
    text = _at(manifest(url), path)
    assert 0 < len(text) <= LIMITS[path]


def test_socket_mode_has_no_addresses() -> None:
    made = manifest()
    assert made["settings"]["socket_mode_enabled"] is True
    assert "url" not in manifest_text().replace('"should', "")
    assert "https://" not in manifest_text()


def test_http_has_one_address_for_everything() -> None:
    made = manifest(URL + "/")
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["event_subscriptions"]["request_url"] == URL + PATH
    assert made["settings"]["interactivity"] == {"is_enabled": True, "request_url": URL + PATH}
    assert made["features"]["slash_commands"][0]["url"] == URL + PATH
    assert manifest(URL + PATH) == made


def test_it_is_an_agent_whose_messages_can_be_written_to() -> None:
    features = manifest()["features"]
    assert "assistant_view" not in features
    assert features["app_home"]["messages_tab_enabled"] is True
    assert features["app_home"]["messages_tab_read_only_enabled"] is False
    assert features["slash_commands"][0]["command"] == COMMAND
    assert features["slash_commands"][0]["should_escape"] is False
    (shortcut,) = features["shortcuts"]
    assert (shortcut["type"], shortcut["callback_id"], shortcut["name"]) == ("message", CHECK_AMOUNTS, "金額を確認")


def test_it_asks_for_the_scopes_that_its_parts_need_and_says_why() -> None:
    made = manifest()
    assert set(made["oauth_config"]["scopes"]["bot"]) == set(SCOPES)
    assert all(SCOPES.values())
    assert APP_SCOPE not in SCOPES
    used = set(EVENTS) | set(made["features"])
    assert {scope for part, scope in NEEDED.items() if part in used} <= set(SCOPES)
    assert made["settings"]["event_subscriptions"]["bot_events"] == list(EVENTS)


@pytest.mark.parametrize(
    "url",
    ["http://assistant.example.jp", "assistant.example.jp", "https://", URL + "/?a=b", URL + "/foo", URL + "/x" + PATH],
)
def test_an_address_that_slack_would_not_send_to_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="https"):
        manifest(url)


@pytest.mark.parametrize("name", ["", "あ" * 36])
def test_a_name_has_the_length_that_slack_takes(name: str) -> None:
    with pytest.raises(SettingsError, match="35"):
        manifest(name=name)


def test_another_name_is_the_apps_and_the_bots() -> None:
    made = manifest(name="商工会の相談員")
    assert made["display_information"]["name"] == made["features"]["bot_user"]["display_name"] == "商工会の相談員"
