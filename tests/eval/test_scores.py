"""Scores, their intervals and the gate: by hand, by an independent implementation, and by what must hold always."""

from __future__ import annotations

import random
from pathlib import Path

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, R

from assistant.records import Answer
from eval.suite.case import FROZEN, TUNE, Case, Named
from eval.suite.evidence import Evidence
from eval.suite.gate import Baseline, GateProblem, Outcome, baseline_of, fallen, outcomes, read_baseline, write_baseline
from eval.suite.interval import difference, median, share
from eval.suite.judge import ABSTAINED, RIGHT, WRONG, Verdict
from eval.suite.reply import Reply
from eval.suite.scores import METRICS, Score, scores

NONE = (0.0, 0.0)
PARTS = st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.just(1.0)), min_size=1, max_size=40)


def verdict(
    outcome: str, programs: tuple[str, ...] = ("灯台",), ranked: tuple[str, ...] | None = (), **changed: object
) -> Verdict:
    """A verdict of an answerable case about programs of one document, with a ranking."""
    case = Case(
        id="one", question="?", type="direct", documents=("d",), answerable=True,
        programs=tuple(Named(document="d", program=name) for name in programs), words=("灯台",),
    ).model_copy(update=changed)  # fmt: skip
    status = {RIGHT: "answered", WRONG: "answered", ABSTAINED: "abstained"}[outcome]
    answer = Answer("?", status, "not_stated" if status == "abstained" else None, "灯台")
    places = None if ranked is None else tuple(("d", name) for name in ranked)
    return Verdict(
        case, FROZEN, Reply(answer, 0.01, places), outcome, (), 1, 1, (), 0, Evidence(NONE, NONE, NONE, NONE, NONE)
    )


def score(found: list[Score], metric: str, group: str = "all") -> float:
    return next(one.value for one in found if (one.metric, one.group, one.split) == (metric, group, FROZEN))


def test_wrong_and_silent_are_counted_apart() -> None:
    found = scores([verdict(RIGHT), verdict(WRONG), verdict(ABSTAINED), verdict(ABSTAINED)])
    assert score(found, "right") == 0.25
    assert score(found, "right or silent") == 0.75
    assert score(found, "right if answered") == 0.5
    assert score(found, "abstention precision") == 0.0
    assert not [one for one in found if one.split == TUNE]


def test_an_abstention_counts_for_its_reason() -> None:
    absent = {"answerable": False, "reason": "not_stated", "words": (), "programs": ()}
    found = scores([verdict(ABSTAINED, **absent), verdict(WRONG, **absent), verdict(ABSTAINED)])
    assert score(found, "abstention recall") == 0.5
    assert score(found, "abstention precision") == 0.5
    assert score(found, "not_stated, recall") == 0.5
    assert score(found, "not_stated, precision") == 0.5


NAMES = st.lists(st.sampled_from("abcdefghijklmnop"), unique=True)


@given(st.lists(st.tuples(NAMES, NAMES.filter(bool)), min_size=1, max_size=8))
def test_recall_and_reciprocal_rank_are_those_of_another_implementation(
    cases: list[tuple[list[str], list[str]]],
) -> None:
    verdicts = [verdict(RIGHT, tuple(wanted), tuple(ranked)) for ranked, wanted in cases]
    found = scores(verdicts)
    judged = [ir_measures.Qrel(str(q), name, 1) for q, (_, wanted) in enumerate(cases) for name in wanted]
    # a list is given by falling scores; a question without any result still counts
    listed = [
        ir_measures.ScoredDoc(str(q), name, 100.0 - place)
        for q, (ranked, _) in enumerate(cases)
        for place, name in enumerate([*ranked, "nothing"])
    ]
    wanted = ir_measures.calc_aggregate([R @ 1, R @ 5, R @ 10, RR], judged, listed)
    for depth in (1, 5, 10):
        assert score(found, f"recall@{depth}") == pytest.approx(wanted[R @ depth])
    assert score(found, "MRR") == pytest.approx(wanted[RR])


def test_without_a_ranking_nothing_is_said_of_it() -> None:
    found = scores([verdict(RIGHT, ranked=None)])
    assert "recall@1" not in {one.metric for one in found}


def test_as_many_programs_suffice_as_are_needed() -> None:
    assert score(scores([verdict(RIGHT, ("a", "b"), ("x", "b"), need=1)]), "recall@5") == 1.0
    assert score(scores([verdict(RIGHT, ("a", "b"), ("x", "b"))]), "recall@5") == 0.5


@given(PARTS, st.integers(0, 5))
def test_an_interval_holds_its_value(parts: list[tuple[float, float]], groups: int) -> None:
    found = share(parts, [str(place % (groups + 1)) for place in range(len(parts))])
    assert found is not None
    assert 0.0 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= 1.0


def test_an_interval_is_the_same_every_time_and_of_nothing_there_is_none() -> None:
    parts = [(1.0, 1.0), (0.0, 1.0), (1.0, 1.0)]
    assert share(parts, ["a", "b", "c"]) == share(parts, ["a", "b", "c"])
    assert share([NONE, NONE], ["a", "b"]) is None
    assert share([], []) is None
    assert median([]) is None
    assert difference([NONE], [NONE], ["a"]) is None


def test_all_right_is_not_certain() -> None:
    """Twenty of twenty leave room for one wrong in six: the exact bound of Clopper and Pearson."""
    found = share([(1.0, 1.0)] * 20, [str(place) for place in range(20)])
    assert found is not None
    assert found.low == pytest.approx(0.025 ** (1 / 20))
    none = share([(0.0, 1.0)] * 20, [str(place) for place in range(20)])
    assert none is not None
    assert none.high == pytest.approx(1 - found.low)


