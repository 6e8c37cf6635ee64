"""The fitting of the ranking: what is gathered, that weights follow it, and the ladder's table."""

import json
import shutil
from pathlib import Path

import numpy as np

from assistant.records import Query
from assistant.retrieve.signals import SIGNALS, Candidate
from eval.fit.gather import SINGLE, Asking, asked_apart, elsewhere, gather
from eval.fit.ladder import STEPS, table_of
from eval.fit.weights import fit_signals, fit_sure, order, rank_of
from eval.suite.case import Case

CASES = Path(__file__).parents[2] / "eval" / "cases"


def asking(meant: int, signals: list[list[float]]) -> Asking:
    """A question whose candidates have the values of the first signals; the others are 0."""
    table = np.zeros((len(signals), len(SIGNALS)))
    for row, values in enumerate(signals):
        table[row, : len(values)] = values
    found = tuple(Candidate(f"p{place}", dict.fromkeys(SIGNALS, 0.0)) for place in range(len(signals)))
    case = Case(id="x-1", question="？", type="direct", answerable=False, reason="not_in_corpus")
    return Asking(case, Query("？", "open"), found, table, np.ones(len(signals)), (meant,), True)


def test_the_signal_that_tells_gets_the_weight():
    askings = [
        asking(0, [[0.9, 0.1], [0.2, 0.9]]),
        asking(1, [[0.1, 0.8], [0.7, 0.3]]),
        asking(0, [[0.6, 0.5], [0.1, 0.5]]),
    ]
    weights = fit_signals(askings)
    assert weights[0] > weights[1] >= 0.0
    assert [rank_of(one, weights) for one in askings] == [0, 0, 0]


def test_a_signal_left_out_stays_out():
    askings = [asking(0, [[0.9, 0.1], [0.2, 0.9]])]
    assert fit_signals(askings, without=[SIGNALS[0]])[0] == 0.0


def test_equal_candidates_stand_in_the_order_of_their_ids():
    assert order(asking(0, [[0.5], [0.5], [0.9]]), np.ones(len(SIGNALS))) == [2, 0, 1]


def test_a_program_that_is_no_candidate_has_no_rank():
    one = asking(0, [[0.5]])
    assert (
        rank_of(Asking(one.case, one.query, one.found, one.signals, one.share, (), True), np.ones(len(SIGNALS))) is None
    )


def test_confidence_follows_what_is_right():
    rows = np.array([[1.0, 1.0], [0.9, 1.0], [0.1, 1.0], [0.0, 1.0]])
    right = np.array([1.0, 1.0, 0.0, 0.0])
    weights = fit_sure(rows, right, np.ones(4))
    assert rows[0] @ weights > 0 > rows[3] @ weights


def test_cases_of_one_turn_are_gathered(assistant):
    found = gather(assistant, CASES, "tune")
    assert len(found) > 200
    assert all(one.case.type in SINGLE or not one.case.answerable for one in found)
    held = [one for one in found if one.held]
    assert sum(bool(one.meant) for one in held) > 0.95 * len(held)
    assert all(one.signals.shape == (len(one.found), len(SIGNALS)) for one in found)


def test_asked_as_questions_are_asked_of_the_other_half(tmp_path):
    corpus = tmp_path / "corpus"
    (corpus / "asked").mkdir(parents=True)
    shutil.copy(CASES.parents[1] / "corpus" / "gunma-r01.md", corpus)
    own = {
        "program": "中小企業連携組織対策",
        "line": 16,
        "questions": ["組合を作りたい", "寄り合いの相談", "共同で仕入れたい"],
    }
    asked, line = corpus / "asked" / "gunma-r01.jsonl", json.dumps(own, ensure_ascii=False) + "\n"
    asked.write_text(line, encoding="utf-8")
    found = list(asked_apart(corpus, tmp_path / "fit", fit=False))
    assert sorted(one.case.question for one in found) == sorted(own["questions"])
    assert len({one.found[place].program_id for one in found for place in one.meant}) == 1
    assert asked.read_text(encoding="utf-8") == line  # the corpus itself stays as it was


def test_questions_about_anything_else_mean_no_program(assistant):
    found = elsewhere(assistant)
    assert len(found) > 100
    assert not any(one.meant or one.held for one in found)
    regions = {document.region for document in assistant.index.documents.values()}
    assert any(one.case.question.startswith(tuple(regions)) for one in found)


def test_the_ladder_names_each_step():
    rows = [[step.name, *["0.50"] * 6] for step in STEPS]
    text = table_of(rows)
    assert all(step.name in text for step in STEPS)
    assert STEPS[-1].signals == SIGNALS
