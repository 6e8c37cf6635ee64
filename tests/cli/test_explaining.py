"""``assistant ask --explain``: the query, the candidates with their scores, and why."""

import json

from cli import running

run = running.run


def test_a_described_question_is_explained(run):
    ran = run("ask", "店の跡継ぎがいない。使える補助は?", "--explain")
    assert ran.status == 0
    assert "Query" in ran.out
    assert "terms: " in ran.out
    assert "Candidates" in ran.out
    assert "asked" in ran.out
    assert "sure: " in ran.out


def test_a_named_program_is_explained_as_named(run):
    ran = run("ask", "信用補完対策費の予算は?", "--explain")
    assert "信用補完対策費 (yamagata-r02:" in ran.out
    assert "named" in ran.out


def test_json_stays_one_object(run):
    ran = run("ask", "沖縄県の補助率は?", "--explain", "--json")
    answer = json.loads(ran.out)
    assert answer["reason"] == "not_in_corpus"
    assert "missing: region" in ran.err
