"""A turn that reckons within the one program spoken of, over a ground that holds one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.records import FactKind, Query
from assistant.understand.ground import Heard, Names
from assistant.understand.of_one import parts_kept, parts_meant, reckoned_in_one, told_apart
from assistant.understand.pointing import pointing_of

PARTS = ("国内枠", "海外枠")
STATED = {FactKind.SUBSIDY_LIMIT, FactKind.BUDGET}


def read(text: str) -> Query:
    share = "share" if "何割" in text else "difference" if "増え" in text or "差は" in text else None
    return Query(text, "aggregate" if share else "figure", operation=share)


class Fair(Names):
    """A program of two parts that states limits and a budget."""

    def name(self, program: str) -> str:
        return "見本市補助金"

    def parts_said(self, program: str, text: str) -> tuple[str, ...]:
        return tuple(part for part in PARTS if part[:2] in text)

    def states(self, program: str, query: Query, parts=()) -> bool:
        return bool(STATED & set(query.kinds)) and (not parts or FactKind.BUDGET not in query.kinds)


GROUND = Fair(read)
BUDGET = Query("予算は?", "figure", kinds=(FactKind.BUDGET,))
LIMIT = Query("国内の上限は?", "figure", kinds=(FactKind.SUBSIDY_LIMIT,), subprograms=("国内枠",))

RECKONED: list[tuple[str, str | None, tuple[FactKind, ...], str]] = [
    ("全体の何割?", None, (), "見本市補助金のうち全体の何割?"),
    ("どれだけ増えた?", "difference", (), "見本市補助金の予算は前年度と比べてどれだけ増えた?"),
    ("補助率は?", None, (FactKind.SUBSIDY_RATE,), "補助率は?"),
]


@pytest.mark.parametrize(("said", "operation", "kinds", "asked"), RECKONED)
def test_a_turn_about_a_budget_is_read_with_what_it_leaves_out(said, operation, kinds, asked):
    query = replace(read(said), kinds=kinds, operation=operation)
    assert reckoned_in_one(query, BUDGET, ("fair",), pointing_of(said), GROUND).question == asked


def test_of_several_programs_nothing_is_reckoned_here():
    query = read("どれだけ増えた?")
    assert reckoned_in_one(query, BUDGET, ("fair", "other"), pointing_of(query.question), GROUND) is query


def test_the_difference_of_two_parts_that_turns_asked_of():
    heard = [Heard(LIMIT, ("fair",)), Heard(replace(LIMIT, question="海外は?", subprograms=("海外枠",)), ("fair",))]
    told = told_apart(pointing_of("差は?"), read("差は?"), (), heard, GROUND)
    assert told is not None
    assert (told.kinds, told.operation, told.subprograms) == ((FactKind.SUBSIDY_LIMIT,), "difference", PARTS)
    assert told_apart(pointing_of("差は?"), read("差は?"), (), heard[:1], GROUND) is None


def test_the_parts_of_a_turn():
    assert parts_meant(LIMIT, "fair", "海外だと?", False, GROUND) == ("海外枠",)
    assert parts_meant(BUDGET, "fair", "海外だと?", True, GROUND) == ()
    assert parts_kept(LIMIT, LIMIT, "fair", (), True, GROUND) == ("国内枠",)
    assert parts_kept(LIMIT, LIMIT, "fair", ("設備",), False, GROUND) == ()
