"""Recall, its tables, and where another system is ahead: counted by hand on runs made up for it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from eval.peers.one import Hit, Run
from eval.peers.questions import Question
from eval.peers.report import abouts, as_json, better, tables
from eval.peers.run import Left
from eval.peers.score import MEASURES, ahead, gained, recall, scored
from eval.peers.spans import Spot

PAGE: Hit = ("a", 0, 100)
LINE: Hit = ("a", 10, 30)
OTHER: Hit = ("a", 60, 80)
BLANK: Hit = ("b", 0, 5)


def question(
    name: str, *spans: tuple[int, int], type_: str = "direct", need: int | None = None, split: str = "tune"
) -> Question:
    spots = tuple(Spot("a", (span,)) for span in spans)
    return Question(name, type_, split, name, f"{name}?", spots, need or len(spots))


QUESTIONS = [question("q1", (12, 15)), question("q2", (12, 15), (62, 65)), question("q3", (62, 65), type_="everyday")]


def run(name: str, hits: list[list[Hit]], **change: Any) -> Run:
    found = dict(zip(("q1", "q2", "q3"), hits, strict=True))
    made = Run(
        name, f"{name} 1.0: as it comes", 9, 0.5, 1.0, [0.001, 0.003], 200_000_000, 100_000_000, [], found, found
    )
    return replace(made, **change)


OURS = scored(run("ours", [[LINE], [BLANK, LINE, OTHER], []]), QUESTIONS)
PEER = scored(run("peer", [[PAGE], [BLANK, BLANK], [PAGE]], build_seconds=0.25, import_seconds=0.75), QUESTIONS)


@pytest.mark.parametrize(
    ("measure", "ours", "peer"),
    [("@1", [1, 0, 0], [1, 0, 1]), ("@5", [1, 1, 0], [1, 0, 1]), ("within", [1, 1, 0], [1, 0, 1])],
)
def test_recall_is_the_share_of_the_wanted_spots(measure: str, ours: list[float], peer: list[float]) -> None:
    assert OURS.recalls(measure, QUESTIONS) == ours
    assert PEER.recalls(measure, QUESTIONS) == peer
    assert recall(OURS, measure, QUESTIONS).value == pytest.approx(sum(ours) / 3)
    assert ahead(PEER, OURS, measure, QUESTIONS).value == pytest.approx((sum(peer) - sum(ours)) / 3)


def test_only_as_many_spots_as_are_needed_count() -> None:
    asked = question("q1", (12, 15), (62, 65), (200, 205), need=2)
    assert [asked.recall(found) for found in [(True, False, False), (True, True, False), (True,) * 3]] == [0.5, 1, 1]


def test_what_was_returned_is_counted_in_characters() -> None:
    assert OURS.characters("@1") == pytest.approx((20 + 5 + 0) / 3)
    assert OURS.characters("@10") == pytest.approx((20 + 45 + 0) / 3)
    assert (OURS.empty, PEER.empty) == (["q3"], [])


def test_what_one_holds_and_the_other_lacks() -> None:
    assert [one.id for one in gained(PEER, OURS, "@5", QUESTIONS)] == ["q3"]
    assert [one.id for one in gained(OURS, PEER, "@5", QUESTIONS)] == ["q2"]
    assert gained(OURS, OURS, "@5", QUESTIONS) == []


def test_the_tables_have_a_line_for_each_system() -> None:
    shown = "\n\n".join(tables([OURS, PEER], QUESTIONS, 2000))
    assert ["ours", "8", "22", "22", "22", "1"] in [line.split() for line in shown.splitlines()]
    assert [line.split()[0] for line in shown.splitlines() if line].count("ours") == 5
    for part in (
        "2,000 chars",
        "direct (2)",
        "everyday (1)",
        "0.333 (",
        "nothing",
        "ours not silent (2)",
        "1.00 s",
        "200 MB",
    ):
        assert part in shown
    assert "followup" not in shown


def test_what_the_peers_do_better_is_told_with_ids() -> None:
    told = list(better([OURS, PEER], QUESTIONS, 2000))
    assert told == [
        "peer is better than ours in: recall @1 (+0.333, within chance), build (0.25 s to 1.00 s), "
        "questions without any chunk (0 to 1)",
        "  @5, questions with evidence that ours misses: 1, the other way round: 1",
        "    everyday 1 (q3)",
        "  2,000 chars, questions with evidence that ours misses: 1, the other way round: 1",
        "    everyday 1 (q3)",
    ]
    assert list(better([PEER], QUESTIONS, 2000)) == []
    assert next(better([OURS, replace(OURS, run=replace(OURS.run, system="same"))], QUESTIONS, 9)).endswith(
        "nothing that was measured"
    )


def test_ids_are_few_and_of_no_frozen_case() -> None:
    many = [question(f"q{number}", (12, 15), split="frozen" if number in (0, 6) else "tune") for number in range(6)]
    many.append(question("q6", (12, 15), type_="everyday", split="frozen"))
    hits = {one.id: [LINE] for one in many}
    nothing: dict[str, list[Hit]] = {name: [] for name in hits}
    full = scored(replace(PEER.run, first=hits, filled=hits), many)
    none = scored(replace(OURS.run, first=nothing, filled=nothing), many)
    assert "    direct 6 (q1, q2); everyday 1" in list(better([none, full], many, 2000))


def test_every_system_is_described_and_every_absence_told() -> None:
    reached = replace(OURS, run=replace(OURS.run, refused=["example.org"]))
    left = [Left("gone", "gone not installed: pip install '.[peers-gone]'", False), Left("bad", "KeyError: 1", True)]
    assert list(abouts([reached], left)) == [
        "ours: ours 1.0: as it comes; tried to reach example.org",
        "gone: gone not installed: pip install '.[peers-gone]'",
        "bad: FAILED, KeyError: 1",
    ]


def test_the_json_holds_each_question() -> None:
    told = json.loads(json.dumps(as_json([OURS, PEER], [Left("gone", "why", False)], QUESTIONS, 2000)))
    ours = told["systems"][0]
    assert ours["recall_by_question"]["@5"] == {"q1": 1.0, "q2": 1.0, "q3": 0.0}
    assert set(ours["recall"]) == set(MEASURES)
    assert (told["budget"], told["left"][0]["system"], ours["empty"]) == (2000, "gone", ["q3"])
    assert "first" not in ours
