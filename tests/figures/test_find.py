"""Notations that are figures, and look-alikes that are not: two tables, read as data."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from assistant.figures import find_figures

_DATA = Path(__file__).parent.parent / "data"
CASES = [json.loads(line) for line in (_DATA / "figures.jsonl").read_text(encoding="utf-8").splitlines()]
LOOK_ALIKES: list[str] = json.loads((_DATA / "not_figures.json").read_text(encoding="utf-8"))


def _stated(figure: Any) -> dict[str, Any]:
    record = asdict(figure)
    return {name: value for name, value in record.items() if value is not None and name not in ("start", "end")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_every_figure_of_a_text_is_read(case: dict[str, Any]) -> None:
    found = find_figures(case["text"])
    assert [_stated(figure) for figure in found] == case["figures"]
    assert all(case["text"][figure.start : figure.end] == figure.text for figure in found)


@pytest.mark.parametrize("text", LOOK_ALIKES, ids=lambda text: text[:24])
def test_a_look_alike_is_no_figure(text: str) -> None:
    assert find_figures(text) == []


@pytest.mark.parametrize("text", LOOK_ALIKES, ids=lambda text: text[:24])
def test_a_look_alike_stays_none_inside_a_sentence(text: str) -> None:
    assert find_figures(f"これは「{text}」についての説明です。") == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_lines_before_and_after_change_nothing(case: dict[str, Any]) -> None:
    text = f"はじめに\n{case['text']}\nおわりに"
    found = find_figures(text)
    assert [_stated(figure) for figure in found] == case["figures"]
    assert all(text[figure.start : figure.end] == figure.text for figure in found)


def test_the_tables_are_as_large_as_they_should_be() -> None:
    assert len({case["text"] for case in CASES}) >= 300
    assert len(set(LOOK_ALIKES)) >= 80


def test_a_reversed_range_says_so() -> None:
    (figure,) = find_figures("融資限度額 1千万～4千5百円")
    assert (figure.yen, figure.yen_min, figure.yen_max) == (None, 10_000_000, None)
    assert figure.suspect


def test_a_unit_reads_a_bare_number_only() -> None:
    assert [figure.yen for figure in find_figures("1,234", unit="千円")] == [1_234_000]
    assert find_figures("計画の1,234番", unit="千円") == []
