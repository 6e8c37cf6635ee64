"""A second opinion may add candidates; the asker's words decide, and a model that lies changes nothing."""

import pytest

from assistant.chain import Asked, Drafted, Found
from assistant.chain.widening import Look, Stages, told_of
from assistant.generate.second import Opinion
from assistant.records import Draft, FactKind, Query, Turn
from assistant.retrieve import Retrieval

CRAFT = (
    "こぎん刺しを外国のお客さんに買ってもらう道をつけたいんです。"
    "弘前の小さな工房ですが、県の5年度で充ててあるお金はどれほど?"
)
CRAFT_TERMS = ("伝統的工芸品", "工芸品", "海外販路開拓", "海外展開", "輸出促進", "インバウンド")
AI = "話は変わりますが、AI人材と中小企業をつなぐ国の新しい事業はおいくらですか。"
AI_BEFORE = ("事業承継・世代交代集中支援事業の要求額は?",)
AI_TERMS = ("AI人材", "デジタル人材", "人材マッチング", "中小企業の課題解決", "新規事業")


@pytest.fixture
def stages(assistant):
    return Stages(assistant.index, assistant.understand, assistant.retrieve, assistant.compose)


def asked_of(question: str, *history: str, region: str | None = None) -> Asked:
    return Asked(question, tuple(Turn("user", said) for said in history), region)


def own(asked: Asked, stages: Stages) -> tuple[Found, Drafted]:
    found = stages.retrieve(stages.understand(asked))
    return found, stages.compose(found)


def programs(drafted: Drafted, stages: Stages) -> set[str]:
    return {stages.index.programs[name].program for name in told_of(drafted.draft, stages.index)}


def second_look(asked, found, drafted, opinion_of, stages):
    look = Look(asked, found, drafted, stages)
    return look.after(opinion_of()) if look.is_wanted() else (found, drafted)


HELPED = [
    (CRAFT, (), CRAFT_TERMS, "青森工芸品海外販路拡大推進事業"),
    (AI, AI_BEFORE, AI_TERMS, "AI人材連携による中小企業課題解決促進事業"),
]


@pytest.mark.parametrize(("question", "history", "terms", "program"), HELPED)
def test_official_terms_find_what_everyday_words_do_not(stages, question, history, terms, program):
    asked = asked_of(question, *history)
    found, drafted = own(asked, stages)
    assert program not in programs(drafted, stages)
    again, told = second_look(asked, found, drafted, lambda: Opinion(None, terms), stages)
    assert told.draft.status == "answered"
    assert programs(told, stages) == {program}
    kept = ("question", "words", "terms", "regions", "fiscal_year", "kinds", "premises", "named")
    assert [getattr(again.query, name) for name in kept] == [getattr(found.query, name) for name in kept]


LIES = [
    (CRAFT, (), Opinion(None, ("事業承継", "世代交代", "後継者"))),
    (CRAFT, (), Opinion(None, ("韓国", "誘客", "県産品", "販売", "輸出", "対策", "強化"))),
    (CRAFT, (), Opinion(None, ("あおもりクラフト販売体制構築事業",))),
    (CRAFT, (), Opinion(None, ("クラフト", "販売", "体制", "構築"))),
    (CRAFT, (), Opinion(None, ("沖縄県", "山形県"))),
    (CRAFT, (), Opinion("事業承継補助金の補助率は?")),
    (AI, AI_BEFORE, Opinion("事業承継・世代交代集中支援事業の要求額はおいくらですか")),
    (AI, AI_BEFORE, Opinion(None, ("事業承継", "世代交代"))),
    (AI, AI_BEFORE, Opinion(None, ("先端設備", "デザイン"))),
]


@pytest.mark.parametrize(("question", "history", "opinion"), LIES)
def test_a_lie_changes_nothing(stages, question, history, opinion):
    asked = asked_of(question, *history)
    found, drafted = own(asked, stages)
    look = Look(asked, found, drafted, stages)
    assert look.is_wanted()
    again = look.led_to(opinion)
    assert again is None or programs(again[1], stages) == programs(drafted, stages)


NOT_ASKED = [
    ("事業承継補助金の補助率は?", ()),  # answered
    ("岩手県のジョブカフェの予算を教えて。", ()),  # a region that is not here
    ("平成25年度の山形県の小規模事業対策費を教えてください", ()),  # a year
    ("国の事業再構築補助金の上限額はいくらなん?", ()),  # a program's name that no document has
    ("承継トライアル補助金の補助率は何分の何ですか", ()),  # the program is here, the figure is not
    ("きりたんぽ鍋の作り方教えて", ()),
    ("ありがとう", ()),
    ("補助率は?", ()),
    ("青森県の補助金の一覧", ()),
    ("ロボット導入促進(群馬)の内訳に(新規)と付いてる二つを足したらなんぼ", ()),
    ("1社あたりの上限額は?", ("承継トライアル補助金ってどういう制度?",)),
    ("予算は?", ("信用補完対策費の担当課は?",)),
]


@pytest.mark.parametrize(("question", "history"), NOT_ASKED)
def test_what_is_sure_is_not_asked(stages, question, history):
    def never() -> Opinion:
        raise AssertionError("an opinion was asked for")

    asked = asked_of(question, *history)
    found, drafted = own(asked, stages)
    assert second_look(asked, found, drafted, never, stages) == (found, drafted)


def test_no_opinion_leaves_the_first_answer(stages):
    asked = asked_of(CRAFT)
    found, drafted = own(asked, stages)
    assert second_look(asked, found, drafted, lambda: None, stages) == (found, drafted)


# ---- the whole question of a turn that the own reading made nothing of ----

BEFORE = "群馬県のロボット導入促進の予算はいくら?"
LAST = "で、その予算の額は?"


def unread(stages: Stages, last: str = LAST, *history: str, region: str | None = None) -> Look:
    """A turn of which nothing but its kind was read."""
    query = Query(question=last, intent="figure", kinds=(FactKind.BUDGET,))
    found = Found(last, query, Retrieval((), "topic"))
    asked = asked_of(last, *(history or (BEFORE,)), region=region)
    return Look(asked, found, Drafted(last, Draft("clarify", None, ())), stages)


def test_a_whole_question_in_the_askers_words_is_answered(stages):
    look = unread(stages)
    assert look.is_wanted()
    found, drafted = look.led_to(Opinion("群馬県のロボット導入促進の予算の額は?"))
    assert drafted.question == LAST
    assert programs(drafted, stages) == {"ロボット導入促進"}
    assert found.query.regions == ("群馬県",)


@pytest.mark.parametrize(
    ("last", "question"),
    [
        (LAST, "青森県のロボット導入促進の予算の額は?"),  # another region
        (LAST, "群馬県のロボット導入促進の令和5年度の予算の額は?"),  # another year
        (LAST, "群馬県の信用補完対策費の予算の額は?"),  # another program
        (LAST, "群馬県のロボット導入促進の補助率は?"),  # another kind
        (LAST, "群馬県のロボット導入促進の補正予算の額は?"),  # another stage
        (LAST, "群馬県のロボット導入促進の予算の額は500万円ですよね?"),  # a premise
        ("青森県の予算の額は?", "群馬県のロボット導入促進の予算の額は?"),  # less than the turn says
        ("話は変わりますが、予算の額は?", "群馬県のロボット導入促進の予算の額は?"),  # another topic
    ],
)
def test_what_the_asker_did_not_say_is_not_listened_to(stages, last, question):
    assert unread(stages, last).led_to(Opinion(question)) is None
