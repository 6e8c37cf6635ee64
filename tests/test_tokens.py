"""Words that meet, words that must not, and input of every kind."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.tokens import MAX_BYTES, dictionary_version, fold, search_form, tokens

CASES = json.loads((Path(__file__).parent / "data" / "tokens.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "expected"), CASES["become"])
def test_text_becomes_words(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(("one", "other"), CASES["alike"])
def test_spellings_meet(one: str, other: str) -> None:
    assert set(tokens(one)) & set(tokens(other))


@pytest.mark.parametrize(("one", "other"), CASES["different"])
def test_different_words_do_not_meet(one: str, other: str) -> None:
    assert not (set(tokens(one)) - {"円"}) & set(tokens(other))


@pytest.mark.parametrize(("text", "expected"), CASES["folded"])
def test_folding(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text(st.characters(codec=None), max_size=200))
def test_any_text_can_be_cut(text: str) -> None:
    found = tokens(text)
    assert all(word and word == "".join(word.split()) for word in found)
    assert tokens(text) == found


@given(st.text(max_size=100))
def test_search_form_is_settled(text: str) -> None:
    once = search_form(text).split()
    assert search_form(" ".join(once)).split() == once


@pytest.mark.parametrize("unit", ["補助金。", "補助金", "補助金\n", "支援策 "])
def test_text_longer_than_the_tokenizer_takes(unit: str) -> None:
    count = 3 * MAX_BYTES // len(unit.encode())
    words = tokens(unit * count)
    assert len(words) == pytest.approx(count * len(tokens(unit)), rel=0.001)


def test_many_threads_cut_alike() -> None:
    texts = [f"{number}人以上の会社の設備投資を支援する制度" for number in range(400)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(tokens, texts)) == [tokens(text) for text in texts]


def test_dictionary_version_is_a_date() -> None:
    assert dictionary_version().isdigit()
