"""Questions that ask for no figure: the answer holds the document's own words, and the first sentence answers."""

import re

import pytest

from assistant.compose.focus import asks, foci_of
from assistant.compose.meant import meant
from assistant.compose.offices import flagged
from assistant.compose.telling import ROOM, rank, tellable
from assistant.compose.units import Unit, printed_as, shown, units_of
from assistant.compose.worded import in_words
from assistant.compose.words import without_name
from assistant.records import FactKind, Hit, Query
from assistant.tokens import fold

# question, pieces that the answer says, pieces that it must not say
ASKED = [
    # whom it is for
    ("群馬のEV関連技術人材育成は、どういう会社が受講できますか", ["EV参入を検討する県内企業"], ["説明文"]),
    ("高度デジタル人材育成支援事業、対象者はだれ?", ["IT企業に従事しているエンジニア等"], ["今後掲載予定"]),
    ("向上訓練費ってどんな人が対象?", ["民間企業の在職労働者"], []),
    ("群馬の離職者等再就職訓練は誰が受けられる?", ["対象は、資料に記載がありません"], []),
    # what for
    ("事業承継補助金は何の費用に使えますか", ["設備投資・販路拡大・既存事業の廃業等に必要な経費"], ["試行的に雇用"]),
    ("酒田港国際物流拠点化推進事業費は何に対して助成するの", ["コンテナ航路の利用に対する助成"], []),
    ("就職氷河期世代技能検定手数料支援事業費って何の費用が出るの", ["技能検定を受検する際の手数料"], []),
    # who does it
    ("トータル・ジョブサポートは県とどこが一緒にやってるんだっけ", ["県とハローワーク"], []),
    ("自動車関連産業集積促進事業費で指導に来るのはどんな人?", ["自動車メーカーOB"], []),
    ("がんメタボローム研究推進支援事業費は誰と誰が組んだ研究?", ["国立がん研究センター"], ["説明文"]),
    ("サプライチェーン効率化型は誰が代表で申請するの?", ["幹事企業が代表して申請"], []),
    # where
    ("県産品輸出戦略事業費はどの国に売り込むんですか", ["台湾、中国、香港、韓国"], []),
    ("地域コーディネーター設置事業費のコーディネーターはどこにいますか", ["総合支庁"], []),
    # what is done
    ("信用補完対策費は何をする事業?", ["保証料負担軽減のための保証料補給"], ["説明文"]),
    ("外国人技能実習制度適正化事業では中央会は何をしてくれますか", ["巡回指導や講習会の開催"], []),
    ("国の中小企業連携組織対策推進事業に載っている南三陸の例は、何をしたの?", ["リニューアル"], ["全国商店街"]),
    ("後継者人材バンクは何をする仕組みですか", ["後継者不在事業者と創業希望者とのマッチング支援"], []),
    # which office
    ("障がい者雇用促進加速化事業はどの課?", ["若者定着還流促進課", "産業イノベーション推進課"], []),
    ("ロボット導入促進は県庁のどこがやってる?", ["次世代産業課"], ["ロボット導入支援"]),
    ("人材確保・生産性向上推進事業費の担当課を全部", ["中小企業振興課", "工業戦略技術振興課", "雇用対策課"], []),
    (
        "国の経営者保証解除に向けた専門家による支援事業費、担当課は?",
        ["担当課や窓口の名前は、資料に記載がありません"],
        [],
    ),
    # under which heading
    ("仕事力養成推進事業はどの項目に載っていますか", ["若年者の就業支援の強化"], []),
    # which parts
    ("高度連携促進事業の類型の名前を全部", ["企業間連携型", "サプライチェーン効率化型", "地方公共団体連携型"], []),
    # what its marks say
    ("中小企業等グリーントランスフォーメーション推進事業は全部委託?", ["△は予算の一部を補助委託"], []),
    ("労働力確保体制強化事業は新規ですか", ["はい", "新規"], []),
    # side by side
    (
        "青森の協働ロボットを活用する三八の事業と、未来のものづくり人材確保・育成事業、それぞれどの課?",
        ["地域企業支援課", "産業イノベーション推進課"],
        [],
    ),
    # a figure that is stated in words
    ("群馬の緊急経営改善資金の融資限度額は?", ["借換対象融資の既往債務残高"], []),
]


@pytest.mark.parametrize(("question", "said", "unsaid"), ASKED)
def test_the_answer_says_what_is_asked(assistant, question, said, unsaid):
    answer = assistant.ask(question)
    text = fold(answer.text)
    assert [piece for piece in said if fold(piece) not in text] == []
    assert [piece for piece in unsaid if fold(piece) in text] == []
    assert answer.reason != "unverified"


@pytest.mark.parametrize(("question", "said"), [(question, said) for question, said, _ in ASKED])
def test_quotes_stand_on_their_lines(assistant, question, said):
    answer = assistant.ask(question)
    for citation in answer.citations:
        lines = assistant.index.documents[citation.document].lines[citation.line_start - 1 : citation.line_end]
        assert citation.quote in "\n".join(lines)


