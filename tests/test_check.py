"""A text that somebody wrote: each figure verified, contradicted with the right one, or unsupported."""

import json
import unicodedata
from collections import defaultdict
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.figures import find_figures
from assistant.records import FactKind

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


_STATEMENTS = [json.loads(line) for line in _TABLE.with_name("check_80.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", _STATEMENTS, ids=lambda case: case["id"])
def test_what_an_advisor_writes(assistant, case):
    """The false figures of a statement are never verified, all the others are."""
    status = {finding.text: finding.status for finding in assistant.check(case["text"])}
    assert status
    assert set(case["false"]) <= set(status)
    assert {text for text, found in status.items() if found != "verified"} == set(case["false"])


def test_as_many_statements_are_true_as_false():
    assert [case["true"] for case in _STATEMENTS] == [True] * 40 + [False] * 40
    assert all(case["true"] == (not case["false"]) for case in _STATEMENTS)
    assert len({case["text"] for case in _STATEMENTS}) == 80


_CALLED = {
    FactKind.BUDGET: "予算額",
    FactKind.BUDGET_PREVIOUS: "前年度当初予算額",
    FactKind.BUDGET_REVISED: "現計予算額",
    FactKind.BUDGET_CHANGE: "増減率",
    FactKind.FUNDING_NATIONAL: "国庫",
    FactKind.FUNDING_OTHER: "その他の財源",
    FactKind.FUNDING_GENERAL: "一般財源",
    FactKind.BREAKDOWN: "予算額",
    FactKind.SUBSIDY_RATE: "補助率",
    FactKind.SUBSIDY_LIMIT: "補助限度額",
    FactKind.LOAN_LIMIT: "融資限度額",
    FactKind.LOAN_POOL: "融資枠",
    FactKind.LOAN_RATE: "融資利率",
    FactKind.GUARANTEE_RATE: "保証料率",
}


def _plain(fact, region, text):
    """A fact as a plain statement: 「山形県の信用補完対策費の予算額は546,621千円です。」"""
    called = "概算要求額" if (fact.kind, fact.stage) == (FactKind.BUDGET, "概算要求") else _CALLED[fact.kind]
    part = f"の{fact.subprogram}" if fact.subprogram else ""
    case = f"、{fact.condition}では" if fact.condition else ""
    unit = fact.unit if fact.unit and fact.unit not in text else ""
    return f"{region}の{fact.program}{part}の{called}は{case}{text}{unit}です。"


def _other_digits(text, random):
    """The text once for each of its digits, with another one in its place."""
    for place, letter in enumerate(text):
        if letter.isdigit():
            digit = random.choice([other for other in "123456789" if other != unicodedata.normalize("NFKC", letter)])
            yield text[:place] + digit + text[place + 1 :]


def _stated(readings):
    """Every fact of money or of a rate that a program states (no example, no misprint, no sum), with its region."""
    for reading in readings.values():
        labels = {program.id for program in reading.programs if program.role in ("subtotal", "total")}
        for fact in reading.facts:
            if fact.kind in _CALLED and not {"example", "suspect"} & set(fact.flags) and fact.program_id not in labels:
                yield fact, reading.document.region


def _is_verified(assistant, fact, region, text):
    """Whether the figure that such a statement gives is verified; those that its case's own name holds do not count."""
    said = _plain(fact, region, text)
    place = said.rindex(text)
    status = {finding.status for finding in assistant.check(said) if finding.end > place}
    return status == {"verified"}


def test_every_fact_said_plainly_is_verified(assistant, readings):
    stated = list(_stated(readings))
    assert [_plain(*one, one[0].text) for one in stated if not _is_verified(assistant, *one, one[0].text)] == []
    assert len(stated) >= 400


def test_no_fact_with_another_digit_is_verified(assistant, readings):
    random = Random(80)
    stated = list(_stated(readings))
    values = defaultdict(set)
    for fact, _ in stated:
        values[fact.program, fact.subprogram, fact.kind].add(fact.text)
    wrong = [
        _plain(fact, region, text)
        for fact, region in stated
        for text in _other_digits(fact.text, random)
        if text not in values[fact.program, fact.subprogram, fact.kind] and _is_verified(assistant, fact, region, text)
    ]
    assert wrong == []


def test_no_fact_told_as_another_kind_is_verified(assistant, readings):
    """A limit is no budget and a rate no limit, unless the program states the same value there too."""
    random = Random(80)
    values = defaultdict(set)
    for fact, region in _stated(readings):
        values[fact.program, region, fact.kind].add(
            (fact.yen, fact.yen_min, fact.yen_max, fact.number, fact.number_min)
        )
    told = []
    for (fact, region), kind in product(_stated(readings), _CALLED):
        value = (fact.yen, fact.yen_min, fact.yen_max, fact.number, fact.number_min)
        same = kind is FactKind.BREAKDOWN or fact.kind in (kind, FactKind.BREAKDOWN)  # 予算額 is said of both
        if not same and value not in values[fact.program, region, kind]:
            told.append((replace(fact, kind=kind), region, fact.text))
    told = random.sample(told, 2000)
    assert [
        _plain(fact, region, text) for fact, region, text in told if _is_verified(assistant, fact, region, text)
    ] == []
