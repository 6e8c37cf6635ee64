"""Texts to be checked are told from questions."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.slack.pasting import is_pasted

PASTED = json.loads((Path(__file__).parents[1] / "data" / "slack" / "pasted.json").read_text("utf-8"))


@pytest.mark.parametrize(("pasted", "text"), PASTED)
def test_a_text_to_be_checked_is_no_question(pasted: bool, text: str) -> None:
    assert is_pasted(text) is pasted


def test_most_cases_are_questions() -> None:
    assert sum(not pasted for pasted, _ in PASTED) >= 80
    assert sum(pasted for pasted, _ in PASTED) >= 40


@given(st.text(st.one_of(st.sampled_from("確認してください。？！「」：:|500万円\n "), st.characters()), max_size=200))
def test_any_text_is_told(text: str) -> None:
    assert is_pasted(text) in (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "確認を。" * 5_000,
        "合ってますか？" * 2_500 + "\n" + "5円。" * 500,
        "？ " * 10_000 + "確認を",
        "「" * 20_000,
        "|" * 20_000,
        "確認を" + " " * 20_000 + "x",
        "お困り" * 6_000,
        "【" * 9_000 + "下書き",
    ],
)
def test_a_long_text_is_told_at_once(text: str) -> None:
    begun = time.process_time()
    is_pasted(text)
    assert time.process_time() - begun < 2
