"""A noun of a topic as the longer word that names have."""

from dataclasses import replace

import pytest

from assistant.retrieve.compounds import in_compounds


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("空き店舗の補助がある市", ["店舗"], ["空き店舗"]),
        ("店舗の補助がある市", ["店舗"], ["店舗"]),
        ("買い取り店舗の補助", ["店舗"], ["店舗"]),
    ],
)
def test_a_compound_that_a_name_has_is_the_word(assistant, text, words, found):
    one = next(iter(assistant.index.programs.values()))
    assert in_compounds(words, text, [replace(one, program="空き店舗活用事業", aliases=())]) == found
