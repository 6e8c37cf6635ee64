"""Summaries of budgets, request pages and plans as offices print them: each figure with its program, year and stage."""

from __future__ import annotations

from typing import Any

import pytest
from invented import cases, read, value


@pytest.mark.parametrize(("title", "year", "stage", "lines", "expected", "broken"), cases("summaries"))
def test_each_figure_of_a_summary_is_what_its_place_says(
    title: str, year: str, stage: str, lines: list[str], expected: list[Any], broken: list[str]
) -> None:
    reading = read("\n".join(lines), year=year, stage=stage)
    found = [
        [
            fact.line_start, fact.text, fact.kind.value, value(fact), fact.program, fact.subprogram, fact.condition,
            fact.fiscal_year, fact.stage,
        ]
        for fact in reading.facts
    ]  # fmt: skip
    assert found == expected, title
    assert [check.name for check in reading.checks if not check.holds] == broken, title
