"""The records: frozen, in the contract's order, plain as JSON."""

import dataclasses
import json

import pytest

from assistant import records
from assistant.records import Answer, Citation, Fact, FactKind, Figure, FigureKind, Turn, to_json

ALL = [one for one in vars(records).values() if isinstance(one, type) and dataclasses.is_dataclass(one)]
KINDS = (
    "budget budget_previous budget_revised budget_change funding_national funding_other funding_general breakdown "
    "subsidy_rate subsidy_limit limit_addition loan_limit loan_pool loan_rate guarantee_rate loan_term target count "
    "period phone other"
)
FIGURES = "money rate percent count duration period year phone"


@pytest.mark.parametrize("record", ALL, ids=lambda one: one.__name__)
def test_a_record_is_frozen_small_and_explained(record):
    assert record.__dataclass_params__.frozen
    assert "__slots__" in vars(record)
    assert record.__doc__


def test_there_is_a_record_a_stage():
    assert {one.__name__ for one in ALL} >= {
        "Document", "Program", "Passage", "Figure", "Fact", "Query", "Hit", "Draft", "Answer", "Citation",
    }  # fmt: skip


def test_the_kinds_are_the_contracts():
    assert " ".join(FactKind) == KINDS
    assert " ".join(FigureKind) == FIGURES


def test_json_is_plain_and_in_order(assistant):
    answer = assistant.ask("事業承継で使える補助率は?")
    plain = to_json(answer)
    assert list(plain) == [field.name for field in dataclasses.fields(Answer)]
    assert list(plain["citations"][0]) == [field.name for field in dataclasses.fields(Citation)]
    assert json.loads(json.dumps(plain, ensure_ascii=False)) == plain


def test_kinds_become_words():
    figure = Figure("1/2", FigureKind.RATE, 0, 3, number=0.5)
    assert type(to_json(figure)["kind"]) is str
    assert to_json(figure)["kind"] == "rate"
    assert to_json(Turn("user", "補助率は")) == {"role": "user", "content": "補助率は"}


def test_each_fact_is_as_the_contract_says(assistant):
    for fact in assistant.index.facts():
        assert isinstance(fact, Fact)
        assert type(fact.yen) in (int, type(None))
        assert fact.yen is None or (fact.yen_min, fact.yen_max) == (None, None)
        assert 1 <= fact.line_start <= fact.line_end
        assert fact.text in fact.quote
        assert "suspect" not in fact.flags or fact.note
        assert fact.number is None or round(fact.number, 4) == fact.number
