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
    ("群馬の産業経済関連の当初予算は前の年の何%?", "answered", ["前年度比", "129.9%"]),
    ("群馬の令和元年度の産業経済予算は前年度の合計でいうといくら?", "abstained", ["記載がありません"]),
    ("群馬R1と山形R1の商工の予算の合計を足すと", "answered", ["1,000億7,229万4千円"]),
    (
        "山形の商工労働部の合計の前年度と、群馬の同じ年度の産業経済予算の合計、大きいのは?",
        "answered",
        ["「部合計」で、74,060,784千円"],
    ),
    ("山形の商工労働部、一般会計の計と部合計は?", "answered", ["69,919,576千円", "70,934,529千円"]),
]


@pytest.mark.parametrize(("question", "status", "said"), ASKED)
def test_totals_of_regions(assistant, question, status, said):
    answer = assistant.ask(question)
    assert (answer.status, [words for words in said if words not in answer.text]) == (status, []), answer.text


def test_a_question_that_says_more_is_no_question_of_the_whole(assistant):
    assert "部合計" not in assistant.ask("山形県の創業の予算は全部でいくら?").text