def test_only_fees_that_are_printed_are_told(assistant):
    answer = assistant.ask("若者創業応援プロジェクト事業費に参加するのにお金はかかりますか")
    assert "無料" not in answer.text


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("どんな会社が使えるの", ["person"]),
        ("誰でも申し込めますか", ["person"]),
        ("何に使ったお金が対象になりますか", ["expense"]),
        ("どういう会社が使えて、何の費用が出るの?", ["person", "expense"]),
        ("どんな専門の人が来てくれるんでしょう", ["actor"]),
        ("どことどこが組んでるの", ["actor"]),
        ("どの県と組んでどのあたりに出すの?", ["actor", "place"]),
        ("受講するのにお金はかかりますか", ["fee"]),
        ("要件は?", ["condition"]),
        ("目的は何ですか", ["aim"]),
        ("具体的に何をするの", ["activity"]),
        ("いくら?", []),
    ],
)
def test_what_is_asked_for(question, names):
    assert sorted(focus.name for focus in foci_of(question)) == sorted(names)


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("どこの課?", "office"),
        ("窓口はどこ", "office"),
        ("どの柱の下に載ってる?", "section"),
        ("枠は3つあるの?", "types"),
        ("○の意味は? 委託?", "marks"),
    ],
)
def test_questions_that_no_sentence_answers(question, what):
    assert asks(question, what)


def test_a_name_asks_for_nothing(assistant):
    program = next(one for one in assistant.index.programs.values() if one.program == "信用補完対策費")
    assert "信用補完" not in without_name("信用補完対策費の中身は?", program)


# ---- pieces


def test_pieces_are_exact_whole_and_said_once(assistant):
    index = assistant.index
    for program in list(index.programs.values())[::7]:
        units = units_of(program, index)
        lines = index.documents[program.document].lines
        for unit in units:
            held = "\n".join(lines[unit.line - 1 : unit.line + unit.quote.count("\n")])
            assert unit.quote in held
            assert fold(unit.text) == fold(unit.quote)
            assert "\n" not in unit.text
            assert "\t" not in unit.text
        assert len({fold(unit.text) for unit in units}) == len(units)


def test_a_sentence_that_layout_broke_is_one_piece(assistant):
    index = assistant.index
    program = next(one for one in index.programs.values() if one.program == "海外キャリア人材育成支援事業費")
    broken = next(unit for unit in units_of(program, index) if "\n" in unit.quote)
    assert "海外で得た経験や知見を活かして" in broken.text


def test_the_column_and_the_label_are_kept(assistant):
    index = assistant.index
    program = next(one for one in index.programs.values() if one.program == "EV関連技術人材育成")
    labels = {unit.label for unit in units_of(program, index)}
    assert "対象者" in labels


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("海外で得た経\n験や知見", "海外で得た経験や知見"),
        ("スポーツ\n　振興課", "スポーツ振興課"),
        ("機械\t装置", "機械 装置"),
    ],
)
def test_what_layout_put_in_is_not_shown(quote, text):
    assert shown(quote) == text


def test_words_are_found_as_printed():
    assert printed_as("スポーツ振興課", "補助金\tスポーツ\n振興課\t4,000") == "スポーツ\n振興課"
    assert printed_as("観光課", "商工課") is None


def test_a_figure_that_no_fact_states_is_not_told(assistant):
    index = assistant.index
    program = next(one for one in index.programs.values() if one.program == "信用補完対策費")
    passage = index.passages_of(program.id)[0]
    strange = Unit(passage.id, "事業者の9割、県内で保証料を補給", "事業者の9割、県内で保証料を補給", passage.line_start)
    assert [one.text for one in tellable(strange, program, index)] == ["県内で保証料を補給"]
    assert tellable(Unit(passage.id, "9割の者", "9割の者", passage.line_start), program, index) == []


def test_pieces_of_the_part_that_is_named_come_first(assistant):
    index = assistant.index
    program = next(one for one in index.programs.values() if one.program == "事業承継・世代交代集中支援事業")
    query = Query("承継トライアル補助金は何の費用が出るの", "explain", named=(program.id,))
    ranked = rank(query, program, units_of(program, index), foci_of(query.question)[0], index)
    assert "後継者育成に係る費用" in ranked[0].unit.text


def test_answers_keep_to_their_room(assistant):
    for question, _, _ in ASKED[:16]:
        answer = assistant.ask(question)
        assert sum(len(piece) for piece in re.findall(r"「([^「」]+)」", answer.text)) < 3 * ROOM


# ---- what stands beside the sentences


def test_a_flag_is_told_only_where_it_is_printed(assistant):
    index = assistant.index
    program = next(one for one in index.programs.values() if one.program == "仕事力養成推進事業")
    hit = Hit(program, index.passages_of(program.id), 1.0)
    assert flagged("これは新規ですか", hit, index) == []


def test_a_label_in_a_sentence_states_nothing(assistant):
    index = assistant.index
    program = next(one for one in index.programs.values() if one.program == "信用補完対策費")
    hit = Hit(program, index.passages_of(program.id), 1.0)
    assert in_words([FactKind.GUARANTEE_RATE], hit, index) == []


def test_one_program_is_one_where_nothing_is_asked_side_by_side(assistant):
    index = assistant.index
    program = next(one for one in index.programs.values() if one.program == "信用補完対策費")
    hit = Hit(program, index.passages_of(program.id), 1.0)
    query = Query("信用補完対策費はどの課?", "where", named=(program.id,))
    assert meant(query, (hit,), (hit,), index) == (hit,)
