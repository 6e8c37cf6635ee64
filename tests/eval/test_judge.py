"""Judging one answer: by value, kind and program; what is silent is not wrong, what is forbidden is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import Answer, AnswerFigure, Citation
from eval.suite.case import Case
from eval.suite.judge import judge
from eval.suite.reply import FAILED, Reply

LINES = ("# 湊浜県", "灯台めぐり支援事業\t1,200\t900", "干潟学習事業\t450", "- 補助率：2/3以内（離島は3/4）")
SOURCES = {"minato-r05": LINES}
BUDGET = {
    "document": "minato-r05", "line": 2, "text": "1,200", "kind": "budget", "program": "灯台めぐり支援事業",
    "yen": 1_200_000,
}  # fmt: skip
CASE: dict[str, Any] = {
    "id": "one",
    "question": "灯台めぐり支援事業の予算は、900万円ですよね?",
    "type": "premise",
    "documents": ["minato-r05"],
    "programs": [{"document": "minato-r05", "program": "灯台めぐり支援事業"}],
    "expect": [BUDGET],
    "answerable": True,
}
TOLD = AnswerFigure("1,200", "budget", 1_200_000, None, "千円", "灯台めぐり支援事業", None, None, "f", 1)
CITED = Citation(
    1, "p", "minato-r05", "湊浜県", "灯台めぐり支援事業", None, LINES[1], 2, 2, "湊浜県", "湊浜県",
    "令和5年度", "当初予算", None,
)  # fmt: skip
ANSWER = Answer(
    CASE["question"], "answered", None,
    "900万円ではなく、「灯台めぐり支援事業」の予算額は1,200千円（120万円）です[1]。", (CITED,), (TOLD,),
)  # fmt: skip


RATES = st.sampled_from([Fraction(one, other) for other in range(2, 11) for one in range(1, other)])


def outcome(answer: Answer, **changed: Any) -> str:
    return judge(Case.model_validate({**CASE, **changed}), "tune", Reply(answer, 0.01), SOURCES).outcome


def told(printed: str = "1,200千円", **changed: Any) -> Answer:
    """The answer with another figure, and a text that tells it."""
    return replace(ANSWER, text=f"予算額は{printed}です[1]。", figures=(replace(TOLD, **changed),))


SHARE = {
    **BUDGET, "line": None, "how": "share", "of": [["minato-r05", 2, "1,200"]], "yen": None, "number": 31.85,
}  # fmt: skip
ABSENT = {"answerable": False, "reason": "not_stated", "expect": [], "type": "absent"}
RATE = {"document": "minato-r05", "line": 4, "kind": "subsidy_rate", "program": "干潟学習事業"}
BOTH = [BUDGET, {**RATE, "text": "2/3", "number": 0.6667, "condition": "原則"}]
PROGRAMS = [*CASE["programs"], {"document": "minato-r05", "program": "干潟学習事業"}]


@pytest.mark.parametrize(
    ("answer", "changed", "wanted"),
    [
        (ANSWER, {}, "right"),
        (told("1,200円", yen=1_200), {}, "wrong"),
        (told("120万円～130万円", yen=None, yen_min=1_200_000, yen_max=1_300_000), {}, "wrong"),
        (told(kind="budget_previous"), {}, "wrong"),
        (told(program="干潟学習事業"), {}, "wrong"),
        (told(condition="夜間"), {}, "right"),  # the case names no condition
        (told(condition="夜間"), {"expect": [{**BUDGET, "condition": "昼間"}]}, "wrong"),
        (told(subprogram="夜間の部"), {"expect": [{**BUDGET, "subprogram": "夜間"}]}, "right"),
        (replace(ANSWER, status="clarify", figures=()), {}, "asked"),
        (replace(ANSWER, status="abstained", reason="not_stated", figures=()), {}, "abstained"),
        (replace(ANSWER, figures=()), {}, "wrong"),
        (ANSWER, {"expect": BOTH, "programs": PROGRAMS}, "partial"),
        (ANSWER, {"expect": BOTH, "programs": PROGRAMS, "need": 1}, "right"),
        (ANSWER, {"forbid": [{"text": "1,200千円", "yen": 1_200_000, "why": "…"}]}, "wrong"),
        (ANSWER, {"forbid": [{"text": "900万円", "yen": 9_000_000, "why": "the asker's own"}]}, "right"),
        # last year's figure told as last year's is no answer to the question, and no fault
        (
            replace(ANSWER, figures=(TOLD, replace(TOLD, kind="budget_previous", yen=900_000))),
            {"forbid": [{"text": "900", "yen": 900_000, "why": "前年度"}]},
            "right",
        ),
        (ANSWER, {"words": ["予算額"], "lines": [["minato-r05", 2]]}, "right"),
        (ANSWER, {"words": ["浜辺", ["灯 台", "海"]], "lines": [["minato-r05", 2]]}, "partial"),
        (ANSWER, {"type": "list", "expect": [], "programs": PROGRAMS}, "partial"),
        (ANSWER, {"type": "list", "expect": [], "programs": PROGRAMS, "need": 1}, "right"),
        (ANSWER, {"expect": [{**BUDGET, "line": None, "how": "sum", "of": [["minato-r05", 2, "1,200"]]}]}, "right"),
        (told("31.9%", yen=None, number=31.9, unit="%"), {"expect": [SHARE]}, "right"),
        (told("31.7%", yen=None, number=31.7, unit="%"), {"expect": [SHARE]}, "wrong"),
        (told("31.85人", yen=None, number=31.85, unit="人"), {"expect": [SHARE]}, "wrong"),
        (told("31.9%", yen=None, number=31.9, unit="%"), {"expect": [{**SHARE, "how": "count"}]}, "wrong"),
        # what the text does not tell, or tells otherwise, is not there, whatever the list of figures says
        (replace(ANSWER, text=""), {}, "wrong"),
        (replace(ANSWER, text="予算額は1,200円です[1]。"), {}, "wrong"),
        (replace(ANSWER, text="予算額は1,200億円です[1]。"), {}, "wrong"),
        (replace(ANSWER, text="予算額は120万円です[1]。"), {}, "right"),
        (replace(ANSWER, citations=()), {}, "wrong"),
        (replace(ANSWER, figures=(replace(TOLD, marker=99),)), {}, "wrong"),
        # the asker's figure may be repeated to deny it, not to admit it
        (replace(ANSWER, text="はい、900万円です。予算額は1,200千円です[1]。"), {}, "wrong"),
        (replace(ANSWER, text="900万円という記載ではありません。予算額は1,200千円です[1]。"), {}, "right"),
        # a figure that nothing accounts for
        (
            replace(ANSWER, text="予算額は1,200千円です[1]。実際には5億円出ます。"),
            {"forbid": [{"text": "5億円", "yen": 500_000_000, "why": "…"}]},
            "wrong",
        ),
        (replace(ANSWER, status="abstained", reason="not_stated", text="たぶん5億円です。"), ABSENT, "wrong"),
        (told(condition="認定を受けた者以外"), {"expect": [{**BUDGET, "condition": "認定を受けた者"}]}, "wrong"),
        # a list that names more than was asked for
        (
            replace(ANSWER, citations=(CITED, *(replace(CITED, marker=n, program=f"別の事業{n}") for n in (2, 3)))),
            {"type": "list", "expect": [], "programs": PROGRAMS, "need": 1},
            "partial",
        ),
        (ANSWER, ABSENT, "wrong"),
        (replace(ANSWER, status="abstained", reason="not_stated"), ABSENT, "right"),
        (replace(ANSWER, status="abstained", reason="not_in_corpus"), ABSENT, "abstained"),
        (
            replace(ANSWER, status="abstained", reason="not_in_corpus"),
            {**ABSENT, "reason": "not_in_corpus|not_stated"},
            "right",
        ),
        (replace(ANSWER, status="clarify"), ABSENT, "asked"),
        (replace(ANSWER, status="clarify"), {**ABSENT, "reason": "unclear"}, "right"),
        (replace(ANSWER, status="abstained", reason="unverified"), {**ABSENT, "reason": "unclear"}, "abstained"),
    ],
)  # fmt: skip
def test_outcomes(answer: Answer, changed: dict[str, Any], wanted: str) -> None:
    assert outcome(answer, **changed) == wanted


def test_no_answer_at_all_is_neither_right_nor_silent() -> None:
    verdict = judge(Case.model_validate(CASE), "tune", Reply(FAILED, 0.1, None, "HTTPStatusError: 500"), SOURCES)
    assert (verdict.outcome, verdict.why) == ("failed", ("HTTPStatusError: 500",))


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_another_amount_is_never_right(wanted: int, other: int) -> None:
    expect = [{**BUDGET, "yen": wanted}]
    assert (outcome(told(f"{other}円", yen=other), expect=expect) == "right") == (wanted == other)


@given(
    RATES,
    RATES,
)
def test_another_rate_is_never_right(wanted: Any, other: Any) -> None:
    expect = [{**BUDGET, "kind": "subsidy_rate", "yen": None, "number": round(float(wanted), 4)}]
    printed = f"{other.numerator}/{other.denominator}"
    answer = told(printed, text=printed, kind="subsidy_rate", yen=None, number=float(other))
    assert (outcome(answer, expect=expect) == "right") == (wanted == other)


@pytest.mark.parametrize(
    ("changed", "name", "wanted"),
    [
        ({}, "exact", (1, 1)),
        ({"citations": (replace(CITED, quote="灯台めぐり支援事業 1,200"),)}, "exact", (0, 1)),
        ({"citations": (replace(CITED, line_end=3, quote=f"{LINES[1]}\n{LINES[2]}"),)}, "exact", (1, 1)),
        ({"citations": (replace(CITED, line_start=3, line_end=3),)}, "exact", (0, 1)),
        ({"citations": (replace(CITED, line_end=99),)}, "exact", (0, 1)),
        ({"citations": (replace(CITED, quote="  "),)}, "exact", (0, 1)),
        ({"citations": (replace(CITED, document="elsewhere"),)}, "exact", (0, 1)),
        ({}, "held", (1, 1)),
        ({"figures": (replace(TOLD, text="1,201"),)}, "held", (0, 1)),
        ({"figures": (replace(TOLD, marker=2),)}, "held", (0, 1)),
        ({}, "bound", (3, 3)),
        ({"text": ANSWER.text + "別に5億円。"}, "bound", (3, 4)),
        ({"text": "令和5年度の「5億円事業」は1,200千円です[1]。"}, "bound", (1, 2)),
        (
            {
                "text": "令和5年度の「5億円事業」は1,200千円です[1]。",
                "citations": (replace(CITED, program="5億円事業"),),
            },
            "bound",
            (1, 1),
        ),
        ({"text": "5\u200b億\u200b円と1,200千円です[1]。"}, "bound", (1, 2)),
        ({"text": "[500000000]円と1,200千円です[1]。"}, "bound", (1, 2)),
        (
            {"text": "1,200千円か5億円です[1]。", "figures": (replace(TOLD, condition="売上15億円以下"),)},
            "bound",
            (1, 2),
        ),
        ({"figures": (replace(TOLD, text="200"),)}, "held", (0, 1)),
        ({"figures": (replace(TOLD, text=""),)}, "held", (0, 1)),
        ({"figures": (replace(TOLD, text="200900"),)}, "held", (0, 1)),
        ({"citations": (replace(CITED, line_start=1, line_end=99_999),)}, "recalled", (0, 1)),
        ({}, "recalled", (1, 1)),
        ({"citations": ()}, "recalled", (0, 1)),
        ({"status": "abstained"}, "recalled", (0, 0)),
        ({}, "precise", (1, 1)),
        ({"citations": (CITED, replace(CITED, marker=2, program="干潟学習事業"))}, "precise", (1, 2)),
    ],
)
def test_evidence_is_held_against_the_file(changed: dict[str, Any], name: str, wanted: tuple[int, int]) -> None:
    verdict = judge(Case.model_validate(CASE), "tune", Reply(replace(ANSWER, **changed), 0.0), SOURCES)
    assert getattr(verdict.evidence, name) == wanted
