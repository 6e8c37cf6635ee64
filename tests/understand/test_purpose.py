"""What of a story is wanted, apart from its background."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understand.purpose import SHORTEST, purpose_of

# (question, its purpose)
TOLD = [
    ("去年の大雨でひどい目に遭ったけど、若い人を雇いたい", "若い人を雇いたい"),
    ("客足が遠のいた。この冬こそ新しい土産物を作って東京で売りたい", "この冬こそ新しい土産物を作って東京で売りたい"),
    ("道路工事で客が減ったけれど、頼みたいのは看板の見せ方の助言", "頼みたいのは看板の見せ方の助言"),
    ("給料は東京に負けるし、雪も降る。それでも戻る若者を増やす事業の額は?", "それでも戻る若者を増やす事業の額は"),
    # nothing but wishes, or nothing else than the story: the whole
    ("店を継がせたいが、使える補助率は?", "店を継がせたいが、使える補助率は?"),
    ("雪が多くて、車が動かない", "雪が多くて、車が動かない"),
    ("創業 補助率", "創業 補助率"),
    ("", ""),
]


@pytest.mark.parametrize(("question", "purpose"), TOLD)
def test_what_is_wanted(question, purpose):
    assert purpose_of(question) == purpose


@given(st.text(max_size=60))
def test_a_purpose_is_words_of_the_question(text):
    purpose = purpose_of(text)
    assert purpose == text or len(purpose) >= SHORTEST
    assert all(part in text for part in purpose.split("。"))
