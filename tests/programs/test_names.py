"""Names: what a page's layout adds to them, and by what else the same program is called."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import DATA

from assistant.programs.amounts import read_amount_line
from assistant.programs.names import aliases_of, clean_name, is_name, name_key, take_departments, take_flags

NAMES = json.loads((DATA / "names.json").read_text(encoding="utf-8"))
AMOUNTS = json.loads((DATA / "amounts.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("printed", "name"), NAMES["clean"])
def test_layout_is_taken_off_a_name(printed: str, name: str) -> None:
    assert clean_name(printed) == name


@pytest.mark.parametrize("text", NAMES["names"])
def test_names(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize("text", NAMES["not_names"])
def test_not_names(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(("text", "rest", "flags"), NAMES["flags"])
def test_flags(text: str, rest: str, flags: list[str]) -> None:
    left, found = take_flags(text)
    assert (left, sorted(found)) == (rest, sorted(flags))


@pytest.mark.parametrize(("text", "rest", "offices"), NAMES["departments"])
def test_departments(text: str, rest: str, offices: list[str]) -> None:
    left, found = take_departments(text)
    assert (left, list(found)) == (rest, offices)


@pytest.mark.parametrize(("name", "region", "aliases"), NAMES["aliases"])
def test_aliases(name: str, region: str, aliases: list[str]) -> None:
    assert set(aliases) <= set(aliases_of(name, region))
    assert bool(aliases_of(name, region)) == bool(aliases)


@pytest.mark.parametrize(("line", "name", "label", "yen"), AMOUNTS["lines"])
def test_a_line_that_says_how_much(line: str, name: str, label: str, yen: int | None) -> None:
    found = read_amount_line(line)
    assert found is not None
    assert (found.name, found.label) == (name, label)
    assert (found.figure.yen if found.figure else None) == yen


@pytest.mark.parametrize("line", AMOUNTS["not_amounts"])
def test_other_lines_say_more_or_less(line: str) -> None:
    found = read_amount_line(line)
    assert found is None or not found.name


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_name(text)
    assert clean_name(once) == once or len(once) < 40
    assert name_key(text) == name_key(f" {text} ")
    assert name_key(text).islower() or name_key(text) == name_key(text).lower()
