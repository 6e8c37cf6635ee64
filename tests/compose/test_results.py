"""What became of an earlier call, and the printed totals of a column: told and reckoned, never taken for a plan."""

import pytest
from offices import few_offices

from assistant.chain import Assistant


@pytest.fixture(scope="module")
def offices(tmp_path_factory) -> Assistant:
    return few_offices(tmp_path_factory.mktemp("results"), ("invitation", "comparison", "revision"))


SAID = [
    ("人手不足対応設備投資促進補助金の前回の省人化枠、申請何件で採択は何件?", ["1,240件", "496件", "40.0%"], ["600件"]),
    ("人手不足対応設備投資促進補助金の前回の連携枠、一件ならしたらいくら交付?", ["61百万円"], ["1億2,000万円"]),
    ("人手不足対応設備投資促進補助金、1次公募で採択率がいちばん高かった枠は?", ["「連携枠」", "60.0%"], ["40.0%"]),
    ("人手不足対応設備投資促進補助金の第2次公募、省人化枠の採択予定は何件", ["600件"], ["496件"]),
    ("勢津県の融資実績、令和3年度は二つの資金で合計何件?", ["1,448件"], []),
    ("勢津県の制度融資、令和4年度の枠は二つ合わせると?", ["280億円"], []),
    ("勢津県の令和5年度の預託金の合計はいくら?", ["8,500,000千円"], ["2,509,300千円"]),
    ("樫ノ浦市の一般会計の補正財源で一番多いのは何?", ["国庫", "58,340"], []),
]


@pytest.mark.parametrize(("question", "said", "unsaid"), SAID)
def test_results_and_totals_of_columns(offices, question, said, unsaid):
    text = offices.ask(question).text
    assert [words for words in said if words not in text] == [], text
    assert [words for words in unsaid if words in text] == [], text
