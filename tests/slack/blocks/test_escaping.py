"""Text is shown as it is read, and addresses lead where they say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.slack.blocks.escaping import address, label, literal, mrkdwn, runs, sendable, shortened, torn

from .told import load


@pytest.mark.parametrize(("url", "followed"), load("addresses.json"))
def test_only_plain_web_addresses_are_followed(url: str | None, followed: str) -> None:
    assert address(url) == followed


def test_an_address_is_as_long_as_slack_takes() -> None:
    assert address("https://a.example/" + "a" * 2_982)
    assert not address("https://a.example/" + "a" * 2_983)
    assert not address("https://a.example/" + "あ" * 400)  # nine characters each, once written out


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("補助率 2/3\n上限", "補助率 2/3\n上限"),
        ("50\u200b0万円", "500万円"),
        ("\u202e円05\u202c", "円05"),
        ("a\u2066b\u2069c\ufeff\u00ad", "abc"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("a\tb", "a b"),
        ("\x00\x07\x1b[31m", "[31m"),
        ("\ud800x", "\ufffdx"),
        ("\u3164あ\u2800", "あ"),
        ("葛\U000e0100城 ①㌔", "葛\U000e0100城 ①㌔"),
        ("▲ 74.5%　１／２", "▲ 74.5%　１／２"),
    ],
)
def test_what_hides_is_gone_and_the_rest_exact(text: str, seen: str) -> None:
    assert literal(text) == seen


@given(st.text(st.one_of(st.sampled_from("<>@!#|Uhtp:/chanelrvyo"), st.characters(blacklist_categories=["Cs"]))))
def test_parts_are_the_text_and_begin_nothing(text: str) -> None:
    parts = torn(text)
    assert "".join(parts) == text
    assert not [part for part in parts if re.search(r"<[!@#a-z]|@(?:here|channel|everyone)", part, re.IGNORECASE)]


def test_a_notification_is_escaped() -> None:
    assert mrkdwn("A&B <!here> @channel a@b") == "A&amp;B &lt;!here&gt; ＠channel a@b"


def test_no_address_is_a_link_in_a_notification() -> None:
    assert mrkdwn("https://slack.com@a.example/x") == "https:／／slack.com@a.example/x"


def test_a_label_is_one_line() -> None:
    assert label("<!here>\nA & B @everyone") == "＜!here＞ A ＆ B ＠everyone"
    assert len(label("あ" * 100)) == 75


@pytest.mark.parametrize(
    ("text", "most", "told"),
    [
        ("予算額は1,234千円", 20, "予算額は1,234千円"),
        ("予算額は1,234千円です", 9, "予算額は…"),
        ("あいうえお", 3, "あい…"),
        ("12345", 3, "…"),
    ],
)
def test_a_name_is_not_cut_within_a_figure(text: str, most: int, told: str) -> None:
    assert shortened(text, most) == told


def test_halves_of_pairs_are_replaced() -> None:
    assert sendable("a\ud83db😀") == "a\ufffdb😀"


@given(st.text(max_size=2_000))
def test_runs_are_the_text(text: str) -> None:
    found = runs(text)
    assert "".join(found) == text
    assert all(0 < len(one) <= 400 for one in found)


@given(st.lists(st.tuples(st.integers(1, 9_999_999), st.integers(1, 99)), min_size=60, max_size=150))
def test_no_run_ends_within_a_figure_or_a_marker(figures: list[tuple[int, int]]) -> None:
    tokens = [f"額は{amount:,}千円[{marker}]" for amount, marker in figures]
    ends = {0}
    for token in tokens:
        start = max(ends)
        ends |= {start + 1, start + 2, start + len(token)}  # 額|は|1,234千円[1]|
    place = 0
    for one in runs("".join(tokens)):
        place += len(one)
        assert place in ends
