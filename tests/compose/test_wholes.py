"""Totals of documents asked for in wide words: in kana, of several regions, of the year before, without an account."""

import pytest

ASKED = [
    ("やまがたけんの しょうこうの よさんは ぜんぶで いくら", "answered", ["70,934,529千円"]),
    ("群馬と山形、産業の予算全体はそれぞれいくら?", "answered", ["260億1151万円", "70,934,529千円"]),
    ("山形の部予算、特別会計を除くといくら?", "answered", ["「一般会計計」", "69,919,576千円"]),
    ("山形の商工労働部、去年の総額は?", "answered", ["74,060,784千円"]),
    ("山形の部の予算は前年比で何%減?", "answered", ["▲ 4.2%"]),
    ("群馬県の産業経済の予算全体は前の年の何%?", "answered", ["129.9%"]),
    ("青森と山形の商工予算の総額の差は?", "answered", ["53,780,352千円"]),
    ("山形県の農業の予算は全部でいくら", "abstained", ["見当たりません"]),
]


@pytest.mark.parametrize(("question", "status", "said"), ASKED)
def test_totals_of_regions(assistant, question, status, said):
    answer = assistant.ask(question)
    assert (answer.status, [words for words in said if words not in answer.text]) == (status, []), answer.text


def test_a_question_that_says_more_is_no_question_of_the_whole(assistant):
    assert "部合計" not in assistant.ask("山形県の創業の予算は全部でいくら?").text
