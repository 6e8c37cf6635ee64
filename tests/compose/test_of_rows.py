"""Rows of sums that a question names: offices and accounts set apart, their share of all, and how they moved."""

import pytest
from offices import few_offices

from assistant.chain import Assistant


@pytest.fixture(scope="module")
def offices(tmp_path_factory) -> Assistant:
    return few_offices(tmp_path_factory.mktemp("rows"), ("accounts", "revision"))


SAID = [
    ("青嶺県の経営支援課は部予算の何%?", ["90.6%", "51,186百万円÷56,471百万円"]),
    ("青嶺県の経営支援課の合計と産業政策課の合計の差は?", ["49,503百万円"]),
    ("青嶺県の雇用労働課は何百万円の増", ["2百万円", "増えています", "増減額"]),
    (
        "青嶺県の経営支援課と産業政策課、減り方が大きいのはどっち",
        ["いちばん減っているのは「経営支援課計」", "▲3,422百万円"],
    ),
    ("樫ノ浦市、特別会計は前年度9月補正後と比べて何%増?", ["1.4%"]),
]


@pytest.mark.parametrize(("question", "said"), SAID)
def test_what_is_reckoned_of_rows(offices, question, said):
    text = offices.ask(question).text
    assert [words for words in said if words not in text] == [], text
