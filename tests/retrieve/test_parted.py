"""Which kinds of figures count of a program with parts, and what of a question is its topic."""

import datetime as dt
from types import SimpleNamespace

import pytest

from assistant.records import FactKind
from assistant.retrieve.parted import kinds_meant, topic_of
from assistant.understand import understand

TODAY = dt.date(2026, 11, 20)
RATE, LIMIT, BUDGET = FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT, FactKind.BUDGET


def fact(kind, part=None, item=None, condition=None, quote=""):
    return SimpleNamespace(kind=kind, subprogram=part, item=item, condition=condition, quote=quote)


class Held:
    """An index of one program: a rate for its first part, and a second part without any figure."""

    def __init__(self, *, name="湊市商い応援事業", parts=("店先改装補助", "後継者仲人"), facts=(), text=""):
        self.text = text
        self.programs = {"one": SimpleNamespace(program=name, aliases=(), subprograms=parts)}
        self.facts = facts or (
            fact(BUDGET),
            fact(RATE, "店先改装補助", "補助率"),
            fact(LIMIT, "店先改装補助", "上限額", "看板を直す場合"),
        )
        self.kept = {}

    def keep(self, key, make):
        return self.kept.setdefault(key, make())

    def passages_of(self, name):
        return (SimpleNamespace(text=self.text),) if name == "one" else ()

    def kinds_of(self, name):
        return frozenset(one.kind for one in self.facts_of(name))

    def facts_of(self, name):
        return self.facts if name == "one" else ()


@pytest.mark.parametrize(
    ("held", "topic", "kinds"),
    [
        (Held(), {"改装"}, {BUDGET, RATE, LIMIT}),
        (Held(), {"後継者"}, {BUDGET}),  # the part of successors states no rate
        (Held(), {"看板"}, {BUDGET, RATE, LIMIT}),  # the part's case speaks of it
        (Held(), {"後継者", "改装"}, {BUDGET, RATE, LIMIT}),
        (Held(), {"輸出"}, {BUDGET, RATE, LIMIT}),  # nobody knows of which part
        (Held(), set(), {BUDGET, RATE, LIMIT}),
        (Held(text="(1) 店先改装補助\n跡を継いだ後継者も\n(2) 後継者仲人\n"), {"後継者"}, {BUDGET, RATE, LIMIT}),
        (Held(text="(1) 店先改装補助\n看板\n(2) 後継者仲人\n後継者と会う"), {"後継者"}, {BUDGET}),
        (Held(name="湊市後継者応援事業"), {"後継者"}, {BUDGET, RATE, LIMIT}),  # the whole is of successors
        (Held(parts=()), {"後継者"}, {BUDGET, RATE, LIMIT}),
    ],
)
def test_a_rate_of_the_part_beside_it_does_not_count(held, topic, kinds):
    assert kinds_meant("one", frozenset(topic), held) == kinds


@pytest.mark.parametrize(
    ("question", "held", "without"),
    [
        ("店を継がせたいが、使える補助率は?", {"事業承継", "後継者"}, {"店", "商店街"}),
        ("知り合いの店主が店を継がせたがってる。補助率は?", {"事業承継"}, {"店主", "商店街", "小売業"}),
        ("小売店に使える補助は?", {"小売業"}, set()),  # where nothing else is told, the trade is the topic
        ("陶器を海外に売りたい", {"陶器"}, {"事業"}),
    ],
)
def test_who_asks_is_no_topic(assistant, question, held, without):
    topic = topic_of(understand(question, assistant.vocabulary, today=TODAY))
    assert held <= topic
    assert not without & topic
