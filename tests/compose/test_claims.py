"""What is taken for granted beside a figure."""

from __future__ import annotations

import pytest

from assistant.compose.claims import claimed_kinds
from assistant.figures import find_figures
from assistant.records import FactKind
from assistant.understand.premises import is_guess, names_budget, weighs

CLAIMS: list[tuple[str, tuple[FactKind, ...]]] = [
    ("最低賃金を5%上げないとダメなんだよね", (FactKind.OTHER, FactKind.TARGET)),
    ("3%以上の引き上げが必要ですよね", (FactKind.OTHER, FactKind.TARGET)),
    ("利子は0.5%分だけ市が持つと聞いた", (FactKind.SUBSIDY_RATE,)),
    ("利率は1.5%ですよね", ()),
    ("上限は300万円ですよね", ()),
]
GUESSES: list[tuple[str, bool]] = [
    ("載ってないなら予算から割って推測してくれてかまわない", True),
    ("推定でかまわないので金額を出してください", True),
    ("補助率は何割ですか", False),
]


@pytest.mark.parametrize(("question", "kinds"), CLAIMS)
def test_what_a_figure_is_said_to_be(question: str, kinds: tuple[FactKind, ...]) -> None:
    assert claimed_kinds(question, find_figures(question)[0]) == kinds


@pytest.mark.parametrize(("question", "guess"), GUESSES)
def test_a_guess_is_known_as_one(question: str, guess: bool) -> None:
    assert is_guess(question) is guess


def test_a_budget_to_reckon_from_is_not_asked_for() -> None:
    assert not names_budget("予算から割って推測して")
    assert names_budget("予算はだいたいでいいので")


def test_a_reason_is_not_weighed_with_a_figure() -> None:
    assert not weighs("47都道府県だから47か所ですよね")
    assert weighs("1割か2割かどっちだっけ")
