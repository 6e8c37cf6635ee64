"""Situations in the words of those who are in them: the program that fits them, or silence; never another one."""

import datetime as dt
import json
from pathlib import Path

import pytest

from assistant.retrieve import retrieve
from assistant.understand import understand

TODAY = dt.date(2026, 11, 20)
DATA = Path(__file__).parents[1] / "data/query/situations.jsonl"
TOLD = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
#: Answered from elsewhere still: each is a lead for whoever makes the ranking better.
ASTRAY = {
    "観光で町を盛り上げたい。群馬の予算は?",  # a program for local trades is asked for in nearly these words
}
RIGHT = 0.9  # share of them that is answered from the program that fits


def fits(program, allowed):
    parts = (one.split(":", 1) for one in allowed)
    return any(program.document == document and name in program.program for document, name in parts)


@pytest.fixture(scope="module")
def found(assistant):
    return {
        case["q"]: retrieve(understand(case["q"], assistant.vocabulary, today=TODAY), assistant.index).hits
        for case in TOLD
    }


@pytest.mark.parametrize("case", TOLD, ids=range(len(TOLD)))
def test_a_situation_is_answered_from_a_program_that_fits_it_or_not_at_all(found, case):
    hits = found[case["q"]]
    assert (not hits or fits(hits[0].program, case["programs"])) is (case["q"] not in ASTRAY), case["q"]


def test_most_situations_find_the_program_that_fits_them(found):
    right = sum(bool(found[case["q"]]) and fits(found[case["q"]][0].program, case["programs"]) for case in TOLD)
    assert right >= RIGHT * len(TOLD)


def test_each_situation_names_programs_that_are_here(assistant):
    held = assistant.index.programs.values()
    named = {one for case in TOLD for one in case["programs"]}
    assert [one for one in named if not any(fits(program, [one]) for program in held)] == []
