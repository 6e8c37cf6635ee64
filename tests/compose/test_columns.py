"""Figures of one column of a table: shares of its printed sum, an amount by a count, a part of a count by the whole."""

import pytest
from offices import few_offices

from assistant.chain import Assistant

FEW = ("comparison", "recruitment", "revision", "subsidytable")


@pytest.fixture(scope="module")
def offices(tmp_path_factory) -> Assistant:
    return few_offices(tmp_path_factory.mktemp("columns"), FEW)


SAID = [
    ("樫ノ浦市の補正後、一般会計は合計の何%を占める?", ["65.5%", "62,470,800千円÷95,387,000千円"]),
    ("樫ノ浦市の介護保険と国民健康保険、補正後の額の差はいくら", ["1,512,500千円"]),
    ("勢津県の経営ささえ資金の令和4年度の件数は2つの資金の合計の何%?", ["85.7%", "1,127件÷1,315件"]),
    ("勢津県 令和3年度、1件あたりの融資額は経営ささえ資金でいくら?", ["12百万円", "15,660百万円÷1,305件"]),
    ("霧ヶ浜市の創業スタート補助金、1件あたりの交付額はいくらだった?", ["約45万9,259円", "12,400千円÷27"]),
    ("霧ヶ浜市の展示会出展補助金、交付件数は全体の何%?", ["43.8%"]),
    ("しののめ中小企業成長投資補助金の前年度の採択率、計算し直すと?", ["46.7%", "71件÷152件", "64.7％"]),
]


@pytest.mark.parametrize(("question", "said"), SAID)
def test_what_is_reckoned_of_columns(offices, question, said):
    text = offices.ask(question).text
    assert [words for words in said if words not in text] == [], text


@pytest.mark.parametrize(
    "question", ["霧ヶ浜市の創業スタート補助金、1件あたりの上限は?", "勢津県の経営ささえ資金の件数は?"]
)
def test_what_is_printed_is_not_divided(offices, question):
    assert "計算式" not in offices.ask(question).text
