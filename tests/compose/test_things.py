"""The things that a question asks about, wherever it speaks of them: nothing need join them."""

import pytest

from assistant.chain import Asked
from assistant.compose.things import things_of

# question → (program, part) of each thing in the order of the question; None when it does not tell which
THINGS = [
    (
        "青森の中央会補助・群馬の連携組織対策・山形の連携組織対策費をぜんぶ合わせた金額",
        {("青森県中小企業団体中央会補助", None), ("中小企業連携組織対策", None), ("連携組織対策費", None)},
    ),
    (
        "事業承継のため県が用意した額、群馬（事業承継支援）と青森（継ぎたい・継がせたい〜）でトータルは",
        {("事業承継支援", None), ("継ぎたい・継がせたい事業者支援促進事業", None)},
    ),
    (
        "山形の企業立地促進事業費から青森の産業立地促進費補助を引いて",
        {("企業立地促進事業費", None), ("青森県産業立地促進費補助", None)},
    ),
    (
        "新規融資枠 鹿児島R6 山形R2 どっちがでかい",
        {("県中小企業融資制度運営事業", None), ("商工業振興資金融資事業費", None)},
    ),
    (
        "労働力確保体制強化、青森では県外からの人材還流のぶんと、そうじゃないぶん、おのおの幾らや",
        {("労働力確保体制強化事業", None), ("労働力確保体制強化事業(県外からの人材還流)", None)},
    ),
    (
        "設備で借りるとき、新事業チャレンジと成長企業応援は返済年数のどっちが長いの（鹿児島県融資）",
        {
            ("県中小企業融資制度運営事業", "新事業チャレンジ資金"),
            ("県中小企業融資制度運営事業", "成長企業応援資金"),
        },
    ),
    ("県の予算はいくらですか", None),
    ("山形の小規模事業対策費はいくら", None),
]


@pytest.mark.parametrize(("question", "names"), THINGS)
def test_things_are_found_without_joints(assistant, question, names):
    found = things_of(assistant.understand(Asked(question)).query, assistant.index)
    said = {(one.program.program, next(iter(one.query.subprograms), None)) for one in found.found} if found else None
    assert said == names


ANSWERS = [
    ("国の中小企業連携組織対策と岩手の中小企業連携組織対策、どっちが多い?", ["岩手県の資料は収録していません"]),
    ("創業支援の金額、山形県と群馬県を足したらなんぼ", ["計算はできません", "6299万1千円"]),
    (
        "山形県の物産展開催事業費と宇宙旅行推進事業費の合計",
        ["計算はできません", "「宇宙旅行推進事業費」に当たるとわかる"],
    ),
    ("青森の産業立地促進費補助、増設分と本体を足すといくら", ["178,759千円＋58,742千円"]),
    ("元年度の途中で工業戦略技術振興課の予算は膨らんだのか。当初と9月現計の額", ["7,222,622", "6,091,234"]),
]


@pytest.mark.parametrize(("question", "said"), ANSWERS)
def test_what_is_not_found_is_said_and_what_is_found_is_reckoned(assistant, question, said):
    text = assistant.ask(question).text
    assert [part for part in said if part not in text] == []
