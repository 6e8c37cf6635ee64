"""What a question asks to be reckoned, and the pieces of it that say of which programs."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.lexicon import table
from assistant.understand.reckoning import cost_of, operation_of, pieces_of, places_asked, says

OPERATIONS = [
    ("AとB、どっちが大きい?", "compare"),
    ("AとBを並べると", "compare"),
    ("AとBの規模は似たようなもん?", "compare"),
    ("AよりBのほうが多いですか", "compare"),
    ("A、B、Cを大きい順に", "compare"),
    ("AとBを足すといくら", "sum"),
    ("AとB、合わせていくら?", "sum"),
    ("AとBの予算を合計して", "sum"),
    ("三つでいくら", "sum"),
    ("A + B = ?", "sum"),
    ("AとBの差は?", "difference"),
    ("AはBよりいくら多い?", "difference"),
    ("前年度からいくら増えた?", "difference"),
    ("何円減りましたか", "difference"),
    ("増えたの減ったの?", "difference"),
    ("AはBの何倍?", "ratio"),
    ("国庫が占める割合は?", "share"),
    ("予算のうちA枠は何%?", "share"),
    ("上限の者数めいっぱいで組むと?", "product"),
    ("AとBはそれぞれいくら?", "each"),
    ("300万円の機械ならいくら出る?", "lesser"),
    ("150万かけるといくら戻る?", "lesser"),
    ("その二つを足した額は?", "sum"),
    ("A ふたつ あわせて いくら", "sum"),
    ("AとBの差", "difference"),
    ("7年度当初と8年度当初の額", "compare"),
    ("R2当初とR1当初", "compare"),
    ("今年の予算は去年より減ってる?", "compare"),
    ("運転と設備、年利が安いのはどちらでしたっけ", "compare"),
    ("通常枠と賃上げ枠の上限は?", "each"),
    # no programs are set side by side
    ("700万だったか750万だったか。どっちだっけ", None),
    ("業態を変える場合はどっちの率", None),
    ("部合計は当初でいくらですか", None),
    ("小計はいくら?", None),
    ("宿は満室の日も多いのに、借入が重い", None),
    ("工場を増設し、あわせて本社も移す。補助率は?", None),
    ("予算は?", None),
    ("補助率は?", None),
]


@pytest.mark.parametrize(("question", "operation"), OPERATIONS)
def test_the_operation_is_told_by_the_words(question, operation):
    assert operation_of(question)[0] == operation


@pytest.mark.parametrize(
    ("question", "yen"),
    [
        ("300万円の機械を入れたらいくら出る?", 3_000_000),
        ("改装に250万円かけたらいくらもらえますか", 2_500_000),
        ("150万かけるといくら戻ってくる?", 1_500_000),
        ("年商300万円の店だけど、いくら出る?", None),  # a size, no cost
        ("300万円借りたいけど、いくらまで?", None),
        ("上限は300万円ですよね", None),
        ("300万円の機械と200万円の工事でいくら出る?", None),  # which of them?
        ("300万円の機械を買います。担当は?", None),
    ],
)
def test_a_cost_is_what_the_asker_would_spend(question, yen):
    cost = cost_of(question)
    assert (cost.yen if cost else None) == yen
    assert cost is None or cost.text.endswith("円")


PIECES = [
    ("AI事業と橋の事業、どっちが大きい?", ["AI事業", "橋の事業"], 2),
    ("輸出の支援、展示会の補助、催事。この三つを足すと?", ["輸出の支援", "展示会の補助", "催事"], 3),
    ("3事業（港の整備、橋の修理、道の駅）を合わせて", ["港の整備", "橋の修理", "道の駅"], 3),
    ("山の道より海の道のほうが多い?", ["山の道", "海の道"], None),
    ("物産館の運営には、催事の開催の何倍かかってる?", ["物産館の運営", "催事の開催"], 2),
    ("橋の修理は港の整備の何倍?", ["橋の修理", "港の整備"], 2),
    ("大きい港は抜きで、橋の修理と道の駅。二つ合わせて", ["橋の修理", "道の駅"], 2),
    ("橋の修理に比べて港の整備はどれだけ大きい?", ["橋の修理", "港の整備"], None),
    ("県と連携した事業はいくら", ["県と連携した事業"], None),
    ("「山と海」の支援と橋の修理を比べて", ["「山と海」の支援", "橋の修理"], None),
]


@pytest.mark.parametrize(("question", "pieces", "many"), PIECES)
def test_pieces_say_programs(question, pieces, many):
    found = pieces_of(question)
    assert ([piece.text for piece in found.pieces][-len(pieces) :], found.many) == (pieces, many)


def test_names_are_never_cut():
    question = "山や海と空の支援事業と橋の修理を比べて"
    end = question.index("支援事業") + 4
    assert [piece.text for piece in pieces_of(question, [(0, end)]).pieces] == ["山や海と空の支援事業", "橋の修理"]


@given(st.text(alphabet="山海とやの、。「」（）・円AB12三つ合計足すと", max_size=40))
def test_pieces_stand_where_they_say(question):
    pieces = pieces_of(question).pieces
    assert all(question[piece.start : piece.end] == piece.text for piece in pieces)
    assert all(one.end <= other.start for one, other in pairwise(pieces))


@pytest.mark.parametrize(
    ("question", "places"), [("小数第二位まで", 2), ("小数第1位で", 1), ("小数点以下3桁", 3), ("何%?", None)]
)
def test_decimals_asked_for(question, places):
    assert places_asked(question) == places


def test_a_set_is_not_named_programs():
    assert says("人材育成の中で一番大きいのは", "set")
    assert not says("AとB、どっちが大きい?", "set")


def test_every_pattern_compiles():
    def patterns(node):
        if isinstance(node, dict):
            for key, value in node.items():
                yield from patterns(value) if key != "name" else ()
        elif isinstance(node, list):
            for one in node:
                yield from patterns(one) if not isinstance(one, str) else [one]

    found = [one for one in patterns(table("reckoning")) if one != "+"]
    assert len(found) > 100
    assert all(re.compile(one) for one in found)
