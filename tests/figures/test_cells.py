"""Table cells with their column's unit, and the units that captions and headers state."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from assistant.figures import UNITS, money_unit, read_cell

TABLE = json.loads((Path(__file__).parent.parent / "data" / "cells.json").read_text(encoding="utf-8"))

STATED = [
    ("（単位：千円）", "千円"),
    ("(単位:千円)", "千円"),
    ("【単位：百万円】", "百万円"),
    ("単位 円", "円"),
    ("予算額（単位　千円）", "千円"),
    ("予算額 (千円)", "千円"),
    ("予算額 (単位:千円)", "千円"),
    ("R5事業費(千円)", "千円"),
    ("金額（百万円）", "百万円"),
    ("事業費［億円］", "億円"),
    ("(a-b)/b (%)", "%"),
    ("対前年度増減率（％）", "%"),
    ("千円", "千円"),
    ("限度額（万円）", "万円"),
    ("（単位：千円、％）", "千円"),
]
NOT_STATED = ["予算額", "50億円（新規）", "(50億円)", "85億円（70.1億円）", "千円以内", "単位：件", "", "融資限度額"]


@pytest.mark.parametrize(("text", "unit", "expected"), TABLE["cells"])
def test_a_cell_is_one_figure(text: str, unit: str | None, expected: dict[str, Any]) -> None:
    figure = read_cell(text, unit)
    assert figure is not None
    assert text[figure.start : figure.end] == figure.text
    record = {name: value for name, value in asdict(figure).items() if value is not None}
    expected = {"text": text, **expected}
    assert {name: record.get(name) for name in expected} == expected
    assert not set(record) - set(expected) - {"start", "end"}


@pytest.mark.parametrize(("text", "unit"), TABLE["not_cells"])
def test_other_cells_are_none(text: str, unit: str | None) -> None:
    assert read_cell(text, unit) is None


@pytest.mark.parametrize(("text", "unit"), STATED)
def test_a_header_states_its_unit(text: str, unit: str) -> None:
    assert money_unit(text) == unit
    assert unit in UNITS


@pytest.mark.parametrize("text", NOT_STATED)
def test_a_sum_in_a_header_is_no_unit(text: str) -> None:
    assert money_unit(text) is None
