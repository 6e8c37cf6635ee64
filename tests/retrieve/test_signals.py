"""The signals of a question, what they weigh, and how sure the first program is."""

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.lexicon import table
from assistant.records import Hit, Query
from assistant.retrieve import ENOUGH, UNSURE, _has_rival, _stating_first, odds, retrieve, scope_of
from assistant.retrieve.rank import FEATURES, confidence, rank, scores_of
from assistant.retrieve.signals import SIGNALS, Candidate, candidates
from assistant.retrieve.terms import term_scores
from assistant.tokens import tokens
from assistant.understand import understand

TODAY = dt.date(2026, 11, 20)
EVERYDAY = [
    ("うちの店、継いでくれる人がいないんです", "事業承継|継ぎたい"),
    ("東京から地元に帰って就職したい若者に何かある?", "UIJ|Ｕ・Ｉターン|U・Iターン|還流"),
    ("障害のある人が働くための訓練", "障"),
    ("台湾に食べ物を売り込みたい", "台湾"),
]


def query_of(assistant, question):
    return understand(question, assistant.vocabulary, today=TODAY)


@pytest.mark.parametrize("question", [question for question, _ in EVERYDAY])
def test_every_signal_of_every_candidate_is_a_share(assistant, question):
    query = query_of(assistant, question)
    found = candidates(query, assistant.index, scope_of(query, assistant.index))
    assert len({one.program_id for one in found}) == len(found) > 0
    for one in found:
        assert set(one.signals) == set(SIGNALS)
        assert all(-0.01 <= value <= 1.6 and math.isfinite(value) for value in one.signals.values()), one


@pytest.mark.parametrize(("question", "names"), EVERYDAY)
def test_everyday_words_lead_to_their_programs(assistant, question, names):
    hits = retrieve(query_of(assistant, question), assistant.index).ranked[:5]
    told = [" ".join((hit.program.program, *hit.program.aliases)) for hit in hits]
    assert any(name in one for one in told for name in names.split("|")), told


def test_a_word_for_lending_is_met_by_what_lends_and_by_nothing_else(assistant):
    index = assistant.index
    scores = term_scores("お金を貸してほしい", index, list(index.programs))
    assert scores
    assert all(any(kind.value.startswith("loan") for kind in index.kinds_of(name)) for name in scores)


@pytest.mark.parametrize(
    ("kinds", "shares", "titles", "first"),
    [
        ((0.0, 1.0), (1.0, 0.9), (0.0, 0.0), 1),  # the next one states what is asked
        ((0.0, 1.0), (1.0, 0.7), (0.0, 0.0), 0),  # … but is far
        ((0.0, 1.0), (1.0, 0.9), (0.8, 0.0), 0),  # … but the first is all but named
        ((0.5, 1.0), (1.0, 0.9), (0.0, 0.0), 0),
    ],
)
def test_what_states_nothing_asked_gives_way_to_a_rival(assistant, kinds, shares, titles, first):
    programs = list(assistant.index.programs.values())[:2]
    hits = tuple(
        Hit(program, (), share, (("kind", kind), ("title", title)))
        for program, kind, share, title in zip(programs, kinds, shares, titles, strict=True)
    )
    index = assistant.index
    spoken = Query("？", "figure", words=tuple(tokens(programs[1].program)))
    assert _stating_first(spoken, hits, index)[0] is hits[first]
    assert _stating_first(Query("？", "figure", words=("宇宙人",)), hits, index)[0] is hits[0]  # nothing speaks of it


@pytest.mark.parametrize(
    ("intent", "kinds", "weighed", "rival"),
    [
        ("figure", (1.0, 1.0), (1.50, 1.49), True),
        ("figure", (1.0, 1.0), (1.50, 1.30), False),  # far enough
        ("figure", (1.0, 0.5), (1.50, 1.49), False),  # states less of what is asked
        ("open", (0.0, 0.0), (1.50, 1.49), False),
    ],
)
def test_a_second_as_near_as_the_first_may_be_meant(assistant, intent, kinds, weighed, rival):
    programs = list(assistant.index.programs.values())[:2]
    hits = tuple(
        Hit(program, (), 1.0, (("kind", kind), ("weighed", score)))
        for program, kind, score in zip(programs, kinds, weighed, strict=True)
    )
    assert _has_rival(Query("？", intent), hits) is rival


def test_the_weights_are_those_of_the_signals_and_features():
    weights = table("weights")
    assert set(weights["signals"]) == set(SIGNALS)
    assert set(weights["confidence"]) == set(FEATURES)
    assert min(weights["signals"].values()) >= 0.0


@given(st.lists(st.floats(0, 1), min_size=len(SIGNALS), max_size=len(SIGNALS)))
def test_weighing_is_linear(assistant, values):
    name, row = next(iter(assistant.index.programs)), np.asarray(values)
    once, twice, again = scores_of(
        [Candidate(name, row), Candidate(name, 2 * row), Candidate(name, row)], assistant.index
    )
    assert twice == pytest.approx(2 * once)
    assert again == once


def test_what_a_text_says_is_kept_and_not_changed_by_what_is_asked(assistant):
    documents = set(assistant.index.documents)
    first, second = (query_of(assistant, question) for question in ("商店街の空き店舗、補助率は?", "商店街の空き店舗"))
    plain = [one.row.tolist() for one in candidates(second, assistant.index, documents)]
    candidates(first, assistant.index, documents)
    assert [one.row.tolist() for one in candidates(second, assistant.index, documents)] == plain


def test_programs_that_nobody_speaks_of_are_no_candidates_of_other_documents(assistant):
    one = next(iter(assistant.index.documents))
    found = candidates(query_of(assistant, "後継ぎがいない"), assistant.index, {one})
    assert {assistant.index.programs[candidate.program_id].document for candidate in found} == {one}


@given(st.lists(st.floats(-1e6, 1e6), min_size=len(FEATURES), max_size=len(FEATURES)))
def test_confidence_is_a_probability(values):
    assert 0.0 <= confidence(dict(zip(FEATURES, values, strict=True))) <= 1.0


def test_hits_come_by_their_weighed_sum(assistant):
    query = query_of(assistant, "人を雇いたい")
    hits, sure = rank(query, assistant.index, scope_of(query, assistant.index))
    weighed = [dict(hit.parts)["weighed"] for hit in hits]
    assert weighed == sorted(weighed, reverse=True)
    assert odds(hits[0], hits[0]) == 1.0
    assert all(odds(hit, hits[0]) <= 1.0 for hit in hits)
    assert 0.0 <= sure <= 1.0


@pytest.mark.parametrize(
    "question", ["近所の猫がうるさくて眠れない", "きのうの晩ごはんは何を食べた?", "彼女に振られました"]
)
def test_what_nothing_speaks_for_is_not_answered(assistant, question):
    retrieval = retrieve(query_of(assistant, question), assistant.index)
    assert retrieval.hits == ()
    assert retrieval.missing in ("topic", "program", "unsure")
    assert UNSURE < ENOUGH


def test_a_term_counts_more_where_it_is_rare(assistant):
    programs = list(assistant.index.programs)
    scores = term_scores("跡継ぎがいない", assistant.index, programs)
    best = max(scores, key=scores.__getitem__)
    assert any(word in assistant.index.said_of(best) for word in ("事業承継", "後継者"))
    assert term_scores("〇〇", assistant.index, programs) == {}
