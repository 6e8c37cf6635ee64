"""Names said in full, in part, with a slip, in kana, and rows that share a name: what each question names."""

from __future__ import annotations

import pytest

from assistant.programs.names import aliases_of
from assistant.records import Program
from assistant.understand import Vocabulary
from assistant.understand.fuzzy import Spelled, distance, is_slip, slips_allowed
from assistant.understand.kana import mostly_kana, reading_of
from assistant.understand.named import case_of, fund_topic, unknown_name, unknown_part, variant_behind
from assistant.understand.spelling import modern, respelled


def program(name: str, *parts: str, document: str = "a", role: str = "program") -> Program:
    aliases = aliases_of(name, "青空県")
    return Program(
        f"{document}/{name}", document, name, aliases, parts, (), (), (), "令和5年度", "当初予算", 1, 1, role=role
    )


NAMES = (
    "ものづくり・商業・サービス高度連携促進事業費",
    "海辺の町輸出拡大ネクストステージ展開事業",
    "信用補完対策費",
    "IoT・AI導入促進",
    "商工業振興資金融資事業費",
    "若年者の県内定着促進事業",
    "自動車キーテクノロジー支援研究開発事業費",
    "ロボット応用システム開発事業費",
    "先端生命科学研究支援事業費",
    "小口資金",
    "販路開拓輸出支援事業",
    "商店街活性化デジタル活用支援事業",
)
ROWS = (
    "労働力確保体制強化事業",
    "労働力確保体制強化事業(県外からの人材還流)",
    "DX推進事業(人材育成・確保)",
    "DX推進事業(総合的支援体制)",
    "産業立地促進費補助",
    "産業立地促進費補助(増設分)",
    "訓練校事業(訓練事業)",
    "訓練校事業(施設整備)",
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    programs = [program(name) for name in (*NAMES, *ROWS)]
    programs.append(program("事業承継集中支援事業", "事業承継補助金", "承継トライアル補助金"))
    programs.append(program("地域交流省", document="b", role="total"))
    return Vocabulary(programs, (("地域交流省", "国"), ("青空県", "青空県")), {"a": "青空県", "b": "国"})


def named(vocabulary: Vocabulary, question: str) -> list[str]:
    programs, _, _ = vocabulary.find(vocabulary.spelled(question))
    return [one.split("/", 1)[1] for one in programs]


SAID: list[tuple[str, list[str]]] = [
    # in part
    ("ものづくり高度連携促進事業の計画の要件", [NAMES[0]]),
    ("ものづくり商業サービス高度連携促進事業の目標", [NAMES[0]]),
    ("高度連携促進事業費はR1からR2でいくら増えた", [NAMES[0]]),
    ("連携促進事業で、コーディネータを頼む場合", [NAMES[0]]),
    ("自動車キーテクノロジーの予算は", [NAMES[6]]),
    ("「ロボット応用」の予算は", [NAMES[7]]),
    ("ロボット応用システム開発って、9百万円ちょっとでしたよね", [NAMES[7]]),
    ("商店街活性化事業の予算は", []),  # half of the name is left out
    # in a row
    ("自動車キーテクノロジー、先端生命科学、ロボット応用。三つ足すと", [NAMES[6], NAMES[8], NAMES[7]]),
    # with a slip
    ("海辺の町輸出拡大ネクストステジの額は", [NAMES[1]]),
    ("「信用保管対策費」はいくら", [NAMES[2]]),
    ("IoT・AI動入促進の予算額が知りたい", [NAMES[3]]),
    ("商工業振興資金融資事業日はいくら", [NAMES[4]]),
    ("販路開拓輸入支援事業の予算", []),  # 輸入 is a word, and another one
    ("信用補完施策費と第2期信用補完対策", []),
    # in other letters
    ("ＩｏＴ・ＡＩ導入促進の予算", [NAMES[3]]),
    ("信用 補完 対策費", [NAMES[2]]),
    ("ﾛﾎﾞｯﾄ応用ｼｽﾃﾑ開発事業費", [NAMES[7]]),
    ("信用補完對策費はいくら", [NAMES[2]]),
    # in kana
    ("しょうこうぎょうしんこうしきん ゆうしじぎょうひ の よさんがく は?", [NAMES[4]]),
    ("じゃくねんしゃの けんない ていちゃく そくしんじぎょうの よさんを おしえてください", [NAMES[5]]),
    ("じぎょうしょうけいほじょきんの ほじょりつは なんぶんの なんですか", ["事業承継集中支援事業"]),
    # rows that share a name
    ("労働力確保体制強化事業の予算", [ROWS[0]]),
    ("労働力確保体制強化事業、「県外からの人材還流」と付いてるほうは", [ROWS[1]]),
    ("労働力確保体制強化事業(カッコの付かないほう)はいくら? 県外じゃなく", [ROWS[0]]),
    ("DX推進事業のうち人材育成・確保の財源は", [ROWS[2]]),
    ("DX推進事業の総合的支援体制って", [ROWS[3]]),
    ("産業立地促進費補助って、新設じゃなく増設の場合だと", [ROWS[5]]),
    ("産業立地促進費補助、増設ではなく新しく建てるとき", [ROWS[4]]),
    ("訓練校事業のうち「訓練事業」について", [ROWS[6]]),
    ("訓練校事業の予算", [ROWS[6], ROWS[7]]),
    # no name of these
    ("新小口資金特別枠の上限", []),
    ("小規模事業者持続化補助金はいくら", []),
    ("地域交流省が令和8年度に要求している補助だと", []),  # an office by whose name its region is called
]


@pytest.mark.parametrize(("question", "names"), SAID, ids=[question[:30] for question, _ in SAID])
def test_what_a_question_names(vocabulary: Vocabulary, question: str, names: list[str]) -> None:
    assert sorted(named(vocabulary, question)) == sorted(names)


def test_a_fund_of_several_programs_is_that_of_the_one_named_beside_it() -> None:
    vocabulary = Vocabulary(
        [program("脱炭素投資促進補助金", "脱炭素枠"), program("成長投資応援補助金", "脱炭素枠", document="b")]
    )
    assert named(vocabulary, "脱炭素投資促進補助金の脱炭素枠はいくら") == ["脱炭素投資促進補助金"]
    assert len(named(vocabulary, "脱炭素枠はいくら")) == 2


def test_a_part_of_a_name_is_of_the_region_asked_for() -> None:
    programs = [program("海外販路開拓推進補助金"), program("海外販路開拓推進応援金", document="b")]
    places = (("青空県", "青空県"), ("白雲県", "白雲県"))
    vocabulary = Vocabulary(programs, places, {"a": "青空県", "b": "白雲県"})
    assert named(vocabulary, "海外販路開拓推進の予算") == []  # either may be meant
    assert named(vocabulary, "白雲県の海外販路開拓推進の予算") == ["海外販路開拓推進応援金"]


def test_a_piece_known_to_be_a_name_is_found_wherever_it_stands_in_one(vocabulary: Vocabulary) -> None:
    assert vocabulary.named_by("キーテクノロジー") == (f"a/{NAMES[6]}",)
    assert vocabulary.named_by("支援事業") == ()


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("", "", 0),
        ("あい", "あい", 0),
        ("あい", "いあ", 1),
        ("あい", "あ", 1),
        ("あいう", "あえう", 1),
        ("あいうえ", "かきくけ", 3),
    ],
)
def test_the_distance_counts_slips(one: str, other: str, apart: int) -> None:
    assert distance(one, other, 2) == apart
    assert distance(other, one, 2) == apart


