"""A text has the shapes that the page gives it: the same table of cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.slack.blocks.shape import Grid, Paragraph, Points, Run, first_sentence, shapes_of

from .told import DATA

CASES: list[dict[str, Any]] = json.loads((Path(DATA).parent / "widget" / "blocks.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_text_has_its_shapes(case: dict[str, Any]) -> None:
    assert [_told(one, case["text"]) for one in shapes_of(case["text"])] == case["blocks"]


def _told(shape: Paragraph | Points | Grid, text: str) -> list[str]:
    def words(run: Run) -> str:
        return text[slice(*run)]

    if isinstance(shape, Paragraph):
        return ["paragraph", words(shape.run)]
    if isinstance(shape, Points):
        return ["list", *map(words, shape.runs)]
    return ["table", *map(words, shape.head), *(words(cell) for row in shape.rows for cell in row)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("額は5円です[1]。次です。", "額は5円です[1]。"),
        ("「あり。なし。」の額です。次", "「あり。なし。」の額です。"),
        ("合っていますか？はい。", "合っていますか？"),
        ("終わりがない", "終わりがない"),
        ("「閉じない。次。", "「閉じない。次。"),
        ("」余分。次。", "」余分。"),
    ],
)
def test_the_first_sentence_ends_outside_of_quotes(text: str, first: str) -> None:
    assert text[: first_sentence(text, (0, len(text)))] == first
