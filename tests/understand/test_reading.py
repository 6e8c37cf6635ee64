"""What a question asks: kinds, region, year, stage, names, premises, and what it takes over from earlier turns."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import document

from assistant.errors import QuestionError
from assistant.records import Query, Turn
from assistant.understand import Vocabulary, check_question, understand
from assistant.understand.places import places_of

TODAY = dt.date(2026, 11, 20)
_TABLE = Path(__file__).parents[1] / "data" / "query" / "understand.jsonl"
CASES = [json.loads(line) for line in _TABLE.read_text(encoding="utf-8").splitlines()]
FIELDS = {"stage": "stage", "part": "subprograms", "open": "open_amount", "intent": "intent", "carried": "carried"}


def alone(question: str, today: dt.date = TODAY) -> Query:
    """A question read where no program is known."""
    return understand(question, Vocabulary([]), today=today)


def read(assistant, question: str, history: list[str] = ()) -> Query:
    turns = [Turn("user", text) for text in history]
    return understand(question, assistant.vocabulary, history=turns, today=TODAY)


PLACES: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    ("小川市の空き店舗の補助率は", ("小川市",), ()),
    ("青空県小川市の空き店舗の補助率は", ("小川市",), ()),
    ("地域未来省の概算要求額は", ("国",), ()),
    ("仙台市の融資の限度額は", ("宮城県仙台市",), ()),
    ("宮城県の融資の限度額は", ("宮城県",), ()),
    ("大川町の空き店舗の補助率は", (), ("大川町",)),
    ("空き店舗の補助率は", (), ()),
]


@pytest.mark.parametrize(("question", "regions", "towns"), PLACES)
def test_places_are_those_of_the_documents_or_strange(question, regions, towns):
    publishers = (("小川市", "小川市"), ("地域未来省", "国"), ("仙台市", "宮城県仙台市"))
    held = [replace(document("本文"), publisher=publisher, region=region) for publisher, region in publishers]
    query = understand(question, Vocabulary([], places_of(held)), today=TODAY)
    assert (query.regions, query.towns) == (regions, towns)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["q"][:30])
def test_a_question_is_read(assistant, case):
    query = read(assistant, case["q"], case.get("history", []))
    assert set(query.regions) == set(case.get("regions", []))
    assert query.fiscal_year == case.get("year")
    names = {assistant.index.programs[name].program for name in query.named}
    assert names >= set(case.get("named", [])) if case.get("loose") else names == set(case.get("named", []))
    asked = [kind.value for kind in query.kinds]
    if "kinds" in case:
        assert set(asked) >= set(case["kinds"]) if case.get("loose") else set(asked) == set(case["kinds"])
    for name, field in FIELDS.items():
        if name in case:
            assert getattr(query, field) == ((case[name],) if name == "part" else case[name]), name
    assert query.places == tuple(case.get("places", []))
    if "premises" in case:
        assert [figure.text for figure in query.premises] == case["premises"]


def test_the_table_is_as_large_as_it_should_be():
    assert len({json.dumps(case, sort_keys=True) for case in CASES}) >= 80


def test_kinds_come_in_the_order_of_the_question(assistant):
    first = [kind.value for kind in read(assistant, "補助率と融資利率は").kinds]
    assert first == ["subsidy_rate", "loan_rate"]
    assert [kind.value for kind in read(assistant, "融資利率と補助率は").kinds] == first[::-1]


@pytest.mark.parametrize("question", ["補助率は", "補助率 は", "補助率ハ", "補助率？？？", "補助率!", "ほかに補助率は"])
def test_typing_does_not_matter(assistant, question):
    assert [kind.value for kind in read(assistant, question).kinds] == ["subsidy_rate"]


# ---- the clock ----


@pytest.mark.parametrize(
    ("today", "word", "year"),
    [
        (dt.date(2026, 3, 31), "今年度", "令和7年度"),
        (dt.date(2026, 4, 1), "今年度", "令和8年度"),
        (dt.date(2026, 12, 31), "今年度", "令和8年度"),
        (dt.date(2027, 1, 1), "今年度", "令和8年度"),
        (dt.date(2020, 4, 1), "今年度", "令和2年度"),
        (dt.date(2020, 3, 31), "今年度", "令和元年度"),
        (dt.date(2020, 5, 5), "昨年度", "令和元年度"),
        (dt.date(2021, 5, 5), "一昨年度", "令和元年度"),
        (dt.date(2026, 3, 31), "来年度", "令和8年度"),
    ],
)
def test_a_fiscal_year_starts_in_april(today, word, year):
    query = alone(f"{word}の補助率は", today)
    assert query.fiscal_year == year
    assert [kind.value for kind in query.kinds] == ["subsidy_rate"]


@pytest.mark.parametrize(
    "text", ["5年以内に返す", "3年間の計画", "10年度目標", "第2期計画", "2000件の目標", "03-3501-2876", "1/2"]
)
def test_what_is_no_year_of_a_budget(text):
    assert alone(text).fiscal_year is None


def test_a_year_before_the_last_is_not_the_last(assistant):
    assert read(assistant, "一昨年度の補助率").fiscal_year == "令和6年度"


# ---- places ----

PREFECTURES = (_TABLE.parent / "prefectures.txt").read_text(encoding="utf-8").split()


def test_there_are_47_prefectures():
    assert len(PREFECTURES) == 47


@pytest.mark.parametrize("prefecture", PREFECTURES)
def test_a_prefecture_is_known_by_both_of_its_names(prefecture):
    short = prefecture if prefecture == "北海道" else prefecture[:-1]
    for name in (prefecture, short):
        query = alone(f"{name}の補助率は?")
        assert query.regions == (prefecture,)
        assert query.words == ()  # it is no word to search for


@pytest.mark.parametrize("text", ["補助率は?", "県の予算", "市町村への補助", "かごしま産業支援センター", "商店街"])
def test_what_is_no_region(text):
    assert alone(text).regions == ()


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("概算要求額は", "概算要求"),
        ("当初予算額", "当初予算"),
        ("補正予算で", "補正予算"),
        ("予算は", None),
        ("補助率は", None),
    ],
)
def test_stages(text, stage):
    assert alone(text).stage == stage


# ---- words that ask ----


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("補助限度額", {"subsidy_limit", "limit_addition"}),
        ("融資限度額", {"loan_limit"}),
        ("保証料率", {"guarantee_rate"}),
        ("前年度予算", {"budget_previous"}),
        ("事業期間", {"period"}),
        ("融資期間", {"loan_term"}),
        ("財源内訳", {"funding_national", "funding_other", "funding_general"}),
    ],
)
def test_a_longer_word_hides_the_shorter_ones_in_it(text, kinds):
    assert {kind.value for kind in alone(f"{text}は").kinds} == kinds


@pytest.mark.parametrize("text", ["いくら", "金額は", "どのくらい"])
def test_how_much_of_nothing_in_particular(text):
    query = alone(text)
    assert (query.kinds, query.open_amount) == ((), True)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("3億円ですよね", "check"),
        ("3億円でしょう", "check"),
        ("そうですよね", "open"),
        ("一覧を見せて", "list"),
        ("窓口は", "where"),
        ("条件は", "who"),
        ("了解", "thanks"),
        ("もしもし", "greeting"),
        ("補助率の窓口は", "figure"),
    ],
)
def test_intents(text, intent):
    assert alone(text).intent == intent


# ---- what can be read at all ----


@pytest.mark.parametrize("text", ["", " ", "　\n\t", "\x00\x01", "\u200b\ufeff", "\ud800", "\u202e"])
def test_nothing_readable_is_refused_in_one_line(text):
    with pytest.raises(QuestionError) as refused:
        check_question(text)
    assert "\n" not in str(refused.value)
    assert refused.value.hint


@pytest.mark.parametrize("length", [4_001, 100_000])
def test_too_long_is_refused_in_one_line(length):
    with pytest.raises(QuestionError) as refused:
        check_question("補" * length)
    assert f"{length:,}" in str(refused.value)
    assert len(str(refused.value)) < 200


def test_the_longest_question_is_read():
    assert len(check_question("補" * 4_000)) == 4_000


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("補助\x00率\x1bは", "補助率は"),
        ("  補助率  ", "補助率"),
        ("補\u200b助\ud800率", "補助率"),
        ("一\n二\t三", "一\n二\t三"),
    ],
)
def test_control_characters_go(text, plain):
    assert check_question(text) == plain


def test_only_the_asker_is_listened_to(assistant):
    turns = [Turn("user", "信用補完対策費の予算は"), Turn("assistant", "「連携組織対策費」は128,346千円です。")]
    query = understand("予算は？", assistant.vocabulary, history=turns, today=TODAY)
    assert [assistant.index.programs[name].program for name in query.named] == ["信用補完対策費"]


def test_a_newer_turn_wins(assistant):
    query = read(assistant, "予算は？", ["信用補完対策費は", "連携組織対策費は"])
    assert [assistant.index.programs[name].program for name in query.named] == ["連携組織対策費"]


def test_unreadable_history_does_no_harm(assistant):
    query = read(assistant, "予算は？", ["", "\x00", "あ" * 10_000, "😀"])
    assert [kind.value for kind in query.kinds] == ["budget"]
    assert query.named == ()


def test_without_names_nothing_is_named():
    assert Vocabulary([]).find("信用補完対策費の予算は") == ((), (), ())


@settings(max_examples=150, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        query = understand(text, Vocabulary([]), today=TODAY)
    except QuestionError:
        return
    assert query.named == ()
    assert all(figure.text in query.question for figure in query.premises)


@settings(max_examples=80, deadline=None)
@given(
    before=st.sampled_from(["", "群馬県の", "令和2年度の", "えっと、", "「"]),
    after=st.sampled_from(["", "の予算は?", "」の補助率", "について教えて", "、お願いします"]),
    number=st.integers(min_value=0),
)
def test_a_name_is_found_wherever_it_stands(assistant, before, after, number):
    programs = [
        program
        for program in assistant.index.programs.values()
        if program.role == "program" and len(program.program) > 8 and not set("()（）【】") & set(program.program)
    ]
    program = programs[number % len(programs)]
    assert program.id in read(assistant, f"{before}{program.program}{after}").named
