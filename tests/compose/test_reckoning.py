"""Programs that a question names or describes, set side by side: what is answered, and what is left alone."""

from pathlib import Path

import pytest
from conftest import CORPUS
from offices import few_offices
from verify.checker import faults

from assistant.chain import Asked, Assistant
from assistant.compose.operands import operands_of

SAMPLES = Path("tests/samples")
FEW = ("asks", "charter", "helpbook", "measures", "onepagers", "priorities", "relief", "subsidytable")


@pytest.fixture(scope="module")
def offices(tmp_path_factory) -> Assistant:
    """An assistant on a few invented documents of other offices."""
    return few_offices(tmp_path_factory.mktemp("offices"), FEW)


FOUND = [
    ("信用補完対策費と連携組織対策費、どっちが予算多い?", ["信用補完対策費", "連携組織対策費"]),
    ("アンテナショップと物産展、予算が少ないのは?", ["アンテナショップ管理運営事業費", "山形県の物産展開催事業費"]),
    ("企業誘致の連携強化と活動促進、足すと?", ["企業誘致連携強化推進事業費", "企業誘致活動促進事業費"]),
    (
        "フードセンシング、ロボット応用、医療ものづくり。この三つ、足すと?",
        ["やまがたフードセンシング活用事業費", "ロボット応用システム開発事業費", "医療ものづくり技術開発事業費"],
    ),
    ("離職者の職業訓練の予算、群馬と青森のどっちが多い?", ["離職者等再就職訓練", "離職者等再就職訓練事業"]),
    ("小計と合計の差は?", None),
    ("予算はどっちが大きい?", None),
    ("確定申告は青色と白色、どっちが得?", None),
]


@pytest.mark.parametrize(("question", "names"), FOUND)
def test_programs_are_found_by_names_pieces_and_regions(assistant, question, names):
    found = operands_of(assistant.understand(Asked(question)).query, assistant.index)
    assert ([one.program.program for one in found.found] if found else None) == names


