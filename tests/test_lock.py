"""What an extra asks for, however its line is written."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

LOCK = runpy.run_path(str(Path(__file__).resolve().parent.parent / "tools" / "lock.py"))
EXTRAS = {"eval": ["jinja2>=3"], "serve": ["uvicorn[standard]>=0.3"]}


@pytest.mark.parametrize(
    "line", ["assistant[eval]", "assistant [eval]", "assistant[ eval ] >= 0", "assistant[eval,eval]"]
)
def test_an_extra_of_this_project_is_what_it_asks_for(line: str) -> None:
    assert LOCK["_extra"]("dev", {**EXTRAS, "dev": [line, "ruff"]}) == ["jinja2>=3", "ruff"]


def test_several_extras_may_be_named_at_once() -> None:
    found = LOCK["_extra"]("dev", {**EXTRAS, "dev": ["assistant[serve,eval]; python_version >= '3'"]})
    assert found == ["jinja2>=3", "uvicorn[standard]>=0.3"]
