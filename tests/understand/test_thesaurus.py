"""Everyday words and the official terms for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understand.thesaurus import everyday, everyday_words


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("店の跡継ぎがいない", "事業承継"),
        ("アトツギを探している", "事業承継"),
        ("人手が足りない", "人材確保"),
        ("電気代が上がってきつい", "エネルギー"),
        ("商店街がシャッター街になった", "空き店舗"),
        ("ｲﾝﾊﾞｳﾝﾄﾞを呼びたい", "訪日"),
        ("コロナで借りたお金を返せない", "借換"),
    ],
)
def test_everyday_words_mean_official_ones(text, term):
    assert any(term in one for terms in everyday(text) for one in terms), everyday(text)


@pytest.mark.parametrize("text", ["", "はい", "予算は?", "capital city", "いくらですか"])
def test_words_that_name_no_need_mean_nothing(text):
    assert everyday(text) == ()


def test_words_of_one_meaning_count_once():
    once = everyday("跡継ぎ")
    assert everyday("跡継ぎ、後継ぎ、あとつぎ") == once


@given(st.sampled_from(everyday_words()))
def test_every_word_is_found_in_a_sentence_of_it(word):
    assert everyday(f"「{word}」の件です")
