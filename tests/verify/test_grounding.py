"""Free sentences: what a model may say of a program, and what it may not."""

import json

import pytest
from conftest import CORPUS, DATA
from leashed import Says, leashed

from assistant.records import Sentence, Stage
from verify.checker import faults

CASES = json.loads((DATA / "generate" / "free.json").read_text(encoding="utf-8"))


def said(events):
    """What was told of the model's own sentences, before the composed ones took their place."""
    place = next((at for at, event in enumerate(events) if event == Stage("compose")), len(events))
    return [event.text for event in events[:place] if isinstance(event, Sentence)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["reply"])
def test_a_free_sentence_is_kept_only_if_its_sources_say_it(assistant, case):
    events = list(leashed(assistant.index, Says(case["reply"])).stream(case["question"]))
    assert bool(said(events)) == case["kept"]
    assert faults(events[-1], assistant.index, CORPUS) == []
    assert events[-1].status == "answered"


def test_the_table_has_both_sorts():
    assert sum(case["kept"] for case in CASES) >= 5
    assert sum(not case["kept"] for case in CASES) >= 40
