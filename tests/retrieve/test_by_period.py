"""Sets told by the period that is printed for a program."""

import pytest

SETS = [
    ("青森で事業期間がR4-R6の事業は?", ["「新卒者地元就職促進プロジェクト事業」"], ["「若年者の県内定着促進事業」"]),
    ("青森県で令和5年度で終わる事業は?", ["「若年者の県内定着促進事業」"], ["「新卒者地元就職促進プロジェクト事業」"]),
]


@pytest.mark.parametrize(("question", "said", "unsaid"), SETS)
def test_programs_by_their_period(assistant, question, said, unsaid):
    text = assistant.ask(question).text
    assert [words for words in said if words not in text] == [], text
    assert [words for words in unsaid if words in text] == [], text
