"""Short messages are messages that Slack takes."""

from __future__ import annotations

import pytest

from api.slack.blocks import Message, notes

from .limits import faults, objects, visible


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (notes.waiting(), "資料を調べています"),
        (notes.failed("混み合っています。"), "⚠️ 混み合っています。"),
        (notes.failed(""), "お答えできませんでした"),
        (notes.handed_over(), "相談担当"),
        (notes.shared(), "チャンネルに共有しました"),
        (notes.shared("U1"), "さんが回答を共有しました"),
        (notes.rated(), "評価"),
        (notes.usage(), "/hojokin"),
        (notes.too_long(), "2,000文字"),
    ],
)
def test_a_note_says_its_words(message: Message, words: str) -> None:
    assert words in "".join(map(visible, message.blocks))
    assert words in message.text
    assert not faults(message)


def test_only_an_id_is_named() -> None:
    assert [one for one in objects(list(notes.shared("U1").blocks)) if one.get("type") == "user"]
    assert not [one for one in objects(list(notes.shared("<!here>").blocks)) if one.get("type") == "user"]


def test_there_are_four_prompts_as_slack_takes_them() -> None:
    assert len(notes.PROMPTS) == 4
    assert all(title and message for title, message in notes.PROMPTS)
