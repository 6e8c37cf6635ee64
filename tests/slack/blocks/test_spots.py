"""Figures stand where the page marks them: the same table of cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.slack.blocks.spots import Wanted, spots_of_wanted

from .told import DATA

CASES: list[dict[str, Any]] = json.loads((Path(DATA).parent / "widget" / "figures.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_figures_are_where_they_stand(case: dict[str, Any]) -> None:
    text = case["text"]
    spots = spots_of_wanted(text, [Wanted(words, unit, marker) for words, unit, marker, *_ in case["figures"]])
    assert [[text[one.start : one.end], one.start] for one in spots] == case["chips"]
