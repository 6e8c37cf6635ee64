"""What a model is shown."""

import pytest

from assistant.chain import Asked
from assistant.generate.references import LONGEST, MOST_FACTS, MOST_PASSAGES, references, told_facts

QUESTIONS = [
    "事業承継で使える補助率は?",
    "成長企業応援資金の融資限度額は?",
    "山形県の信用補完対策費の担当課は？",
    "青森県で働き方の支援は？",
]


def shown_for(assistant, question):
    found = assistant.retrieve(assistant.understand(Asked(question)))
    draft = assistant.compose(found).draft
    return draft, references(found.query, found.retrieval, draft, assistant.index)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_the_composed_answer_tells_comes_first(assistant, question):
    draft, shown = shown_for(assistant, question)
    told = told_facts(draft)
    assert shown.facts[: len(told)] == told
    assert len(shown.facts) <= max(MOST_FACTS, len(told))
    assert len(shown.passages) <= MOST_PASSAGES
    assert sum(len(passage.text) for passage in shown.passages) <= LONGEST


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_fact_stands_in_its_passage(assistant, question):
    _, shown = shown_for(assistant, question)
    for fact, place in zip(shown.facts, shown.places, strict=True):
        home = shown.passages[place]
        assert (home.document, home.program_id) == (fact.document, fact.program_id)
        assert not {"example", "suspect"} & set(fact.flags)


def test_what_is_quoted_is_shown(assistant):
    draft, shown = shown_for(assistant, "山形県の信用補完対策費の担当課は？")
    quoted = {place for sentence in draft.sentences for place, _ in sentence.quotes}
    assert quoted <= {passage.id for passage in shown.passages}
