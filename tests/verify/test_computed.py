"""Computed figures: what is right is printed with its formula, and nothing else is."""

import dataclasses

import pytest
from conftest import CORPUS
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.figures import find_figures
from assistant.records import Computed, Draft, DraftSentence, Fact
from assistant.values.reckoning import computed, worked_out
from assistant.verify import verify
from verify.checker import faults

SHOP, FAIR = "アンテナショップ管理運営事業費", "山形県の物産展開催事業費"
SUM = f"「{SHOP}」と「{FAIR}」の当初予算額の合計は、{{=0}}です。"
REFUSED = ("abstained", "unverified")
AMOUNTS = ("budget", "budget_previous", "budget_revised")


def fact_of(assistant, program: str, kind: str = "budget") -> Fact:
    return next(fact for fact in assistant.index.facts(program=program, kind=kind) if fact.program == program)


@pytest.fixture(scope="module")
def two(assistant) -> tuple[Fact, Fact]:
    return fact_of(assistant, SHOP), fact_of(assistant, FAIR)


def answer_of(assistant, text: str, *figures: Computed, question: str = "問い"):
    return verify(question, Draft("answered", None, (DraftSentence(text, computed=figures),)), assistant.index)


def outcome(assistant, text: str, *figures: Computed, question: str = "問い") -> tuple[str, str | None]:
    answer = answer_of(assistant, text, *figures, question=question)
    return answer.status, answer.reason


def test_a_sum_is_printed_with_its_formula_and_its_operands(assistant, two):
    answer = answer_of(assistant, SUM, computed("sum", two))
    assert answer.text == (
        f"「{SHOP}」と「{FAIR}」の当初予算額の合計は、128,017千円（1億2,801万7千円）です"
        "（計算式：120,517千円＋7,500千円＝128,017千円）[1][2]。"
    )
    assert [(one.kind, one.yen) for one in answer.figures] == [
        ("budget", 120_517_000), ("budget", 7_500_000), ("sum", 128_017_000),
    ]  # fmt: skip
    last = answer.figures[-1]
    assert last.fact_id == "+".join(fact.fact_id for fact in two)
    assert (last.formula, last.marker, last.unit) == ("120,517千円＋7,500千円＝128,017千円", 1, None)
    assert faults(answer, assistant.index, CORPUS) == []


@pytest.mark.parametrize(
    ("how", "text", "printed"),
    [
        ("ratio", "「{0}」の予算額は、「{1}」の{{=0}}です。", "16.07倍"),
        ("difference", "「{0}」のほうが、「{1}」より{{=0}}多いです。", "113,017千円（1億1,301万7千円）"),
        ("difference", "「{0}」と「{1}」の予算額の差は、{{=0}}です。", "113,017千円（1億1,301万7千円）"),
        ("share", "「{1}」の予算額に占める「{0}」の割合は、{{=0}}です。", None),
        ("most", "予算額が大きいのは「{0}」で、{{=0}}です。", "120,517千円（1億2,051万7千円）"),
    ],
)
def test_each_way_of_computing_has_its_words(assistant, two, how, text, printed):
    figure = computed(how, two)
    if printed is None:  # a part is no greater than its whole
        assert figure is None
        return
    answer = answer_of(assistant, text.format(SHOP, FAIR), figure)
    assert answer.status == "answered"
    assert printed in answer.text
    assert faults(answer, assistant.index, CORPUS) == []


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ("ratio", "「{1}」の予算額は、「{0}」の{{=0}}です。"),  # the other way round
        ("ratio", "「{0}」の{{=0}}が「{1}」です。"),
        ("difference", "「{1}」のほうが、「{0}」より{{=0}}多いです。"),
        ("difference", "「{0}」より「{1}」のほうが{{=0}}多いです。"),
        ("difference", "「{0}」は、「{1}」より{{=0}}少ないです。"),
        ("difference", "「{0}」と「{1}」の予算額の合計は、{{=0}}です。"),  # called something else
        ("sum", "「{0}」と「{1}」の予算額の差は、{{=0}}です。"),
        ("sum", "「{0}」と「信用補完対策費」の予算額の合計は、{{=0}}です。"),  # another operand's name
        ("sum", "「{0}」、「{1}」、「信用補完対策費」の予算額の合計は、{{=0}}です。"),
        ("sum", "「{0}」と「{1}」の補助上限額の合計は、{{=0}}です。"),  # another kind
        ("sum", "「{0}」と「{1}」の国庫の合計は、{{=0}}です。"),
        ("sum", "「{0}」と「{1}」の令和3年度の予算額の合計は、{{=0}}です。"),  # another year
        ("sum", "群馬県の「{0}」と「{1}」の予算額の合計は、{{=0}}です。"),  # another region
        ("sum", "「{0}」と「{1}」の概算要求額の合計は、{{=0}}です。"),  # another stage
        ("sum", "「{0}」と「{1}」の予算額の合計は、{{=0}}ではありません。"),
        ("sum", "「{0}」と「{1}」の予算額の合計は、{{=0}}と過去最高です。"),  # words of no account
        ("sum", "「{0}」と「{1}」の予算額の合計は、およそ{{=0}}の半分です。"),
        ("sum", "「{0}」と「{1}」の予算額の合計は、{{=0}}、上限は500万円です。"),  # another figure
        ("sum", "「{0}」と「{1}」の予算額は、{{=0}}です。"),
        ("most", "予算額が小さいのは「{0}」で、{{=0}}です。"),
        ("most", "予算額が大きいのは「{1}」で、{{=0}}です。"),
        ("most", "予算額が大きいのは「{0}」、小さいのは「{0}」で、{{=0}}です。"),
    ],
)
def test_wrong_words_around_a_right_figure_are_refused(assistant, two, how, text):
    assert outcome(assistant, text.format(SHOP, FAIR), computed(how, two)) == REFUSED


