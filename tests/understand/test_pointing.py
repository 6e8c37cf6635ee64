"""How a turn stands to those before it, by its own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understand.pointing import Pointing, asks_of_it, asks_otherwise, is_remark, pointing_of, same_year

SAID: list[tuple[str, str]] = [
    ("じゃあ補助率は?", "補助率は?"),
    ("ところで、予算は？", "予算は？"),
    ("話は変わりますが、商店街の補助率は?", "商店街の補助率は?"),
    ("話変わるけど障害者の委託訓練は?", "障害者の委託訓練は?"),
    ("なるほど。話は変わりますが、上限は?", "上限は?"),
    ("いや、山形のほう", "山形のほう"),
    ("そうじゃなくて予算", "予算"),
    ("予算じゃなくて期間は？", "期間は？"),
    ("ツールではなくて人材のほうは?", "人材のほうは?"),
    ("今のは県の分ですね。国ではいくらですか。", "国ではいくらですか"),
    ("群馬だと?", "群馬だと?"),
    ("あっちの事業は?", "あっちの事業は?"),
    ("１５億円の事業は?", "１５億円の事業は?"),
]
FLAGS: list[tuple[str, dict[str, object]]] = [
    ("話は変わりますが、期間は?", {"away": True}),
    ("ところで別の話、いくら出てますか", {"away": True}),
    ("それとは別に、補給金の予算は?", {"away": True}),
    ("ところで期間は?", {"away": False}),
    ("それの期間は?", {"back": True}),
    ("どの課が持ってる事業なの、それ", {"back": True}),
    ("その他の財源は?", {"back": False}),
    ("それぞれの予算は?", {"back": False}),
    ("そのうち新しいのは?", {"back": True, "among": True}),
    ("物産展のほうは?", {"other": True}),
    ("国とそれ以外の内訳は?", {"back": False}),
    ("山形は?", {"bare": True}),
    ("女性だといくら上乗せ?", {"case": True}),
    ("青森で同じようなのは?", {"like": True}),
    ("他の県は?", {"others": True}),
    ("国だと?", {"nation": True}),
    ("国の補助金なの?", {"belongs": True}),
    ("去年は?", {"past": True}),
    ("前年度比は?", {"past": False}),
    ("上限は前はいくらだった?", {"past": True}),
    ("両方足すと?", {"several": 2}),
    ("もう一つの資金は?", {"rest": True}),
    ("もう一つ聞きたいんだけど、期間は?", {"rest": False}),
    ("一番多いのはどこ?", {"greatest": True}),
    ("同じ課の他の事業は?", {"anew": True}),
    ("2番目に多いのは?", {"place": None}),
    ("賃上げすると?", {"case": True}),
    ("大企業だと?", {"situation": True}),
    ("三つ合わせると?", {"several": 3}),
    ("担当はどちらですか", {"several": 0}),
    ("さっきの最初のやつ", {"place": 0, "earlier": True}),
    ("2番目のやつの担当は?", {"place": 1}),
    ("三つ目は?", {"place": 2}),
    ("前者はどこの課?", {"place": 0}),
    ("後者の限度額は?", {"place": -1}),
    ("最初の3年間の利率は?", {"place": None}),
    ("最初の事業はいつまで?", {"place": 0}),
    ("うちは「働きやすい職場」の認定、もう持ってるんだけど", {"situation": True}),
    ("認定を受けてるんですが", {"situation": True}),
    ("予算はいくら?", {"situation": False}),
    ("事業期間を両方", {"other": False, "several": 2}),
    ("これも足して、3本でなんぼ", {"several": 3, "many": 3}),
    ("両方足すと?", {"many": 0}),
]


@pytest.mark.parametrize(("question", "said"), SAID)
def test_what_only_begins_a_turn_is_left_out(question, said):
    assert pointing_of(question).said == said


@pytest.mark.parametrize(("question", "flags"), FLAGS)
def test_how_a_turn_points(question, flags):
    pointing = pointing_of(question)
    assert {name: getattr(pointing, name) for name in flags} == flags


REMARKS = [
    "なるほど",
    "そんなもんか",
    "それだと仲間が多すぎて入らないなあ",
    "年12万円か。なるほど",
    "ふーん",
    "わかりました",
]
NO_REMARKS = ["予算は?", "群馬は", "いくらですか", "創業したいんだけど", "物産展のほう", "担当はどこの課でしたっけ?"]


@pytest.mark.parametrize("text", REMARKS)
def test_a_remark_asks_nothing(text):
    assert is_remark(text)


@pytest.mark.parametrize("text", NO_REMARKS)
def test_what_asks_is_no_remark(text):
    assert not is_remark(text)


def test_questions_in_words_of_their_own():
    assert asks_otherwise("どんな人が来るんですか")
    assert not asks_otherwise("山形だとどうなの")
    assert asks_of_it("3人の会社でも使える?")
    assert same_year("県は同じ年度どうだったの")


@given(st.text(max_size=80))
def test_any_text_points_somewhere(text):
    pointing = pointing_of(text)
    assert isinstance(pointing, Pointing)
    assert is_remark(text) in (True, False)
