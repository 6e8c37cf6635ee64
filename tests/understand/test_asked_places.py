"""Where a question asks of, and what it only speaks of."""

from __future__ import annotations

import pytest

from assistant.understand.asked_places import places_said

HELD = (("青森県", "青森県"), ("山形県", "山形県"), ("群馬県", "群馬県"), ("経済産業省", "国"), ("霧浜市", "霧浜市"))
NONE: tuple[str, ...] = ()

ASKED: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    # asked for
    ("山形県の予算は", ("山形県",), NONE),
    ("青森でUIJターンの事業は", ("青森県",), NONE),
    ("群馬だといくら", ("群馬県",), NONE),
    ("経済産業省の要求額", ("国",), NONE),
    ("国は費用の何割みてくれる?", ("国",), NONE),
    ("青森と山形、どっちが多い?", ("青森県", "山形県"), NONE),
    ("栃木の補助金は", ("栃木県",), NONE),
    ("霧浜市の補助", ("霧浜市",), NONE),
    ("「うどん県」の創業補助は", ("香川県",), NONE),
    ("霧浜で店をやってます。市からいくら出ますか", ("霧浜市",), NONE),
    ("北海道の物産展の話を聞いて。山形の物産展の予算は", ("山形県",), NONE),
    ("埼玉から見て隣の群馬県の輸出の予算は", ("群馬県",), NONE),
    # where the asker lives, goes, sells
    ("埼玉に住んでいます。青森県の移住の事業は", ("青森県",), ("埼玉県",)),
    ("いま埼玉に家族四人で住んでいます。青森県が後押しする額は", ("青森県",), ("埼玉県",)),
    ("大阪の部品商社です。山形に拠点を置くと県からいくら出ますか", ("山形県",), ("大阪府",)),
    ("本社は埼玉。山形に工場を建てるとき、県のお金はいくら", ("山形県",), ("埼玉県",)),
    ("鶴岡で店を開くつもりです。県はいくら用意してる?", ("山形県",), NONE),
    ("弘前の会社に入ったら、県は何年続けるつもり", ("青森県",), NONE),
    ("鶴岡の隠居です。孫が東京で働いています。県はいかほど使っていますか", ("山形県",), NONE),
    ("大阪あたりで宮城と一緒に店を出す。あの事業、県の額は?", NONE, NONE),
    ("東京や大阪、福岡のデパートに青森の食材を売り込む事業は", ("青森県",), NONE),
    ("東京から地元に帰って就職したい若者に何かある?", NONE, ("東京都",)),
    ("東京向けに山形の酒を売る予算", ("山形県",), NONE),
    ("八戸の部品工場だ。県が組んだ予算はいくらだ", ("青森県",), NONE),
    ("高崎でだるまを作っています。使える補助は", NONE, ("群馬県",)),
    ("津軽の宿です。県の予算は", ("青森県",), NONE),
    ("東京の印刷屋です。地方に移ろうかと。県の補助は", NONE, ("東京都",)),
    ("五所川原の友人に教わりました。県はあれにいくらかけていますか", ("青森県",), NONE),
    ("埼玉に住んでいます。使える補助は", ("埼玉県",), NONE),
    ("山形で鋳物屋をしています。いくら出ますか", ("山形県",), NONE),
    # 国 is not always the state
    ("よその国で働いた経験。山形の奨励金は", ("山形県",), NONE),
    ("桐生の織物を調べる県の施設、国のお金で建てたって本当?", ("群馬県",), NONE),
    ("青森の訓練事業、国のお金はどれくらい入ってますか", ("青森県",), NONE),
    ("韓国の客を呼ぶ", NONE, NONE),
    ("外国の人を雇う", NONE, NONE),
    # not this one
    ("青森じゃなくて山形の予算", ("山形県",), NONE),
    # parts of other words
    ("三県とも足すと", NONE, NONE),
    ("全部県の予算ですか", NONE, NONE),
    ("県外から来る人", NONE, NONE),
    ("観光市場の開拓", NONE, NONE),
    ("国立の病院の先生", NONE, NONE),
    ("石川さんに聞いた話", NONE, NONE),
]


@pytest.mark.parametrize(("question", "regions", "near"), ASKED, ids=[question[:28] for question, _, _ in ASKED])
def test_where_a_question_asks_of(question: str, regions: tuple[str, ...], near: tuple[str, ...]) -> None:
    said = places_said(question, HELD)
    assert set(said.regions) == set(regions)
    assert set(near) <= set(said.near)
    assert not set(said.near) & set(regions)


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("鹿児島市のDX補助金っていくらまで出るの?県のじゃなくて市の", ("鹿児島市",)),
        ("高崎市の〓〓〓〓、上限なんぼだっけか", ("高崎市",)),
        ("八戸市が独自にやってる協働ロボットの補助額", ("八戸市",)),
        ("弘前で店をやっています。市独自の補助はいくら", ("弘前市",)),
        ("県のじゃなくて市の補助はいくら", ("市",)),
        ("青森市の居酒屋です。県の補助はいくらですか", NONE),
        ("酒田市の港からコンテナ船に載せると県の助成はいくら", NONE),
        ("霧浜市の空き店舗補助金はいくら", NONE),  # a document of that town is here
        ("市役所で係をしています。山形県の事業は", NONE),
        ("市町村への補助はいくら", NONE),
    ],
)
def test_a_towns_own_program(question: str, places: tuple[str, ...]) -> None:
    said = places_said(question, HELD)
    assert said.places == places
    if places:
        assert said.regions == ()


@pytest.mark.parametrize(
    "text", ["隣町の鋳物屋と組む", "港町の商店街", "この町で店を出す", "城下町の旅館", "下町の工場"]
)
def test_any_town_is_no_town(text: str) -> None:
    said = places_said(text, HELD)
    assert (said.regions, said.towns, said.places) == (NONE, NONE, NONE)


def test_a_town_that_nobody_knows_is_told() -> None:
    assert places_said("大川町の補助は", HELD).towns == ("大川町",)


def test_names_of_places_are_taken_out_of_the_text() -> None:
    assert places_said("青森県の〓〓の予算", HELD).rest == " の の予算"