def test_a_rank_is_that_of_its_first_operand(assistant, two):
    text = f"予算額が大きいのは「{FAIR}」で、{{=0}}です。"
    assert computed("most", two[::-1]) is None
    assert outcome(assistant, text, Computed("most", two[::-1], "", two[1].yen, None, "千円")) == REFUSED


@pytest.mark.parametrize(
    "changes",
    [
        {"yen": 128_018_000},
        {"text": "128,018千円"},
        {"text": "128,017千円（1億2,801万8千円）"},
        {"text": "約128,017千円"},
        {"text": "128,017千円以上"},
        {"text": "128,017"},
        {"text": ""},
        {"yen": None, "number": 128_017.0, "unit": "千円"},
        {"how": "difference"},
        {"how": "product"},
        {"how": "magic"},
        {"of": ()},
        {"said": tuple(find_figures("300万円"))},
    ],
)
def test_a_forged_figure_is_refused(assistant, two, changes):
    assert outcome(assistant, SUM, dataclasses.replace(computed("sum", two), **changes)) == REFUSED


def test_forged_operands_are_refused(assistant, two):
    right = computed("sum", two)
    shop, fair = two
    for other in (dataclasses.replace(fair, yen=8_500_000), dataclasses.replace(fair, fact_id="made-up")):
        again = Computed("sum", (shop, other), right.text, worked_out("sum", (shop, other)))
        assert outcome(assistant, SUM, dataclasses.replace(again, yen=right.yen)) == REFUSED
        yen = int(worked_out("sum", (shop, other)) or 0)
        assert outcome(assistant, SUM, Computed("sum", (shop, other), f"{yen:,}円", yen)) == REFUSED
    assert worked_out("sum", (shop, shop)) is None


def test_slots_are_just_the_computed_figures(assistant, two):
    right = computed("sum", two)
    assert outcome(assistant, SUM) == REFUSED
    assert outcome(assistant, SUM.replace("{=0}", "5億円"), right) == REFUSED
    assert outcome(assistant, SUM.replace("{=0}", "{=0}{=1}"), right) == REFUSED
    assert outcome(assistant, SUM, right, right) == REFUSED


def test_a_computed_figure_stands_with_no_other_slot(assistant, two):
    sentence = DraftSentence(f"「{SHOP}」は{{0}}、合計は{{=0}}です。", two[:1], computed=(computed("sum", two),))
    answer = verify("問い", Draft("answered", None, (sentence,)), assistant.index)
    assert (answer.status, answer.reason) == REFUSED


