"""The kind that a short turn means of the program spoken of."""

from __future__ import annotations

import pytest

from assistant.records import FactKind, Query
from assistant.understand.ground import Heard, Names
from assistant.understand.pointing import pointing_of
from assistant.understand.said_kind import with_kind_said

STATED = {FactKind.LOAN_POOL, FactKind.LIMIT_ADDITION, FactKind.BUDGET_REVISED}


class Fund(Names):
    """A program that states a pool, an addition and a revised budget."""

    def states(self, program: str, query: Query, parts=()) -> bool:
        return bool(STATED & set(query.kinds))


GROUND = Fund(lambda text: Query(text, "open"))
TOPIC = Heard(Query("予算は?", "figure"), ("fund",))

SAID: list[tuple[str, tuple[FactKind, ...], tuple[FactKind, ...]]] = [
    ("新規の枠は?", (), (FactKind.LOAN_POOL,)),
    ("補正は?", (), (FactKind.BUDGET_REVISED,)),
    ("移住者の場合はいくら増える?", (FactKind.BUDGET_CHANGE,), (FactKind.LIMIT_ADDITION,)),
    ("去年よりいくら増えた?", (FactKind.BUDGET_CHANGE,), (FactKind.BUDGET_CHANGE,)),
    ("期間は?", (FactKind.PERIOD,), (FactKind.PERIOD,)),
]


@pytest.mark.parametrize(("said", "asked", "kinds"), SAID)
def test_a_word_that_means_a_kind_of_the_program(said, asked, kinds):
    query = with_kind_said(Query(said, "open", kinds=asked), pointing_of(said), TOPIC, GROUND)
    assert query.kinds == kinds


def test_before_any_program_nothing_is_meant():
    query = Query("新規の枠は?", "open")
    assert with_kind_said(query, pointing_of(query.question), None, GROUND) is query
