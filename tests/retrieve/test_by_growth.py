"""Sets of offices and programs told by how many times the budget of the year before theirs is."""

import pytest

SETS = [
    (
        "山形県商工労働部の課のうち、前年度当初の倍以上にふくらんだのは何課か",
        ["「商業・県産品振興課」", "1,020,038千円", "439,630千円"],
        ["「産業政策課」", "「雇用対策課」"],
    ),
    ("山形の商工労働部で、前年度から2割以上減った課はどこ", ["「工業戦略技術振興課」"], ["「雇用対策課」"]),
    ("山形の商工労働部で、前年度比が100を上回る課はどこ?", ["「商業・県産品振興課」"], ["「産業政策課」"]),
    (
        "商工労働部の課で前の年より予算を減らしたのはどこどこ?(山形R2)",
        ["「産業政策課」", "「雇用対策課」"],
        ["「商業・県産品振興課」"],
    ),
]


@pytest.mark.parametrize(("question", "said", "unsaid"), SETS)
def test_offices_by_how_far_their_budgets_moved(assistant, question, said, unsaid):
    text = assistant.ask(question).text
    assert [words for words in said if words not in text] == [], text
    assert [words for words in unsaid if words in text] == [], text


RANKED = [
    ("山形県商工労働部で減り幅の率が一番きつい一般会計の課はどこ", ["「工業戦略技術振興課」", "▲ 20.4%"]),
    (
        "群馬の「ものづくり産業の振興」に並んでるやつで、2番目に額がでかいのは",
        ["次に大きいのは「ぐんま新技術・新製品開発推進補助」"],
    ),
    ("群馬の『次世代産業の振興』の五項目、全部で何円になる?", ["6億1,364万2千円"]),
    ("群馬の「ものづくり産業の振興」四つを合わせると?", ["4億2,276万3千円"]),
]


@pytest.mark.parametrize(("question", "said"), RANKED)
def test_headings_and_offices_in_order(assistant, question, said):
    text = assistant.ask(question).text
    assert [words for words in said if words not in text] == [], text
