"""Whether a question is of anything that is here."""

from __future__ import annotations

import pytest

from assistant.records import FactKind, Query
from assistant.retrieve.bearing import asks_of_learning, is_of_life

LIFE = ["夕飯のおかずは何にしようかな", "犬の散歩のコツ", "肩こりに効く体操は", "週末の天気を教えて"]
TRADE = ["跡継ぎがいない", "人手が足りない", "機械が古い", "客が減った", "溶接を習わせたい", "豪雨で流された"]


@pytest.mark.parametrize("question", LIFE)
def test_life_is_known_by_having_no_word_of_trade(question):
    assert is_of_life(Query(question, "open", words=("何か",)))


@pytest.mark.parametrize("question", TRADE)
def test_trade_is_no_life(question):
    assert not is_of_life(Query(question, "open", words=("何か",)))


def test_what_asks_for_a_figure_or_of_a_region_is_no_life():
    assert not is_of_life(Query("おかず", "figure", kinds=(FactKind.BUDGET,), words=("おかず",)))
    assert not is_of_life(Query("おかず", "open", regions=("山形県",), words=("おかず",)))


def test_a_skill_that_is_learnt_may_be_asked_about():
    assert asks_of_learning(Query("値札の書き方を習いたい", "open"))
    assert not asks_of_learning(Query("きりたんぽ鍋の作り方教えて", "open"))
