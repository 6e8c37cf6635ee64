"""``assistant slack --check`` names what is missing: a table of cases against a fake Slack."""

from __future__ import annotations

import json
import socket
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.slack.checkup import Point, checkup, report
from api.slack.manifest import SCOPES
from assistant.settings import Settings

from .fake import FakeSlack, fake_slack
from .fake_records import HANDOVER

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "data/slack/checkup.json").read_text("utf-8"))


def _settings(slack: FakeSlack, index_dir: Path, data_dir: Path, **given: str) -> Settings:
    values: dict[str, Any] = {
        "slack_bot_token": slack.bot_token,
        "slack_app_token": slack.app_token,
        "slack_signing_secret": slack.signing_secret,
        "slack_api_url": slack.api_url,
        "slack_handover_channel": HANDOVER,
        "public_url": "https://assistant.example.jp",
        "index": index_dir,
        "data": data_dir,
    }
    return Settings(**values | given)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what is kept, the same for every example."""
    return tmp_path_factory.mktemp("kept")


def _slack_of(case: dict[str, Any]) -> Any:
    stated = dict(case.get("slack", {}))
    scopes = set(stated.pop("scopes", SCOPES)) | set(stated.pop("more_scopes", ()))
    return fake_slack(scopes=scopes, **stated)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_point_is_told_and_no_other(case: dict[str, Any], index_dir: Path, tmp_path: Path) -> None:
    with _slack_of(case) as slack:
        for method, error in case.get("refuse", {}).items():
            slack.refuse(method, error)
        stated = _settings(slack, index_dir, tmp_path, **case.get("settings", {}))
        points = checkup(stated)
    text = report(points)
    counted = [sum(point.ok is kind for point in points) for kind in (False, None)]
    assert counted == [case.get("wrong", 0), case.get("warned", 0)], text
    for told in case["told"]:
        assert told in text
    assert all(point.hint for point in points if not point.ok)
    for secret in ("slack_bot_token", "slack_app_token", "slack_signing_secret"):
        value = getattr(stated, secret).get_secret_value()
        assert not value or value not in text
    assert slack.told() == []


def test_each_scope_is_looked_for(index_dir: Path, tmp_path: Path) -> None:
    for missing, use in SCOPES.items():
        with fake_slack(scopes=set(SCOPES) - {missing}) as slack:
            points = checkup(_settings(slack, index_dir, tmp_path))
        (wrong,) = [point for point in points if point.ok is False]
        assert wrong.what == f"スコープ {missing} がありません（{use}）"


@pytest.mark.parametrize("trouble", ["closed", "silent", "failing", "missing", "page"])
def test_without_slack_it_says_so_soon(trouble: str, index_dir: Path, tmp_path: Path) -> None:
    with fake_slack() as slack, socket.create_server(("127.0.0.1", 0)) as silent:
        stated = _settings(slack, index_dir, tmp_path)
        if trouble in ("closed", "silent"):
            port = silent.getsockname()[1]
            stated = stated.model_copy(update={"slack_api_url": f"http://127.0.0.1:{port}/api/"})
        if trouble == "closed":
            silent.close()
        if trouble == "missing":
            stated = stated.model_copy(update={"slack_api_url": slack.api_url.replace("/api/", "/elsewhere/")})
        if trouble in ("failing", "page"):
            slack.fail("auth.test", 9, 503 if trouble == "failing" else 200)
        begun = time.monotonic()
        points = checkup(stated)
        took = time.monotonic() - begun
    (wrong,) = [point for point in points if point.ok is False]
    assert wrong.what.startswith("Slack (127.0.0.1) につながりません: ")
    assert took < 8
    assert any(point.what.startswith("索引") for point in points)


def test_scopes_that_slack_does_not_tell_are_a_warning(index_dir: Path, tmp_path: Path) -> None:
    with fake_slack() as slack:
        slack.server.tell_scopes = False
        points = checkup(_settings(slack, index_dir, tmp_path))
    assert [point.what for point in points if point.ok is not True] == ["スコープを確かめられません"]


@given(
    bot=st.text(max_size=60) | st.text(max_size=30).map("xoxb-{}".format),
    secret=st.text(max_size=40).map("s3cr3t-{}".format),
    url=st.text(max_size=30) | st.sampled_from(["http://[::1", "http://:x", "ftp://a.example", "http://"]),
    workspaces=st.text(max_size=40),
    channel=st.text(max_size=40),
)
@settings(max_examples=60, deadline=None)
def test_nothing_that_stands_in_a_setting_breaks_it(
    bot: str, secret: str, url: str, workspaces: str, channel: str, folder: Path
) -> None:
    given_settings = Settings(
        slack_bot_token=bot,
        slack_signing_secret=secret,
        slack_api_url=url if "http" not in url else "http://[::1",
        slack_workspaces=workspaces,
        slack_handover_channel=channel,
        public_url=url,
        index=folder,
        data=folder,
    )
    points = checkup(given_settings)
    assert any(point.ok is False for point in points)
    assert all("\n" not in point.what + point.hint for point in points)
    assert "s3cr3t" not in report(points)


def test_a_report_has_a_line_a_point_and_one_more() -> None:
    text = report([Point(True, "あ"), Point(None, "い", "う"), Point(False, "え", "お")])
    assert text.splitlines() == [
        "✓ あ",
        "! い → う",
        "✗ え → お",
        "✗ が 1 件あります。直してから、もう一度確かめてください。",
    ]
    assert report([Point(True, "あ")]).splitlines()[-1] == "始められます: assistant slack"
