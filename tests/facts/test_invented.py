"""Documents in layouts of their own: programs and facts as a reader finds them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from invented import DATA, invented_readings, value

from assistant.ingest import Reading

READINGS = invented_readings()


@pytest.fixture(params=sorted(READINGS))
def pair(request: pytest.FixtureRequest) -> tuple[Reading, dict[str, Any]]:
    """A reading and the table of what is in it."""
    text = (DATA / "read" / f"{request.param}.json").read_text(encoding="utf-8")
    return READINGS[request.param], json.loads(text)


def test_programs_are_those_that_are_printed(pair: tuple[Reading, dict[str, Any]]) -> None:
    reading, expected = pair
    found = [[p.program, p.role, p.line_start, p.line_end, list(p.departments)] for p in reading.programs]
    assert found == expected["programs"]


def test_facts_are_those_that_are_printed(pair: tuple[Reading, dict[str, Any]]) -> None:
    reading, expected = pair
    found = [
        [
            fact.line_start, fact.text, fact.kind.value, value(fact), fact.program, fact.subprogram, fact.condition,
            fact.item, fact.bound, fact.per, fact.fiscal_year, fact.stage, list(fact.flags),
        ]
        for fact in reading.facts
    ]  # fmt: skip
    assert found == expected["facts"]


def test_their_arithmetic_holds(pair: tuple[Reading, dict[str, Any]]) -> None:
    reading, expected = pair
    assert [[check.line_start, check.name] for check in reading.checks if not check.holds] == expected["broken"]
