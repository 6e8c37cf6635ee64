"""Slack's text is read as people wrote it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.slack.reading import plain

DATA = Path(__file__).parents[1] / "data" / "slack"
READ = json.loads((DATA / "reading.json").read_text("utf-8"))


@pytest.mark.parametrize(("written", "read"), READ)
def test_a_message_is_read_as_it_was_written(written: str, read: str) -> None:
    assert plain(written, "UBOT") == read


def test_a_bot_without_a_name_removes_nobody() -> None:
    assert plain("<@UBOT> 予算は？") == "@UBOT 予算は？"


@given(st.text(st.one_of(st.sampled_from("<>@!#|&;amplt`*_~\n 5円"), st.characters()), max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(plain(text, "U1"), str)


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="*_~`>"), max_size=200))
def test_what_slack_escapes_comes_back(text: str) -> None:
    sent = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert plain(sent) == text.strip()


@pytest.mark.parametrize(
    "text", ["*a " * 13_000, "<@" * 20_000, "`" * 40_000, "```a" * 10_001, "_a" * 20_000, "&gt;" * 9_000]
)
def test_a_long_text_is_read_at_once(text: str) -> None:
    begun = time.process_time()
    plain(text, "U1")
    assert time.process_time() - begun < 2