@pytest.mark.parametrize(
    ("said", "name", "slip"),
    [
        ("人工知能動入促進", "人工知能導入促進", True),
        ("販路開拓輸入支援", "販路開拓輸出支援", False),
        ("第2期振興計画費", "第3期振興計画費", False),
        ("就職訓練事業", "再就職訓練事業", False),
        ("コーディネータ設置", "コーディネーター設置", True),
        ("県外定着促進事業", "県内定着促進事業", False),
    ],
)
def test_a_slip_is_no_other_word(said: str, name: str, slip: bool) -> None:
    assert is_slip(said, name) is slip


def test_longer_names_may_have_more_slips() -> None:
    assert [slips_allowed(length) for length in (5, 6, 12, 13)] == [0, 1, 1, 2]


def test_two_names_as_near_are_both_told_and_so_neither_is_meant() -> None:
    names = {"青空輸送導入促進費", "青空輸送導出促進費"}
    assert Spelled.of(names).meant("青空輸送導丸促進費") == names


@pytest.mark.parametrize(
    ("text", "kana"),
    [
        ("おみせをひらきたいのですがたすけてもらえますか", True),
        ("信用補完対策費の予算をおしえてください", False),
        ("いくら", False),
    ],
)
def test_a_question_in_kana(text: str, kana: bool) -> None:
    assert mostly_kana(text) is kana


