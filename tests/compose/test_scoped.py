"""Answers about a set of programs: every promise holds, and the set is the one that was asked for."""

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import CORPUS
from offices import few_offices
from verify.checker import tells

from assistant.chain import Asked, Assistant
from assistant.records import Draft, DraftSentence
from assistant.values.reckoning import computed
from assistant.verify import verify

SAMPLES = Path("tests/samples")
FEW = ("accounts", "measures", "pageslides", "portfolio", "undertakings")


@pytest.fixture(scope="module")
def offices(tmp_path_factory) -> Assistant:
    """An assistant on a few invented documents of other offices."""
    return few_offices(tmp_path_factory.mktemp("offices"), FEW)


# (question, what the answer says, what it must not say)
HELD = [
    ("青森の⑧には事業がいくつ載っていますか", ["11事業"], []),
    ("青森の①の小計はいくら?", ["956,168千円"], ["3,707,230"]),
    ("青森の①の小計のうち国庫は何%?", ["53.9%"], []),
    ("青森の②の小計、再掲を含めるのと含めないのとで何円違う?", ["5,100千円"], []),
    ("青森の④の小計は?", ["159,454千円", "176,409千円"], []),
    ("青森の「若年者の就業支援の強化」で一番予算が大きい事業は?", ["ジョブカフェ", "93,902千円"], ["363,014"]),
    ("青森の③の事業で一番小さいのと一番大きいのは?", ["0千円", "11,178,500千円"], []),
    ("鹿児島県で2番目に予算の大きい事業は?", ["383,068千円", "311,115千円"], []),
    ("地方創生企業支援って群馬の資料に何事業あって、合計いくら?", ["5事業", "1億6,045万3千円"], []),
    ("山形県の部合計に占める一般会計の割合は?", ["98.6%"], []),
    ("山形県の部合計は何円?", ["70,934,529千円"], ["74,060,784"]),
    ("経産省の資料の事業で要求額が一番小さいのは?", ["中小企業連携組織対策推進事業", "8.0億円"], []),
    ("どの県の資料の合計が一番大きい?", ["山形県", "70,934,529千円"], []),
    ("群馬の資金の名前を全部教えて", ["中小企業パワーアップ資金", "小口資金"], ["小規模事業経営対策支援"]),
    ("台湾向けの事業をやっている県と事業名を挙げて", ["青台連携新産業創出事業", "山形県"], []),
    ("青森で台湾を相手にした事業を名前だけ並べて", ["青台連携", "あおもりPG台湾", "台湾食品"], ["香港", "円"]),
    ("知的財産・特許・デザインまわりで青森の事業を列挙して", ["啓発・連携", "新事業創出", "デザイン等"], ["研修"]),
    ("青森の原子力の仕事や研修向けの事業は?", ["技術研修", "参入促進"], ["起業家育成", "訓練校"]),
    ("青森県がバスや鉄道、トラックに出している補助、ひと通り知りたい", ["広域バス", "鉄道軌道", "貨物自動車"], []),
    ("経産省の要求で、会社を継がせる関係の事業を挙げて", ["世代交代", "引継ぎ"], ["JAPAN", "AI人材"]),
    ("群馬の制度融資で上限がちょうど1億円のものってどれですか", ["融資限度額1億円", "コンベンション"], ["1～2億円"]),
    ("鹿児島で費用の2/3まで見てくれる事業はどれとどれ?", ["補助率2/3", "ドローン"], ["1/2"]),
    ("群馬の制度融資で、上限が飛び抜けて大きい資金はどれ?", ["企業立地促進資金", "15億円"], []),
    ("経産省の資料で「新規」と付いた要求は何件、足すと?", ["4事業", "101億円"], []),
    ("鹿児島の新産業創出室の担当3本、予算計", ["180,161千円"], []),
    ("鹿児島県の一覧の事業は全部で何本あり、予算の総計は?", ["15事業", "1,202,792千円"], []),
    ("青森県で拡充の事業は?", ["記載がありません"], ["円"]),
    ("鹿児島県の融資制度には何という資金がある?", ["新事業チャレンジ資金", "成長企業応援資金"], ["ドローン"]),
    ("げんしりょく関係で青森県がお金を付けてる事業名", ["技術研修", "参入促進"], ["訓練校"]),
    ("鹿児島県で補助率2/3に届くのはどの事業?半分止まりのは要らない", ["補助率2/3", "診断助言"], ["1/2"]),
    ("山形県で新規の事業、一部新規はなしで", ["大型倒産等", "海外キャリア"], ["記載がありません"]),
    ("海外展開を手伝ってくれる県はどこ? 事業名も", ["| 事業・制度 | 資料 | 数値 | 出典 |", "群馬県・令和元年度"], []),
]
OTHERS = [
    ("笹穂県の「販路開拓・海外展開」にはいくつ事業がある?", ["6事業"], []),
    ("笹穂県のⅤの小計は前年度からいくら減った?", ["81,520千円", "712,060千円", "793,580千円"], []),
    ("楓野市の柱２の計は?", ["26,140千円"], []),
    ("楓野市の商工振興課の小計はいくら?", ["467,540千円"], []),
    ("楓野市の労政課の事業をすべて挙げて", ["女性活躍", "技能継承", "奨学金返還"], ["キャリア教育"]),
    ("湊ヶ浦市の政策１の小計と政策２の小計を足すと?", ["749,930千円"], []),
    ("湊ヶ浦市の政策４の小計に占める道の駅改修の割合は?", ["75.7%"], []),
    ("湊ヶ浦市の政策３で一番大きい事業は?", ["漁港機能強化事業"], []),
    ("青嶺県の雇用労働課の事業を一覧にして", ["職業能力開発校運営費", "離職者等委託訓練事業"], ["産業振興計画"]),
    ("産業振興省の要求額164億円のうち、地域製造業協調生産基盤強化事業は何%?", ["52.7%"], []),
    ("産業振興省の令和9年度要求で、前年度より減っている事業はどれ?", ["35.5億円", "41.0億円"], ["86.4"]),
    ("楓野市の労政課が受け持ってるのは", ["女性活躍", "技能継承", "奨学金返還"], []),
    ("笹穂県で新規の事業だけ、一部新規は抜きで", ["越境ＥＣ活用支援事業"], ["空き店舗"]),
    ("笹穂県で新規の事業は?", ["越境ＥＣ活用支援事業", "リスキリング推進事業"], ["空き店舗"]),
]


