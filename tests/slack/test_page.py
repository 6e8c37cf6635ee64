"""The page on Slack says what the program does: its tables are whole, and its example is what the check prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.slack.checkup import checkup, report
from api.slack.manifest import APP_SCOPE, EVENTS, SCOPES
from assistant.settings import Settings

from .fake import fake_slack

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/slack.md").read_text("utf-8")


def _rows(heading: str) -> list[str]:
    """The names in the first cells of the tables under a heading."""
    section = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert section
    return re.findall(r"^\| `([^`]+)`", section[1], re.MULTILINE)


def test_every_scope_and_event_stands_there() -> None:
    assert set(_rows("What it may do, and what for")) == set(SCOPES)
    assert APP_SCOPE in PAGE
    assert all(f"`{event}`" in PAGE for event in EVENTS)


def test_every_setting_stands_there() -> None:
    named = {name.removeprefix("ASSISTANT_").lower() for name in _rows("Settings")}
    assert named == {name for name in Settings.model_fields if name.startswith("slack_")} | {"public_url"}


@pytest.mark.parametrize("heading", ["In ten minutes", "On a server", "Limits", "Several workers"])
def test_its_parts_are_there(heading: str) -> None:
    assert f"\n## {heading}\n" in PAGE


def test_the_example_is_what_the_check_prints(index_dir: Path, tmp_path: Path) -> None:
    with fake_slack(scopes=set(SCOPES) - {"groups:history"}) as slack:
        settings = Settings(
            slack_bot_token=slack.bot_token,
            slack_app_token=slack.app_token,
            slack_api_url=slack.api_url,
            public_url="https://assistant.example.jp",
            index=index_dir,
            data=tmp_path,
        )
        told = report(checkup(settings))
    block = re.search(r"<!-- check -->\n```text\n(.*?)```\n<!-- /check -->", PAGE, re.DOTALL)
    assert block
    assert block[1] == told + "\n"
