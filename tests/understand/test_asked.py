"""What a question asks for, in everyday, blunt, polite, dialect and English words, and what asks for nothing."""

import re
from pathlib import Path

import pytest

from assistant.lexicon import table
from assistant.understand.asked import asked_kinds, intent_of

_ROWS = (Path(__file__).parents[1] / "data" / "query" / "kinds.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [(row.split("\t")[0], set(filter(None, row.split("\t")[1].split(",")))) for row in _ROWS]


@pytest.mark.parametrize(("question", "kinds"), ROWS, ids=[question for question, _ in ROWS])
def test_kinds(question, kinds):
    assert {kind.value for kind in asked_kinds(question).kinds} == kinds


def test_the_table_has_many_ways_of_asking():
    assert len(ROWS) >= 110
    assert len({question for question, _ in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    "question",
    ["いくら", "なんぼですか", "何円", "いかほどでしょう", "額は", "どのくらい?", "700万だったか750万だったか忘れた"],
)
def test_how_much_without_saying_of_what(question):
    asking = asked_kinds(question)
    assert (asking.kinds, asking.open_amount) == ((), True)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("R5でいくら? そのうち国費は?", "budget"),
        ("いくら出ますか、あと率は何割", "subsidy_limit"),
        ("補助率と予算", "subsidy_rate"),
        ("予算と補助率", "budget"),
        ("普通の工場なら何%でいくらまで", "subsidy_rate"),
        ("三年目は固定資産税の何%?", "subsidy_rate"),
        ("一人年いくらを何年まで", "subsidy_limit"),
        ("企業の負担はどれくらい", "subsidy_rate"),
    ],
)
def test_kinds_come_in_the_order_of_the_question(question, first):
    assert asked_kinds(question).kinds[0].value == first


@pytest.mark.parametrize("question", ["応募の締切はいつ", "いつまでに申請すれば", "募集期間は"])
def test_a_period_of_applying_is_no_other_one(question):
    asking = asked_kinds(question)
    assert [kind.value for kind in asking.kinds] == ["period"]
    assert "申請" in asking.items


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("上限額、700万だったか750万だったか。どっちだっけ", "figure"),
        ("業態を変える場合はどっちの率?", "figure"),
        ("AとB、どっちが大きい?", "aggregate"),
        ("一番予算が多いのは", "aggregate"),
        ("いちばんの親会社が海外へ移った。予算は", "figure"),
    ],
)
def test_what_is_compared(question, intent):
    assert intent_of(question, True, False) == intent


def test_every_pattern_reads():
    rules = table("questions")
    patterns = [pattern for entry in rules["ask"] for pattern in entry.get("patterns", ())]
    for name in ("hidden", "open_amount", "compares", "premise", "probe", "off_topic", "strange"):
        for value in rules[name].values():
            patterns += [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]
    assert [re.compile(pattern).pattern for pattern in patterns] == patterns