@pytest.mark.parametrize(("question", "said", "unsaid"), HELD)
def test_sets_of_the_corpus(assistant, question, said, unsaid):
    tells(assistant, CORPUS, question, said, unsaid)


@pytest.mark.parametrize(("question", "said", "unsaid"), OTHERS)
def test_sets_of_other_offices(offices, question, said, unsaid):
    tells(offices, SAMPLES, question, said, unsaid)


def heading_sentence(assistant, text: str, how: str, programs: list[str]):
    """What the guard lets through of one sentence about some programs' budgets."""
    facts = [
        next(one for one in assistant.index.facts(program=name, kind="budget") if one.program == name)
        for name in programs
    ]
    sentence = (
        DraftSentence(text, (facts[0],)) if how == "fact" else DraftSentence(text, computed=(computed(how, facts),))
    )
    return verify("問い", Draft("answered", None, (sentence,)), assistant.index).status


TRAINING = ["産業技術専門校における職業訓練", "離職者等再就職訓練"]


@pytest.mark.parametrize(
    ("text", "how", "programs", "status"),
    [
        ("「産業人材の育成」にある事業の当初予算額の合計は{=0}です。", "sum", TRAINING, "answered"),
        ("「産業人材の育成」にある事業は{=0}です。", "count", TRAINING, "answered"),
        ("「産業人材の育成」にある事業は{=0}です。", "count", TRAINING[:1], "abstained"),  # not all of them
        ("「産業人材の育成」の当初予算額の合計は{=0}です。", "sum", TRAINING, "abstained"),  # the heading as a program
        ("「産業人材の育成」の当初予算額は{0}です。", "fact", TRAINING, "abstained"),
        ("「産業人材の育成」にある事業の当初予算額は{0}です。", "fact", TRAINING, "abstained"),
        ("「企業の生産性向上」にある事業は{=0}です。", "count", TRAINING, "abstained"),  # another heading
        ("「産業人材の育成」の「離職者等再就職訓練」の当初予算額は{0}です。", "fact", TRAINING[1:], "answered"),
        ("「創業支援」の「離職者等再就職訓練」の当初予算額は{0}です。", "fact", TRAINING[1:], "abstained"),
    ],
)
def test_the_guard_lets_a_heading_speak_only_for_all_that_stands_under_it(assistant, text, how, programs, status):
    assert heading_sentence(assistant, text, how, programs) == status


GROWN = "笹穂県で前年より予算が増えた事業を全部"
SPOILT = [
    ("{0}", "{0}", "answered"),
    ("令和7年度", "令和6年度", "abstained"),  # another year's figure
    ("事業費{0}", "補助上限額{0}", "abstained"),  # a cell of another kind
    ("| 事業費{0}", "| 999千円 | 事業費{0}", "abstained"),  # a cell of nowhere
]


@pytest.mark.parametrize(("words", "instead", "status"), SPOILT)
def test_a_row_of_a_table_is_held_against_its_facts(offices, words, instead, status):
    drafted = offices.compose(offices.retrieve(offices.understand(Asked(GROWN, ()))))
    row = next(one for one in drafted.draft.sentences if len(one.facts) == 2)
    assert row.text.startswith("\n| 「")
    assert words in row.text
    spoilt = replace(row, text=row.text.replace(words, instead))
    assert verify(GROWN, Draft("answered", None, (spoilt,)), offices.index).status == status
