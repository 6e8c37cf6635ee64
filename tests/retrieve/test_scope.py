"""Sets of programs: which set a question delimits, what it asks of it, and which questions are about no set."""

import pytest
from conftest import TODAY

from assistant.records import FactKind
from assistant.retrieve import scope_of
from assistant.retrieve.delimited import asked_of
from assistant.retrieve.delimiters import measured_by
from assistant.retrieve.scope import delimit
from assistant.retrieve.spoken_set import rank_in
from assistant.understand import understand


def scope(assistant, question: str):
    query = understand(question, assistant.vocabulary, today=TODAY)
    return delimit(query, assistant.index, scope_of(query, assistant.index) or set())


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("この項目の事業を全部挙げてください", {"list"}),
        ("事業ってどれとどれ?", {"list"}),
        ("何事業ある?", {"count"}),
        ("いくつ載っていますか", {"count"}),
        ("小計はいくら", {"row"}),
        ("小計のうち国庫は何%", {"row", "share"}),
        ("一番お金がかかってる事業は", {"most"}),
        ("2番目に予算が少ないのは", {"least"}),
        ("特別会計はいくつ", set()),
        ("どげなのがある?", {"list"}),
        ("何本かあったはず。列挙して", {"list"}),
        ("ひと通り知りたい", {"list"}),
        ("事業名を教えてください", {"list"}),
        ("新規の印がある事業をあげてほしい", {"list"}),
        ("担当3本 予算計", {"sum", "row"}),
        ("上限が飛び抜けて大きい資金は", {"most"}),
        ("それぞれの補助率を教えて", set()),
        ("補助率は?", set()),
        ("対象者は誰ですか", set()),
    ],
)
def test_what_is_asked_of_a_set(question, asks):
    assert asked_of(question) - {"weak"} == asks


def test_the_place_in_a_rank_and_the_measure_are_read():
    assert [rank_in(text) for text in ("一番大きい", "2番目に大きい", "三番目に多い")] == [1, 2, 3]
    several = (
        "多い順に3つ",
        "予算額の多い順に事業を5つ",
        "予算が少ない事業を三つ",
        "限度額が高い資金を2つ",
        "多い事業は",
    )
    assert [rank_in(text) for text in several] == [3, 5, 3, 2, 1]
    assert measured_by("国庫が一番多い") == (FactKind.FUNDING_NATIONAL,)
    assert measured_by("一番大きい") == (FactKind.BUDGET,)
    assert measured_by("前年度比は") == (FactKind.BUDGET_CHANGE,)


@pytest.mark.parametrize(
    ("question", "number", "heading"),
    [
        ("青森の「若年者の就業支援の強化」の事業を全部挙げて", 6, "若年者の就業支援の強化"),
        ("青森の⑧には事業がいくつ載っていますか", 11, "中小企業の国際的視点に立った事業展開の推進を図ること"),
        (
            "青森の人材育成・確保のところの事業を並べて",
            37,
            "中小企業の事業活動を担う人材の育成及び確保を図ること",
        ),
        (
            "山形県が企業の本社機能や研究開発部門を誘致するためにやってる事業を並べて",
            4,
            "企業の本社機能や研究開発部門の誘致推進",
        ),
        ("産業人材の育成、2つ合わせたら群馬県はいくら?", 2, "産業人材の育成"),
        ("青森県の「中高年齢者及び障がい者の雇用促進」に並んでいる事業を全部", 3, "中高年齢者及び障がい者の雇用促進"),
    ],
)
def test_a_heading_delimits_its_programs(assistant, question, number, heading):
    found = scope(assistant, question)
    assert [one.words for one in found.headings] == [heading]
    assert len(found.programs) == number


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("群馬県の次世代産業課が担当の主な事業、一覧で", ["ロボット導入促進", "EV関連技術人材育成"]),
        (
            "青森で台湾に関係する事業ってどれとどれ?",
            ["青台連携新産業創出事業", "あおもりPG台湾ビジネス挑戦事業", "台湾食品ビジネス輸出拡大支援事業"],
        ),
        (
            "青森の①に「原子力」で始まる事業って何本あるの?",
            ["原子力関連技術研修事業", "原子力発電施設等研修事業", "原子力関連業務参入促進事業"],
        ),
        (
            "知財に関する事業は青森にいくつある?",
            ["知的財産啓発・連携強化事業", "知的財産活用新事業創出推進事業", "デザイン等知財活用製品開発促進事業"],
        ),
        (
            "経産省の資料で補助率が書いてある事業はどれ?",
            [
                "事業承継・世代交代集中支援事業",
                "ものづくり・商業・サービス高度連携促進事業費",
                "地域未来投資促進事業費",
                "JAPANブランド育成支援等事業",
            ],
        ),
        ("鹿児島県で3億円以上の事業を挙げて", ["サービス業生産性向上・販路開拓支援事業", "県中小企業融資制度運営事業"]),
    ],
)
def test_offices_topics_names_kinds_and_amounts_delimit(assistant, question, names):
    assert [one.program for one in scope(assistant, question).programs] == names


def test_flags_delimit(assistant):
    new = scope(assistant, "青森県の新規の事業は何本ありますか").programs
    assert new
    for program in new:
        assert any("新規" in fact.flags for fact in assistant.index.facts_of(program.id))


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("青森の③の小計は", ["小計"]),
        ("青森の⑦の小計について、再掲を含む額と含まない額の差は", ["小計", "小計(再掲含む。)"]),
        ("青森の⑤の小計、再掲も含めると", ["小計(再掲含む。)"]),
        ("青森の④の小計を、再掲を抜いて言うと", ["小計"]),
        ("山形県の部合計は", ["部合計"]),
        ("山形県の一般会計の計は", ["一般会計計"]),
        ("青森県の令和5年度の事業費、全部でいくら", ["合計"]),
        ("青森の「若年者の就業支援の強化」の小計は", []),  # the row behind it sums up more than that
    ],
)
def test_a_printed_sum_is_that_of_just_the_set(assistant, question, rows):
    found = scope(assistant, question)
    assert [row.program for row in found.rows] == rows


@pytest.mark.parametrize(
    "question",
    [
        "展示会に出るのに全部で100万円かかる。補助は?",
        "全部でいくらですか",
        "一番近い窓口はどこ?",
        "離職者等再就職訓練事業の予算は全部でいくら?",
        "青森県の宇宙開発課の事業を全部挙げて",
        "青森県の「月面基地の整備」に載っている事業を全部",
        "沖縄県の事業を全部挙げて",
        "信用補完対策費と連携組織対策費、足すと?",
    ],
)
def test_a_question_that_delimits_no_set_is_left_alone(assistant, question):
    assert scope(assistant, question) is None
