"""Which parts of a program a turn says."""

from __future__ import annotations

import pytest

from assistant.retrieve.spoken import said_parts
from assistant.tokens import fold

PARTS = ("省力化枠（一般型）", "省力化枠（特別型）", "脱炭素枠", "事業承継補助金")
SAID: list[tuple[str, tuple[str, ...]]] = [
    ("省力化枠（一般型）は?", ("省力化枠（一般型）",)),
    ("特別型も教えて", ("省力化枠（特別型）",)),
    ("一般型と特別型は?", ()),
    ("脱炭素枠の上限", ("脱炭素枠",)),
    ("そこに入っている承継補助金", ("事業承継補助金",)),
    ("補助金の窓口は", ()),
]


@pytest.mark.parametrize(("text", "parts"), SAID)
def test_parts_said(text: str, parts: tuple[str, ...]) -> None:
    assert said_parts(PARTS, fold(text), fold("新しい事業")) == parts
