"""Headings: which names a program, which only says what stands below it."""

from __future__ import annotations

import json

import pytest
from invented import DATA

from assistant.programs.titles import (
    is_contact,
    is_example,
    is_generic,
    is_question,
    program_in,
    program_of_title,
    without_numbering,
    without_year,
)

TITLES = json.loads((DATA / "titles.json").read_text(encoding="utf-8"))
JUDGES = {"questions": is_question, "generic": is_generic, "examples": is_example, "contacts": is_contact}


@pytest.mark.parametrize(("sort", "text"), [(sort, text) for sort in JUDGES for text in TITLES[sort]])
def test_headings_of_a_sort(sort: str, text: str) -> None:
    assert JUDGES[sort](text)


@pytest.mark.parametrize(("sort", "text"), [(sort, text) for sort in JUDGES for text in TITLES[f"no_{sort}"]])
def test_other_headings(sort: str, text: str) -> None:
    assert not JUDGES[sort](text)


@pytest.mark.parametrize(("heading", "name"), TITLES["programs"])
def test_the_program_that_a_heading_names(heading: str, name: str | None) -> None:
    assert program_in(heading) == name


@pytest.mark.parametrize(("title", "name"), TITLES["titles"])
def test_the_program_that_a_whole_document_is_about(title: str, name: str | None) -> None:
    assert program_of_title(title) == name


@pytest.mark.parametrize(("printed", "name"), TITLES["numbered"])
def test_what_numbers_a_policy_is_no_part_of_its_name(printed: str, name: str) -> None:
    assert without_numbering(printed) == name


@pytest.mark.parametrize(("printed", "title"), TITLES["years"])
def test_the_year_before_a_heading(printed: str, title: str) -> None:
    assert without_year(printed) == title
