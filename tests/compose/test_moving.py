"""What grew and what shrank: every figure holds, and the order is that of the printed amounts."""

import pytest
from conftest import CORPUS
from verify.checker import tells

# (question, what the answer says, what it must not say)
MOVED = [
    (
        "国の令和2年度要求で増え幅が一番大きい事業は?",
        ["高度連携促進事業費", "19.9億円増えています"],
        ["いちばん減って"],
    ),
    (
        "経産省の令和2年度要求で一つだけ前の年より減ったのはどれ?",
        ["地域未来投資促進事業費", "0.6億円減っています"],
        ["増えて"],
    ),
    ("山形の商工労働部で予算がいちばん減った課はどこで、いくら減ったの", ["工業戦略技術振興課", "1,242,277千円"], []),
    ("山形県で減り幅が最小の課は何%?", ["減った中で", "「中小企業振興課」", "▲ 0.4%"], ["132.0%"]),
    ("令和2年度の山形で前年度より増えた課が一つだけある。どこで、増減率は?", ["商業・県産品振興課", "132.0%"], []),
]


@pytest.mark.parametrize(("question", "said", "unsaid"), MOVED)
def test_how_far_a_set_moved(assistant, question, said, unsaid):
    tells(assistant, CORPUS, question, said, unsaid)
