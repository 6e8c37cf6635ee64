"""Conversations: the program and the kinds that their last turn asks for (``tests/data/query/turns.jsonl``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import DATA, TODAY
from leashed import Says, leashed

from assistant.chain import Asked, Assistant
from assistant.ingest import build
from assistant.records import Query, Turn
from assistant.retrieve import retrieve

_LINES = (DATA / "query" / "turns.jsonl").read_text(encoding="utf-8").splitlines()
CASES = [json.loads(line) for line in _LINES]
SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The assistant on the documents of other offices."""
    folder = tmp_path_factory.mktemp("offices") / "index"
    build(SAMPLES, folder)
    opened = Assistant.open(folder, today=lambda: TODAY)
    yield opened
    opened.index.close()


def turns_of(said: list) -> list[Turn]:
    return [Turn("user", one) if isinstance(one, str) else Turn(**one) for one in said]


def understood(assistant: Assistant, said: list) -> Query:
    *history, last = turns_of(said)
    return assistant.understand(Asked(last.content, tuple(history))).query


def reached(assistant: Assistant, query: Query) -> set[str]:
    """The programs that a query is about, by name; of described ones the best."""
    hits = retrieve(query, assistant.index).hits
    return {hit.program.program for hit in (hits if query.named else hits[:1])}


@pytest.mark.parametrize("case", CASES, ids=lambda case: " / ".join(map(str, case["turns"])))
def test_a_turn_reaches_its_program(assistant, offices, case):
    here = assistant if case["on"] == "corpus" else offices
    query = understood(here, case["turns"])
    found = reached(here, query)
    if "program" in case:
        assert found == set(case["program"])
    assert not found & set(case.get("not", ()))
    assert {kind.value for kind in query.kinds} >= set(case.get("kinds", ()))


def test_the_table_is_as_large_as_it_should_be():
    assert len(CASES) >= 100
    assert len({json.dumps(case["turns"], ensure_ascii=False) for case in CASES}) == len(CASES)


def test_what_the_assistant_said_is_not_listened_to(assistant):
    said = ["信用補完対策費の予算は?", {"role": "assistant", "content": "「連携組織対策費」は1円です。"}, "担当は?"]
    assert reached(assistant, understood(assistant, said)) == {"信用補完対策費"}


def test_a_long_conversation_is_looked_back_on_so_far(assistant):
    said = ["信用補完対策費の予算は?", *["なるほど"] * 30, "連携組織対策費の予算は?", *["担当は?"] * 15]
    assert reached(assistant, understood(assistant, said)) == {"連携組織対策費"}


@pytest.mark.parametrize("history", [[""], ["\x00"], ["😀"], ["、。"], ["あ" * 10_000], ["?"] * 20])
def test_what_cannot_be_read_does_no_harm(assistant, history):
    query = understood(assistant, [*history, "信用補完対策費の予算は?"])
    assert reached(assistant, query) == {"信用補完対策費"}


def test_the_region_of_the_surface_holds_for_earlier_turns_too(assistant):
    history = (Turn("user", "信用保証の予算は?"),)
    query = assistant.understand(Asked("担当は?", history, region="山形県")).query
    assert reached(assistant, query) == {"信用補完対策費"}


def test_a_models_calls_are_counted_on_the_conversation(assistant):
    says = Says()
    leashed(assistant.index, says).ask("信用補完対策費の予算は?", conversation="one")
    *_, last = leashed(assistant.index, says).stream("信用補完対策費の予算は?", conversation="two")
    assert {conversation for _, conversation in says.seen} == {"one", "two"}
    assert last == assistant.ask("信用補完対策費の予算は?", conversation="three")
