"""Several things of which unlike things are asked, and how several read side by side."""

import pytest

from assistant.chain import Asked
from assistant.compose.rows import beside_one_another
from assistant.compose.sides import kinds_of_sides
from assistant.compose.things import things_of

# question → what is asked of each thing, in the order of the question; [] where the same is asked of all
SIDES = [
    ("小規模事業対策費の前年度の額と、連携組織対策費の今年度の額は?", ["budget_previous", "budget"]),
    ("デザイン振興事業費の予算と、技術者養成事業費の予算は?", []),
    ("サービス業生産性向上・販路開拓支援事業の上限と、商店街活性化デジタル活用支援事業の補助率は?",
     ["subsidy_limit", "subsidy_rate"]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "kinds"), SIDES)
def test_each_side_has_its_own_kinds(assistant, question, kinds):
    query = assistant.understand(Asked(question)).query
    found = things_of(query, assistant.index)
    assert found is not None
    told = sorted(zip([one.start for one in found.found], kinds_of_sides(query, found.found), strict=False))
    assert [own[0].value for _, own in told] == kinds


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("小規模事業対策費と連携組織対策費と技術者養成事業費、予算を並べて", 3),
        ("デザイン振興事業費とアンテナショップ管理運営事業費の予算は?", 0),
    ],
)
def test_three_or_more_are_the_rows_of_a_table(assistant, question, rows):
    text = assistant.ask(question).text
    assert text.count("\n| 「") == rows
    assert text.count("山形県・令和2年度当初予算の資料では") == 1


def test_nothing_told_makes_no_table(assistant):
    assert beside_one_another([], [], assistant.index) == []


# question → pieces of the answer, each of which is asked for
ALL_TOLD = [
    ("創業支援の予算額は、青森県と山形県それぞれいくら", ["24,865", "59,420"]),
    ("小口資金の限度額と、山形の商工業振興資金の融資枠は?", ["1250万円", "750億円"]),
    ("青森県も山形県も知的財産を使う事業があると聞きました。予算はそれぞれいくら?", ["6,383", "4,996"]),
    ("IoT・AI導入促進の予算と、コーディネーターによる導入支援の額は?", ["1945万4千円", "19,194"]),
    ("サービス業生産性向上・販路開拓支援事業は率と上限と、生産性向上型は何者を想定?", ["1/2", "150万円", "120者"]),
    ("青森県産業立地促進費補助の事業費と増設分の事業費", ["178,759", "58,742"]),
    (
        "酒田港国際物流拠点化推進事業費とアンテナショップ管理運営事業費の予算と担当課",
        ["18,110", "120,517", "貿易振興課"],
    ),
    ("中小企業取引対策事業は何をする事業で、いくら要求している?", ["10.3億円", "講習会"]),
    ("中小企業連携組織対策推進事業の要求、括弧の中の前の年の分と合わせて両方", ["8.0億円", "6.7億円"]),
    ("地域間幹線バスの補助と鉄道軌道の補助って窓口いっしょ?青森のやつ", ["地域交通・連携課", "鉄道対策課"]),
    ("山形県の貿易振興課と産業政策課、R2の当初は前年当初比で減り方が大きいのはどちら。率も", ["9.3", "4.6"]),
    ("航空宇宙に乗り出す会社と次世代自動車に乗り出す会社、群馬県が手厚いのはどっち?", ["1098万4千円", "1454万2千円"]),
    ("鹿児島の診断助言事業、謝礼はどれくらい持ってもらえて、何べんくらい来てくれる?", ["2/3", "8回"]),
    ("群馬と青森でそれぞれ商店街の予算は", ["1032万8千円", "236千円"]),
    ("青森県産業立地促進費補助、増設分とそうでない方の事業費は", ["178,759", "58,742"]),
    ("群馬の次世代自動車参入支援とEV関連技術人材育成、合計何円でしょう", ["2,286万7千円"]),
]


@pytest.mark.parametrize(("question", "pieces"), ALL_TOLD)
def test_all_that_is_asked_is_told(assistant, question, pieces):
    text = assistant.ask(question).text
    assert [piece for piece in pieces if piece not in text] == []
