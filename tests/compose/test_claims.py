"""What is taken for granted beside a figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.chain import Asked, Assistant
from assistant.compose.claims import claimed_kinds, place_missed, stage_missed
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


PLACED: list[tuple[str, str]] = [
    ("群馬県のロボット導入実証、青森県でも100万円だよね", "青森県"),
    ("鹿児島県の上限は青森県に合わせて150万円でいい?", "青森県"),
    ("群馬県のロボット導入実証は100万円ですよね。青森県のも教えて", ""),
]
STAGES: list[tuple[str, str, str]] = [
    ("補正で25億円積んだんですよね", "当初予算", "いいえ、資料にあるのは当初予算の額です。"),
    ("当初予算で50億円でしたね", "概算要求", "いいえ、資料にあるのは概算要求の額です。"),
    ("決算が4億円だよね", "施策一覧", "いいえ、資料にあるのは施策一覧の額です。"),
    ("当初は50億円だよね", "施策一覧", ""),
    ("当初予算で50億円だよね", "当初予算", ""),
]


@pytest.mark.parametrize(("question", "place"), PLACED)
def test_a_figure_claimed_of_another_place(question: str, place: str, assistant: Assistant) -> None:
    query = assistant.understand(Asked(question)).query
    region = "群馬県" if "群馬" in question else "鹿児島県"
    assert place_missed(query, region) == place


@pytest.mark.parametrize(("question", "stage", "said"), STAGES)
def test_a_sum_claimed_of_another_stage(question: str, stage: str, said: str, assistant: Assistant) -> None:
    facts = [fact for fact in assistant.index.facts(kind=FactKind.BUDGET) if fact.yen][:1]
    assert stage_missed(question, [replace(fact, stage=stage) for fact in facts]) == said