CORPUS_ANSWERS = [
    ("信用補完対策費と連携組織対策費を足したらいくら", ["674,967千円", "546,621千円＋128,346千円"]),
    ("連携組織対策費より信用補完対策費のほうが高い?", ["大きいのは「信用補完対策費」", "546,621", "128,346"]),
    ("信用補完対策費と連携組織対策費の差額", ["418,275千円", "「連携組織対策費」より"]),
    ("アンテナショップの管理運営は物産展の開催の何倍?", ["16.07倍", "120,517千円÷7,500千円"]),
    ("アンテナショップと物産展、予算が少ないのはどっち?", ["小さいのは「山形県の物産展開催事業費」"]),
    ("青台連携新産業創出事業の一般財源は全体の何%?", ["58.8%", "6,900千円÷11,743千円"]),
    ("ロボット導入促進のうち専門展示会出展支援は何割?", ["22.2%"]),
    ("ロボット導入促進の人材育成と専門展示会出展支援、足したらいくら", ["13,540千円", "6,389千円＋7,151千円"]),
    ("小規模事業者支援推進事業は前年度よりいくら増えた?", ["9.9億円増えて", "20.0億円", "10.1億円"]),
    ("商工労働部の部合計は前年より何円減った?", ["3,126,255千円", "減って"]),
    ("ロボット導入実証で300万円の機械を入れたらいくら補助される?", ["最大100万円", "300万円×1/2と上限1,000千円"]),
    ("ロボット導入実証で150万かけるといくら戻ってくる?", ["最大75万円"]),
    ("サプライチェーン効率化型を上限の者数めいっぱいで組むと補助上限は合計いくら?", ["2億円", "1,000万円×20者"]),
    (
        "再生支援協議会・産業復興相談センター・事業引継ぎ支援センターの箇所数、合わせると何箇所?",
        ["95箇所", "44箇所＋3箇所＋48箇所"],
    ),
    (
        "国の中小企業連携組織対策推進事業と山形の連携組織対策費、どっちが大きい?",
        ["8.0億円", "128,346", "年度や段階が異なる"],
    ),
    (
        "アンテナショップ管理運営事業費と存在しない宇宙旅行事業を合計して",
        ["計算はできません", "120,517", "「存在しない宇宙旅行事業」に当たる"],
    ),
    ("信用補完対策費と連携組織対策費はそれぞれいくら?", ["546,621", "128,346"]),
    ("連携組織対策費に比べて信用補完対策費はどれだけ大きい?", ["418,275千円"]),
    ("次世代自動車参入支援は航空宇宙産業参入支援より高い?安い?", ["大きいのは「次世代自動車参入支援」"]),
    ("企業間連携型を上限いっぱいの社数で組んだら補助上限は全部でいくら?", ["3億円", "3,000万円×10者"]),
    # parts and cases of one program, described
    (
        "JAPANブランド育成支援、現地に出ていく型と海外・全国展開の型では上限がどのくらい違う?",
        ["3,500万円多い", "4,000万円", "500万円"],
    ),
    ("JAPANブランドの現地進出型と支援事業型を率と上限で並べて", ["2/3", "4,000万円", "2,000万円"]),
    ("IoT・AIとロボット、群馬で金をかけてるのはどっち?", ["大きいのは「ロボット導入促進」"]),
    ("ロボット導入促進のうち、人を育てる連続講座の分は何パーセント?", ["19.8%", "6,389千円÷32,246千円"]),
    ("サービス業生産性向上の3つの型、想定者数を全部合わせると?", ["200者", "120者＋50者＋30者"]),
    # two years
    ("山形 工業戦略技術振興課 R2当初とR1当初", ["4,848,957", "6,091,234", "減って"]),
    # wholes of two offices
    (
        "青森県の中小企業振興施策の合計と群馬県の産業経済関連の当初予算総額、大きいのはどちら?",
        ["17,154,177", "260億1151万円", "大きいのは「群馬県産業経済関連当初予算」"],
    ),
]
OFFICES_ANSWERS = [
    (
        "成長産業参入チャレンジ事業の可能性調査枠と試作開発枠、上限はどっちが大きい?",
        ["「試作開発枠」で、1,000万円", "100万円"],
    ),
    ("成長産業参入チャレンジ事業の認証取得枠で、1200万円かかったらいくら出ますか", ["最大500万円"]),
    ("まちなか空き店舗再生補助金、改装に250万円かけたらいくらもらえる?", ["最大100万円", "250万円×1/2"]),
    (
        "地場産品海外展開支援事業、令和7年度と令和8年度要求を比べて増えたの減ったの?額も",
        ["0.9億円減って", "11.2億円", "10.3億円"],
    ),
    (
        "まちの工房再生・継業促進事業、地域間物流共同化モデル事業、地域課題解決人材マッチング事業費、足すと?",
        ["76億9,000万円", "48億円＋22億4,000万円＋6億5,000万円"],
    ),
    ("省力化・脱炭素投資促進補助金の予算額の合計に占める脱炭素枠の割合を小数第1位まで", ["29.5%"]),
    (
        "霧ヶ浜市の展示会出展補助金と常盤原市の展示会チャレンジ補助金、補助率が高いのはどっち",
        ["高いのは「展示会出展補助金」で、2/3"],
    ),
]


@pytest.mark.parametrize(("question", "said"), CORPUS_ANSWERS)
def test_answers_over_the_corpus(assistant, question, said):
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert [one for one in said if one not in answer.text] == []
    assert faults(answer, assistant.index, CORPUS, question.replace("150万", "150万円")) == []


@pytest.mark.parametrize(("question", "said"), OFFICES_ANSWERS)
def test_answers_over_other_offices(offices, question, said):
    answer = offices.ask(question)
    assert answer.status == "answered"
    assert [one for one in said if one not in answer.text] == []
    assert faults(answer, offices.index, SAMPLES, question) == []


@pytest.mark.parametrize(
    "question",
    [
        "700万だったか750万だったか。どっちだっけ",
        "業態を変える場合はどっちの率",
        "東京と大阪の補助金、どっちが多い?",
        "確定申告は青色と白色、どっちが得?",
        "信用補完対策費と連携組織対策費、担当は同じ課?",
    ],
)
def test_nothing_is_reckoned_where_no_programs_are_compared(assistant, question):
    answer = assistant.ask(question)
    assert not [one for one in answer.figures if one.formula]
    assert "大きいのは" not in answer.text


def test_a_sum_of_what_states_nothing_is_no_sum(offices):
    answer = offices.ask("展示会出展補助金と展示会チャレンジ補助金の予算を足すと?")
    assert (answer.status, answer.reason, answer.figures) == ("abstained", "not_stated", ())