def test_questions_about_one_program_say_less_than_as_many_about_several() -> None:
    parts = [(float(place < 20), 1.0) for place in range(40)]
    apart = share(parts, [str(place) for place in range(40)])
    together = share(parts, [str(place // 10) for place in range(40)])
    assert apart is not None
    assert together is not None
    assert together.high - together.low > 1.5 * (apart.high - apart.low)


def test_nineteen_intervals_of_twenty_hold_the_truth() -> None:
    chance = random.Random(7)
    held = 0
    for run in range(200):
        parts = [(float(chance.random() < 0.7), 1.0) for _ in range(60)]
        found = share(parts, [str(place) for place in range(60)], seed=run)
        assert found is not None
        held += found.low <= 0.7 <= found.high
    assert held >= 0.88 * 200


def test_a_change_is_seen_in_pairs() -> None:
    before = [(float(place % 2), 1.0) for place in range(60)]
    after = [(1.0, 1.0) if place < 12 else part for place, part in enumerate(before)]
    found = difference(before, after, [str(place) for place in range(60)])
    assert found is not None
    assert found.value == pytest.approx(0.1)
    assert found.low > 0


def accepted(group: str, metric: str, value: float, low: float, high: float) -> Score:
    return Score(split=FROZEN, group=group, metric=metric, value=value, low=low, high=high, count=50)


PARTS_OF: dict[str, Outcome] = {str(place): (f"d/{place}", 1, 1) for place in range(200)}
BASE = Baseline(
    digest="d",
    parts=PARTS_OF,
    scores=(
        accepted("all", "right", 0.8, 0.7, 0.9),
        accepted("all", "quotes exact", 1.0, 0.95, 1.0),
        accepted("direct", "right", 0.9, 0.8, 0.95),
    ),
)


def measured(**values: float) -> list[Score]:
    names = {"right": ("all", "right"), "exact": ("all", "quotes exact"), "direct": ("direct", "right")}
    now = {"right": 0.8, "exact": 1.0, "direct": 0.9, **values}
    return [accepted(*names[name], value, value, value) for name, value in now.items()]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, []),
        ({"right": 0.7}, []),
        ({"right": 0.95}, []),
        ({"right": 0.699}, ["right: 0.699, accepted 0.800 (0.700–0.900)"]),
        ({"exact": 0.999}, ["quotes exact: 0.999, accepted 1.000 (0.950–1.000)"]),
        ({"direct": 0.5, "right": 0.5}, ["right:", "right, direct:"]),
    ],
)
def test_the_gate_stops_at_what_falls_below_the_interval(values: dict[str, float], told: list[str]) -> None:
    found = fallen(measured(**values), "d", BASE, PARTS_OF)
    assert len(found) == len(told)
    assert all(line.startswith(start) for line, start in zip(found, told, strict=True))


def test_other_cases_have_to_be_accepted_first() -> None:
    for digest, parts in (("e", PARTS_OF), ("d", {"0": PARTS_OF["0"]})):
        assert "--accept with the same --cases and --baseline" in fallen(measured(), digest, BASE, parts)[0]


def test_a_score_that_is_gone_is_missed() -> None:
    assert len(fallen([], "d", BASE, PARTS_OF)) == len(BASE.scores)


def test_what_is_accepted_is_read_back_and_holds(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    with pytest.raises(GateProblem, match="--accept"):
        read_baseline(path)
    base = baseline_of(measured(right=2 / 3), "d", PARTS_OF)
    write_baseline(base, path)
    assert read_baseline(path) == base
    assert fallen(measured(right=2 / 3), "d", read_baseline(path), PARTS_OF) == []
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(GateProblem, match="holds no baseline"):
        read_baseline(path)


def test_a_score_that_nobody_accepted_is_told() -> None:
    found = fallen([*measured(), accepted("all", "MRR", 0.5, 0.4, 0.6)], "d", BASE, PARTS_OF)
    assert [line.split(":")[0] for line in found] == ["MRR"]


@pytest.mark.parametrize(("lost", "won", "told"), [(0, 0, 0), (1, 0, 0), (6, 0, 2), (6, 5, 0), (0, 6, 0)])
def test_a_small_loss_is_sure_when_nothing_is_won(lost: int, won: int, told: int) -> None:
    base = {name: (part[0], int(int(name) >= won), 1) for name, part in PARTS_OF.items()}
    now = {name: (part[0], int(int(name) < 200 - lost), int(int(name) < 200 - lost)) for name, part in PARTS_OF.items()}
    found = fallen(measured(), "d", BASE.model_copy(update={"parts": base}), now)
    if (lost, won) == (6, 5):  # not wrong is lost six times, right as often as it is won
        assert [line.split(":")[0] for line in found] == ["not wrong"]
    else:
        assert len(found) == told


def test_outcomes_are_of_the_frozen_cases() -> None:
    assert outcomes([verdict(WRONG)]) == {"one": ("d/灯台", 0, 0)}
    assert outcomes([verdict(ABSTAINED)]) == {"one": ("d/灯台", 0, 1)}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1.1])
def test_a_baseline_holds_shares_and_something(value: float, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    bad = [BASE.scores[0].model_copy(update={"value": value})]
    for scores_of in (bad, ()):
        write_baseline(BASE.model_copy(update={"scores": tuple(scores_of)}), path)
        with pytest.raises(GateProblem, match="holds no baseline"):
            read_baseline(path)


def test_every_metric_is_a_share() -> None:
    for one in (verdict(RIGHT), verdict(WRONG), verdict(ABSTAINED)):
        for name, metric in METRICS.items():
            part, whole = metric.part(one)
            assert 0.0 <= part <= whole or whole == 0.0, name
