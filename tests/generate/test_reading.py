"""A sentence of a reply → the drafts that it may be."""

import pytest

from assistant.chain import Asked
from assistant.generate.reading import nearest_words, said
from assistant.generate.references import references

QUESTION = "事業承継で使える補助率は?"


@pytest.fixture(scope="module")
def shown(assistant):
    found = assistant.retrieve(assistant.understand(Asked(QUESTION)))
    return references(found.query, found.retrieval, assistant.compose(found).draft, assistant.index)


REFUSED = [
    "補助率は{{F99}}です[1]。",
    "補助率は{{F0}}です[1]。",
    "補助率は{{C1}}です[1]。",
    "補助率は{{F1}です[1]。",
    "補助率は{F1}です[1]。",
    "補助率は｛｛F1｝｝です[1]。",
    "補助率は1{{F1}}です[1]。",
    "補助率は{{F1}}0です[1]。",
    "補助率は{{F1}}％です[1]。",
    "補助率は{{F1}}{{F}}です[1]。",
    "補助率は{{F1}}です[99]。",
    "補助率は{{F1}}です[0]。",
    "補助率は{{F1}}です[1][77]。",
    "補助率は{{F1}}です［1］。",
    "補助率は<b>{{F1}}</b>です[1]。",
    "補助率は[{{F1}}](http://example.com)です[1]。",
    "詳しくは https://example.com へ[1]。",
    "連絡は a@example.com へ[1]。",
    "| 補助率 | {{F1}} |",
    "補助率は`{{F1}}`です[1]。",
    "補助率は&#53;割です[1]。",
    "補助率は{{F1}}を目」です[1]。",
    "「補助率は{{F1}}です[1]。",
    "[1]",
    "",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_points_at_nothing_shown_or_is_no_plain_text_is_nothing(shown, text):
    assert said(text, shown) is None


@pytest.mark.parametrize(
    ("text", "printed", "facts"),
    [
        ("補助率は{{F1}}です[1]。", "補助率は{0}です。", [0]),
        ("補助率は {{F2}} です。[1]", "補助率は{0}です。", [1]),
        ("- 補助率: **{{F1}}**、{{ F2 }}[1]", "補助率:{0}、{1}。", [0, 1]),
        ("{{F1}}と{{F1}}です[1, 1]。", "{0}と{0}です。", [0]),
        ("1. 補助率は{{F1}}です[1]。", "補助率は{0}です。", [0]),
    ],
)
def test_references_become_slots(shown, text, printed, facts):
    draft = said(text, shown).drafts[0]
    assert (draft.text, draft.facts) == (printed, tuple(shown.facts[place] for place in facts))


def test_a_figure_that_the_model_writes_is_taken_for_a_fact_that_states_it(shown):
    drafts = said("原則枠の補助率は2分の1です[1]。", shown).drafts
    assert drafts[0].facts == ()
    assert any(draft.text == "原則枠の補助率は{0}です。" and draft.facts[0].text == "1/2" for draft in drafts[1:])


def test_a_figure_that_no_fact_states_stays_as_it_is_written(shown):
    assert [draft.facts for draft in said("上限は777万円です[1]。", shown).drafts] == [()]


def test_words_rest_on_the_one_sentence_that_says_most_of_them(shown):
    draft = said("経営革新や事業転換に挑戦する中小企業者が対象です[1]。", shown).drafts[0]
    ((place, words),) = draft.grounds
    assert place == shown.passages[0].id
    assert words in shown.passages[0].text
    assert "経営革新や事業転換に挑戦する中小企業者" in words
    assert words.count("。") == 1


def test_words_of_no_passage_rest_on_nothing(shown):
    assert nearest_words("ＱＱＱ", shown.passages[0]) == ""
