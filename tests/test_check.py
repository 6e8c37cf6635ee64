"""A text that somebody wrote: each figure verified, contradicted with the right one, or unsupported."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.figures import find_figures

_TABLE = Path(__file__).parent / "data" / "query" / "check.jsonl"
CASES = [json.loads(line) for line in _TABLE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_statement(assistant, case):
    findings = assistant.check(case["text"])
    assert [[finding.text, finding.status] for finding in findings] == [found[:2] for found in case["found"]]
    for finding, (_, _, *right) in zip(findings, case["found"], strict=True):
        assert bool(finding.facts) == bool(right)
        assert not right or right[0] in {fact.text for fact in finding.facts}


def test_the_table_is_as_large_as_it_should_be():
    assert len({case["text"] for case in CASES}) >= 40
    assert {found[1] for case in CASES for found in case["found"]} == {"verified", "contradicted", "unsupported"}


def test_a_program_is_spoken_of_until_the_next_one(assistant):
    text = "信用補完対策費について。予算は546,621千円です。\n連携組織対策費は128,346千円です。予算は546,621千円です。"
    assert [finding.status for finding in assistant.check(text)] == ["verified", "verified", "contradicted"]


def test_places_are_those_of_the_text(assistant):
    text = "はじめに\n\n  信用補完対策費の予算は546,621千円、😀補助率は2/3です。\r\n電話 03-1234-5678"
    lines = text.split("\n")
    for finding in assistant.check(text):
        assert lines[finding.line - 1][finding.start : finding.end] == finding.text


def test_a_program_may_be_given(assistant):
    assert [one.status for one in assistant.check("予算は546,621千円です。")] == ["unsupported"]
    assert [one.status for one in assistant.check("予算は546,621千円です。", program="信用補完対策費")] == ["verified"]
    assert [one.status for one in assistant.check("予算は546,622千円です。", program="信用補完")] == ["contradicted"]
    assert [one.status for one in assistant.check("予算は546,621千円です。", program="架空")] == ["unsupported"]


def test_another_programs_figure_is_not_borrowed(assistant):
    (finding,) = assistant.check("連携組織対策費の予算は546,621千円です。")
    assert (finding.status, finding.facts[0].text) == ("contradicted", "128,346")


def test_another_region_is_not_borrowed(assistant):
    (finding,) = assistant.check("群馬県の信用補完対策費の予算は546,621千円です。")
    assert finding.status == "unsupported"


@pytest.mark.parametrize("text", ["", "数値はありません。", "令和2年度の第4次産業革命について", "\x00", "😀"])
def test_nothing_to_check(assistant, text):
    assert assistant.check(text) == []


def test_a_long_text_is_checked_in_time(assistant):
    text = "信用補完対策費の予算は546,621千円です。\n" * 300
    findings = assistant.check(text)
    assert len(findings) == 300
    assert {finding.status for finding in findings} == {"verified"}
    assert [finding.line for finding in findings] == list(range(1, 301))


@settings(max_examples=100, deadline=None)
@given(amount=st.integers(1, 10**10))
def test_no_other_amount_is_verified(assistant, amount):
    (finding,) = assistant.check(f"信用補完対策費の予算は{amount:,}円です。")
    assert (finding.status == "verified") == (amount == 546_621_000)


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_is_checked(assistant, text):
    findings = assistant.check(text)
    assert {finding.text for finding in findings} <= {figure.text for figure in find_figures(text)} | {
        figure.text for line in text.split("。") for figure in find_figures(line)
    }
    assert all(finding.status == "unsupported" for finding in findings)
