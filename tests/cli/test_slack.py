"""``assistant slack`` as it is started: what is missing is one line, and the set-up helps."""

import json
import sys

import pytest
from slack.fake import fake_slack

from cli import running

run = running.run

SET = {
    "ASSISTANT_SLACK_BOT_TOKEN": "xoxb-1",
    "ASSISTANT_SLACK_APP_TOKEN": "xapp-1",
    "ASSISTANT_SLACK_SIGNING_SECRET": "s",
}
MISSING = [
    ({"ASSISTANT_SLACK_BOT_TOKEN": ""}, (), "ASSISTANT_SLACK_BOT_TOKEN"),
    ({"ASSISTANT_SLACK_APP_TOKEN": "", "ASSISTANT_SLACK_SIGNING_SECRET": ""}, (), "ASSISTANT_SLACK_SIGNING_SECRET"),
    ({"ASSISTANT_SLACK_APP_TOKEN": " "}, ("--mode", "socket"), "ASSISTANT_SLACK_APP_TOKEN"),
    ({"ASSISTANT_SLACK_SIGNING_SECRET": ""}, ("--mode", "http"), "ASSISTANT_SLACK_SIGNING_SECRET"),
    ({}, ("--mode", "pigeon"), "auto, socket, http"),
]


@pytest.mark.parametrize(("changes", "args", "named"), MISSING)
def test_what_is_missing_is_one_line(run, changes, args, named):
    assert named in run("slack", *args, **{**SET, **changes}).error


def test_a_slack_that_cannot_be_reached_is_one_line(run):
    ran = run("slack", "--port", "0", "--workers", "1", **SET, ASSISTANT_SLACK_API_URL="http://127.0.0.1:9/api/")
    assert "ASSISTANT_SLACK_API_URL" in ran.error
    assert ran.out == ""


@pytest.mark.parametrize("workers", ["1", "2"])
def test_without_an_index_it_does_not_start(run, tmp_path, workers):
    with fake_slack() as slack:
        settings = {**SET, "ASSISTANT_SLACK_API_URL": slack.api_url, "ASSISTANT_SLACK_BOT_TOKEN": slack.bot_token}
        paths = {"PYTHONPATH": f"{running.ROOT / 'src'}:{running.ROOT}", "ASSISTANT_INDEX": str(tmp_path / "none")}
        ran = run("slack", "--mode", "http", "--port", "0", "--workers", workers, **settings, **paths)
    assert "assistant build" in ran.error
    assert ran.out == ""


def test_without_slacks_libraries_it_says_what_to_install(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "slack_bolt", None)
    error = run("slack", **SET).error
    assert ".venv/bin/pip install -e '.[slack]'" in error


def test_the_manifest_is_printed(run):
    ran = run("slack", "--manifest")
    assert ran.status == 0
    assert json.loads(ran.out)["settings"]["socket_mode_enabled"] is True
    served = run("slack", "--manifest", "--url", "https://bot.example")
    assert "https://bot.example/slack/events" in served.out


def test_an_address_goes_with_the_manifest_alone(run):
    ran = run("slack", "--url", "https://bot.example")
    assert ran.status == 2
    assert "--manifest" in ran.err


def test_the_check_tells_what_is_missing(run):
    ran = run("slack", "--check", **dict.fromkeys(SET, ""), ASSISTANT_SLACK_API_URL="http://127.0.0.1:9/api/")
    assert ran.status == 1
    assert "ASSISTANT_SLACK_BOT_TOKEN" in ran.out + ran.err
