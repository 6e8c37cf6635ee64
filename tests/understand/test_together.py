"""Turns that reckon with what was spoken of before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.records import Query
from assistant.understand.ground import Heard, Names
from assistant.understand.pointing import pointing_of
from assistant.understand.together import beside_earlier, operation_in, spoken_of, stems

EMPTY = Query("", "open")
OPERATIONS: list[tuple[str, str | None]] = [
    ("2つの開きは", "difference"),
    ("小口資金に替えたら、いくら余計に借りられる", "difference"),
    ("人材育成もまぜて計算すると合計どうなる", "sum"),
    ("ぜんぶ足すと何者かな", "sum"),
    ("青森のと見比べたい", "compare"),
    ("がんの事業の何倍ですか", "ratio"),
    ("それは課の予算の何%分に当たる", "share"),
    ("期間は?", None),
]
# what was told, what the turn names, what is reckoned with
BESIDE: list[tuple[list[str], str, tuple[str, ...], tuple[str, ...]]] = [
    (["A", "B"], "これにCも足して、3本でなんぼ", ("C",), ("A", "B", "C")),
    (["A", "B"], "Cもまぜて計算すると合計どうなる", ("C",), ("A", "B", "C")),
    (["A", "B"], "これにCを足すと", ("C",), ("B", "C")),
    (["A"], "Cの何倍ですか", ("C",), ("A", "C")),
    (["A"], "Cはその何倍になる?", ("C",), ("C", "A")),
    (["A"], "Cに替えたら、いくら余計に借りられる", ("C",), ("A", "C")),
    (["A"], "Cの補助率は?", ("C",), ()),
    (["A"], "Cは去年よりいくら増えた?", ("C",), ()),
]


class Called(Names):
    """A ground in which a program is called by its id."""

    def name(self, program: str) -> str:
        return program


GROUND = Called(lambda text: EMPTY)


@pytest.mark.parametrize(("turn", "operation"), OPERATIONS)
def test_what_a_turn_reckons(turn: str, operation: str | None) -> None:
    assert operation_in(pointing_of(turn), EMPTY) == operation


@pytest.mark.parametrize(("told", "turn", "named", "programs"), BESIDE)
def test_a_named_program_is_reckoned_with_earlier_ones(
    told: list[str], turn: str, named: tuple[str, ...], programs: tuple[str, ...]
) -> None:
    heard = [Heard(EMPTY, (one,)) for one in told]
    alone = replace(EMPTY, question=turn, named=named)
    assert beside_earlier(pointing_of(turn), alone, heard, GROUND) == programs


def test_programs_are_kept_in_the_order_last_told() -> None:
    assert spoken_of([Heard(EMPTY, (one,)) for one in "ABA"]) == ["B", "A"]


def test_a_variant_in_brackets_is_meant_only_where_it_is_said() -> None:
    both = ("立地補助", "立地補助(増設分)")
    assert stems(both, GROUND, "立地補助と比べて") == ("立地補助",)
    assert stems(both, GROUND, "増設のほうと比べて") == both
    assert stems(("甲", "乙(丙)"), GROUND, "") == ("甲", "乙(丙)")