def test_readings_know_no_marks_and_no_long_vowels() -> None:
    assert reading_of("コーディネーター・信用補完") == "こでぃねたしんようほかん"
    assert reading_of("づら") == reading_of("ずら")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("yamagataの予算", "山形県の予算"),
        ("FY2020のbudgetは", "2020年度の予算は"),
        ("METIのFY20 request", "経済産業省の2020年度 要求"),
        ("JAPANブランドのEC", "JAPANブランドのEC"),
        ("經濟の縣立學校", "経済の県立学校"),
        ("ｼｮｳﾃﾝｶﾞｲ", "ショウテンガイ"),
        ("Tokyo to Osaka", "東京都 to 大阪府"),
    ],
)
def test_other_letters_become_the_documents_own(text: str, plain: str) -> None:
    assert respelled(text) == plain


def test_new_characters_keep_the_length() -> None:
    assert len(modern("經濟產業省の豫算")) == len("經濟產業省の豫算")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("IT導入補助金はいくら", "it導入補助金"),
        ("農業ロボット導入促進事業の予算は", "農業ロボット導入促進事業"),
        ("養蚕再興支援事業の予算は", "養蚕再興支援事業"),
        ("新小口資金特別枠の限度額は", "新小口資金特別枠"),
        ("間を取り持つ事業はいくら", None),  # it describes
        ("ドローン事業はある?", None),
        ("ものづくり補助金に落ちたので県のものを探している", None),
        ("IT導入補助金みたいなのは県にある?", None),
    ],
)
def test_a_name_that_no_document_has(text: str, name: str | None) -> None:
    found = unknown_name(text)
    assert (found.lower() if found else None) == name


@pytest.mark.parametrize(
    ("text", "name", "topic"),
    [
        ("親から継ぐとき用の事業承継資金はいくらまで", "事業承継資金", "承継"),
        ("災害復旧資金の利率は", "災害復旧資金", "災害"),
        ("海外展開資金は何年で返すの", "海外展開資金", "海外"),
        ("設備投資資金を借りたい", None, ""),
        ("開業準備資金の限度額", None, ""),
        ("運転資金は", None, ""),
    ],
)
def test_a_fund_is_named_by_what_it_is_for(text: str, name: str | None, topic: str) -> None:
    assert unknown_name(text) == name
    assert fund_topic(name or "") == topic


@pytest.mark.parametrize(
    ("behind", "variant"),
    [
        ("（施設整備）", "施設整備"),
        ("（群馬・H31＝R1）", None),
        ("（カッコの付かないほう）", None),
        ("（要綱のやつ）", None),
        ("(中小企業庁)", None),
        ("（増設分は別に）", None),
        ("（令和2年度当初）", None),
    ],
)
def test_what_in_brackets_is_a_variant(behind: str, variant: str | None) -> None:
    text = f"訓練校事業{behind}の予算"
    assert variant_behind(text, ((0, 5),), (("群馬県", "群馬県"),)) == variant


def test_a_kind_of_machine_is_no_part_where_nothing_is_named() -> None:
    assert unknown_part("溶接を腕型の自動機に任せたい", of_named=False) is None
    assert unknown_part("連携型の補助率は", of_named=True) == "連携型"
    assert unknown_part("山形の新規融資枠は") is None


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("特別枠の上限は", "特別枠"),
        ("ものづくり枠の補助率は", "ものづくり枠"),
        ("グリーン成長枠はいくら", "グリーン成長枠"),
        ("割のいい枠があるならそれも", None),
        ("来てもらったら枠は", None),
        ("新しく付けた枠は何円", None),
        ("県境をまたぐ広域型の上限", None),
        ("もっと出る枠に乗れますか", None),
        ("補助枠はいくら", None),
    ],
)
def test_a_part_is_a_noun_and_no_running_words(question: str, part: str | None) -> None:
    assert unknown_part(question) == part


@pytest.mark.parametrize(
    ("question", "case"),
    [
        ("女性の場合", "女性"),
        ("ロボット枠で申し込んだ場合の率", "ロボット枠で申し込んだ"),
        ("申し込んだ場合の率", None),
    ],
)
def test_a_case_names_something(question: str, case: str | None) -> None:
    assert case_of(question) == case
