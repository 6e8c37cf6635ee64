"""Which of what was spoken of a turn means, over a ground of two programs."""

from __future__ import annotations

import pytest

from assistant.records import FactKind, Query
from assistant.understand.choosing import asked_alike, greatest_of, listed_anew, other_of, other_part_of, turned_round
from assistant.understand.ground import Heard, Home, Names
from assistant.understand.pointing import pointing_of

RATE = (FactKind.LOAN_RATE,)
BOTH = {"small": "小口資金", "plain": "一般資金"}


class Funds(Names):
    """Two funds of one office, the first with two parts."""

    def name(self, program: str) -> str:
        return BOTH[program]

    def home(self, program: str) -> Home:
        return Home("青瀬県", "令和8年度")

    def office(self, program: str) -> str:
        return "金融課"

    def other_of_two(self, program: str, text: str, words) -> str | None:
        return next(one for one in BOTH if one != program) if "資金" in text else None

    def other_part(self, program: str, part: str) -> str | None:
        return "設備枠" if part == "運転枠" else None


GROUND = Funds(lambda text: Query(text, "open"))
SMALL = Heard(Query("小口資金の利率は?", "figure", kinds=RATE), ("small",))
PLAIN = Heard(Query("一般資金は?", "figure", kinds=RATE), ("plain",))
LIMIT = Heard(Query("小口資金の上限は?", "figure", kinds=(FactKind.LOAN_LIMIT,)), ("small",))
LISTED = Heard(Query("資金は?", "list"), ("small", "plain"))

OTHER: list[tuple[str, list[Heard], tuple[str, ...] | None]] = [
    ("もう一つの資金は?", [SMALL], ("plain",)),
    ("もう片方は?", [SMALL, PLAIN], ("small",)),
    ("もう一つのほうは?", [LISTED, SMALL], ("plain",)),
    ("もう一つの制度は?", [SMALL], ()),
    ("もう一つ質問です", [SMALL], None),
]


@pytest.mark.parametrize(("said", "heard", "other"), OTHER)
def test_the_other_one_of_two(said, heard, other):
    assert other_of(pointing_of(said), (), heard, GROUND) == other


GREATEST: list[tuple[str, list[Heard], tuple[str, ...]]] = [
    ("一番低いのはどれ?", [SMALL, PLAIN], ("small", "plain")),
    ("一番低いのはどれ?", [LISTED], ("small", "plain")),
    ("一番低いのはどれ?", [LIMIT, PLAIN], ()),
    ("期間は?", [SMALL, PLAIN], ()),
]


@pytest.mark.parametrize(("said", "heard", "named"), GREATEST)
def test_the_greatest_of_what_was_asked_alike(said, heard, named):
    alone = Query(said, "open", kinds=RATE, operation="rank")
    query = greatest_of(pointing_of(said), alone, (), heard)
    assert (query.named if query else ()) == named


def test_the_same_set_by_its_other_end():
    heard = [Heard(Query("農政の柱で最も大きい事業は?", "aggregate", operation="rank"), ("small",))]
    turned = turned_round(pointing_of("では一番少ないのは?"), (), heard, GROUND)
    assert turned is not None
    assert turned.question == "農政の柱で最も少ない事業は?"
    assert turned_round(pointing_of("では一番少ないのは?"), (), [SMALL], GROUND) is None


def test_the_other_part_of_a_program():
    heard = Heard(Query("運転枠は?", "figure", subprograms=("運転枠",)), ("small",))
    assert other_part_of(pointing_of("もう一つの枠は?"), (), [heard], GROUND) == "設備枠"
    assert other_part_of(pointing_of("もう一つの枠は?"), (), [PLAIN], GROUND) is None


LISTS: list[tuple[str, str | None]] = [
    ("同じ課の他の事業は?", "青瀬県の金融課が担当する事業の一覧は?"),
    ("ほかにも減ったのある?", "青瀬県で予算が減った事業はどれ?"),
    ("ほかに新規のは?", "青瀬県で新規事業はどれ?"),
    ("期間は?", None),
]


@pytest.mark.parametrize(("said", "asked"), LISTS)
def test_others_of_the_place_spoken_of(said, asked):
    query = listed_anew(pointing_of(said), [SMALL], GROUND)
    assert (query.question if query else None) == asked


def test_what_was_asked_in_words_is_asked_of_the_other_program():
    earlier = Query("小口資金は誰が対象?", "open")
    query = Query("一般資金は?", "open", named=("plain",))
    assert asked_alike(query, earlier, ("small",), GROUND).question == "一般資金は誰が対象?"
    assert asked_alike(query, SMALL.query, ("small",), GROUND) is query