def test_amounts_in_unlike_units_are_reckoned_by_value(assistant):
    one, other = fact_of(assistant, "中小企業連携組織対策推進事業"), fact_of(assistant, "連携組織対策費")
    more = computed("difference", (one, other))
    assert more.text == "6億7,165万4千円"
    text = "「中小企業連携組織対策推進事業」のほうが、「連携組織対策費」より{=0}多いです。"
    answer = answer_of(assistant, text, more)
    assert "（計算式：8億円－1億2,834万6千円＝6億7,165万4千円）" in answer.text
    assert faults(answer, assistant.index, CORPUS) == []


def test_a_cost_is_the_askers_own(assistant):
    facts = assistant.index.facts(program="ロボット導入促進")
    rate = next(fact for fact in facts if fact.kind == "subsidy_rate")
    limit = next(fact for fact in facts if fact.kind == "subsidy_limit")
    cost = find_figures("300万円")[0]
    paid = computed("lesser", (rate, limit), (cost,))
    text = "「ロボット導入促進」の「ロボット導入実証」は、300万円の費用なら、最大{=0}です。"
    answer = answer_of(assistant, text, paid, question="300万円の機械ならいくら出ますか")
    assert "最大100万円です（計算式：300万円×1/2と上限1,000千円の小さいほう＝100万円）" in answer.text
    assert faults(answer, assistant.index, CORPUS, "300万円の機械ならいくら出ますか") == []
    assert outcome(assistant, text, paid, question="いくら出ますか") == REFUSED
    assert outcome(assistant, text.replace("300", "500"), paid, question="300万円の機械なら?") == REFUSED
    assert outcome(assistant, text, dataclasses.replace(paid, how="product"), question="300万円なら?") == REFUSED


def test_an_increase_is_from_an_earlier_year_to_a_later_one(assistant):
    name = "事業承継・世代交代集中支援事業"
    program = next(one for one in assistant.index.programs.values() if one.program == "部合計")
    facts = {fact.kind.value: fact for fact in assistant.index.facts_of(program.id)}
    less = computed("difference", (facts["budget_previous"], facts["budget"]))
    text = "「部合計」の予算額は、令和元年度と比べて、令和2年度は{=0}減っています。"
    assert outcome(assistant, text, less) == ("answered", None)
    assert outcome(assistant, text.replace("減って", "増えて"), less) == REFUSED
    assert outcome(assistant, text.replace("部合計", name), less) == REFUSED


def test_a_share_says_part_and_whole(assistant):
    facts = assistant.index.facts(program="ロボット導入促進")
    whole = next(fact for fact in facts if fact.kind == "budget")
    part = next(fact for fact in facts if fact.kind == "breakdown" and fact.subprogram == "ロボット導入支援")
    share = computed("share", (part, whole))
    text = "「ロボット導入促進」の予算額に占める「ロボット導入支援」の割合は、{=0}です。"
    assert "42.5%" in answer_of(assistant, text, share).text
    for number, said in ((42.6, "42.6%"), (42.0, "42%"), (57.5, "57.5%")):
        assert outcome(assistant, text, dataclasses.replace(share, number=number, text=said)) == REFUSED
    finer = computed("share", (part, whole), places=2)
    assert finer.text == "42.50%"
    assert outcome(assistant, text, finer) == ("answered", None)


@pytest.fixture(scope="module")
def amounts(assistant) -> list[Fact]:
    return [fact for fact in assistant.index.facts() if fact.kind in AMOUNTS and fact.yen is not None]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_other_value_passes(assistant, amounts, data):
    of = tuple(data.draw(st.lists(st.sampled_from(amounts), min_size=2, max_size=4, unique_by=lambda one: one.fact_id)))
    how = data.draw(st.sampled_from(["sum", "difference", "ratio", "share"]))
    names = "、".join(f"「{fact.program}」" for fact in of)
    words = {"sum": "合計", "difference": "差", "ratio": "比率", "share": "割合"}[how]
    right = worked_out(how, of)
    yen = data.draw(st.integers(0, 10**11))
    if right is None or right != yen:
        forged = Computed(how, of, f"{yen:,}円", yen=yen)
        assert outcome(assistant, f"{names}の予算額の{words}は、{{=0}}です。", forged) == REFUSED
