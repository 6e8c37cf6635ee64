"""From what was returned to the lines that were wanted: spans in a document, whatever cut it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import document

from eval.peers.questions import comparable, read_questions
from eval.peers.spans import Chunk, Spot, holds, line_starts, marks, spot, text_of, within
from eval.suite.case import Case, CaseProblem

TEXT = """桟橋改修補助金
  補助率：２／３ 以内（一般は1/2）
灯台めぐり支援事業\t1,200\t900\t1,200
"""
PIER = document(TEXT)


def cut(wanted: Spot) -> list[str]:
    return [text_of(PIER)[start:end] for start, end in wanted.spans]


@pytest.mark.parametrize(
    ("line", "text", "printed"),
    [
        (2, "1/2", ["1/2"]),
        (2, "2/3", ["２／３"]),
        (2, "2/3以内", ["２／３ 以内"]),
        (3, "1,200", ["1,200", "1,200"]),
        (3, "", ["灯台めぐり支援事業\t1,200\t900\t1,200"]),
        (2, "", ["補助率：２／３ 以内（一般は1/2）"]),
        (1, "3/4", ["桟橋改修補助金"]),
    ],
)
def test_evidence_is_found_as_it_is_printed(line: int, text: str, printed: list[str]) -> None:
    assert cut(spot(PIER, line, text)) == printed


@pytest.mark.parametrize("line", [0, 5, -1])
def test_a_line_that_is_not_there_is_an_error(line: int) -> None:
    with pytest.raises(ValueError, match=f"made-up has no line {line}"):
        spot(PIER, line, "")


def test_lines_start_where_the_text_says() -> None:
    text = text_of(PIER)
    for start, line in zip(line_starts(PIER), PIER.lines, strict=True):
        assert text[start : start + len(line)] == line


@pytest.mark.parametrize(
    ("chunk", "held"),
    [
        (Chunk("a", 10, 20), True),
        (Chunk("a", 12, 15), True),
        (Chunk("a", 13, 20), False),
        (Chunk("a", 0, 14), False),
        (Chunk("b", 10, 20), False),
        (Chunk("a", 30, 40), True),
    ],
)
def test_a_chunk_holds_what_it_covers_whole(chunk: Chunk, held: bool) -> None:
    assert holds(chunk, Spot("a", ((12, 15), (30, 33)))) is held


def test_each_spot_is_marked_by_any_of_the_chunks() -> None:
    spots = [Spot("a", ((0, 3),)), Spot("a", ((8, 9),)), Spot("b", ((0, 3),))]
    assert marks(spots, [Chunk("a", 5, 10), Chunk("b", 0, 3)]) == (False, True, True)
    assert marks(spots, []) == (False, False, False)


CHUNKS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda ends: Chunk("a", min(ends), max(ends))))


@given(CHUNKS, st.integers(0, 200))
def test_a_budget_is_filled_and_never_passed(chunks: list[Chunk], budget: int) -> None:
    def size(found: list[Chunk]) -> int:
        return sum(chunk.end - chunk.start for chunk in found)

    kept = within(chunks, budget)
    assert size(kept) == min(budget, size(chunks))
    assert all((a.start, a.end >= b.end) == (b.start, True) for a, b in zip(chunks, kept, strict=False))


FIGURE = {"kind": "subsidy_rate", "program": "桟橋改修補助金", "document": "made-up", "line": 2, "text": "1/2"}
PROGRAM = {"document": "made-up", "program": "桟橋改修補助金"}
CASE = {
    "id": "made-up-direct-1",
    "question": "桟橋改修補助金の補助率は?",
    "type": "direct",
    "documents": ["made-up"],
    "programs": [PROGRAM],
    "expect": [FIGURE, {**FIGURE, "text": "2/3"}],
    "answerable": True,
}


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ({}, True),
        ({"type": "followup", "history": ["桟橋は?"]}, False),
        ({"expect": [], "type": "list"}, False),
        ({"expect": [], "type": "list", "lines": [["made-up", 1]]}, True),
        ({"expect": [], "type": "absent", "answerable": False, "reason": "not_stated"}, False),
    ],
)
def test_only_single_questions_with_evidence_are_asked(change: dict[str, object], asked: bool) -> None:
    assert comparable(Case.model_validate({**CASE, **change})) is asked


def write(folder: Path, *cases: dict[str, object]) -> Path:
    lines = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    (folder / "made-up.tune.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_a_case_becomes_a_question_with_spots(tmp_path: Path) -> None:
    absent = {**CASE, "id": "x", "type": "absent", "expect": [], "answerable": False, "reason": "not_stated"}
    folder = write(tmp_path, CASE, {**CASE, "id": "made-up-direct-2", "need": 1}, absent)
    (one, other), rest = read_questions(folder, {"made-up": PIER})
    assert rest == 1
    assert [cut(wanted) for wanted in one.wanted] == [["1/2"], ["２／３"]]
    assert (one.text, one.type, one.cluster, one.need) == (
        "桟橋改修補助金の補助率は?", "direct", "made-up/桟橋改修補助金", 2,
    )  # fmt: skip
    assert [question.recall((True, False)) for question in (one, other)] == [0.5, 1.0]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"expect": [{**FIGURE, "line": 9}]}, "made-up has no line 9: name the right corpus with --corpus"),
        ({"expect": [{**FIGURE, "document": "other"}]}, "no document is called other"),
        ({"expect": [], "type": "list"}, "holds no single question with evidence"),
    ],
)
def test_cases_of_another_corpus_are_an_error(tmp_path: Path, change: dict[str, object], told: str) -> None:
    with pytest.raises(CaseProblem, match=told):
        read_questions(write(tmp_path, {**CASE, **change}), {"made-up": PIER})
