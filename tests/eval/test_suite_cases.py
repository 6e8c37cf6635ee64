"""Reading and checking cases: what a line may state, what is wrong with a case, and which split it falls into."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.records import Document
from eval.golden.rows import Row
from eval.suite.__main__ import main
from eval.suite.audit import Truth, faults, shared_words
from eval.suite.case import CASES, TYPES, Case, CaseProblem, read_case, read_cases, written
from eval.suite.names import read_names
from eval.suite.splits import file_of, split_of

LINES = (
    "# 湊浜県",
    "（単位：千円）",
    "灯台めぐり支援事業\t1,200\t900",
    "干潟学習事業\t450",
    "- 補助率：2/3以内 電話 099-123-4567",
)


def row(line: int, program: str, kind: str, text: str, **more: Any) -> Row:
    return Row(line=line, kind=kind, program=program, text=text, fiscal_year="令和5年度", **more)


TRUTH = Truth(
    {"minato-r05": Document("minato-r05", "湊浜県", "湊浜県", "湊浜県", "令和5年度", "当初予算", "", LINES)},
    {
        "minato-r05": [
            row(3, "灯台めぐり支援事業", "budget", "1,200", yen=1_200_000),
            row(3, "灯台めぐり支援事業", "budget_previous", "900", yen=900_000),
            row(4, "干潟学習事業", "budget", "450", yen=450_000),
            row(5, "干潟学習事業", "subsidy_rate", "2/3", number=0.6667, condition="原則"),
            row(5, "干潟学習事業", "phone", "099-123-4567"),
        ]
    },
)
FIGURE = {
    "document": "minato-r05", "line": 3, "text": "1,200", "kind": "budget", "program": "灯台めぐり支援事業",
    "yen": 1_200_000,
}  # fmt: skip
STATED: dict[str, Any] = {
    "id": "minato-r05-direct-001",
    "question": "灯台めぐり支援事業の予算は?",
    "type": "direct",
    "documents": ["minato-r05"],
    "programs": [{"document": "minato-r05", "program": "灯台めぐり支援事業"}],
    "expect": [FIGURE],
    "answerable": True,
}
SUM = {**FIGURE, "text": "1,650", "line": None, "how": "sum", "yen": 1_650_000}
OF = [["minato-r05", 3, "1,200"], ["minato-r05", 4, "450"]]


def case(**changed: Any) -> Case:
    return Case.model_validate({**STATED, **changed})


def figure(**changed: Any) -> dict[str, Any]:
    return {**FIGURE, **changed}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"type": "riddle"}, "type"),
        ({"surprise": 1}, "surprise"),
        ({"answerable": False}, "reason"),
        ({"answerable": True, "reason": "not_stated"}, "reason"),
        ({"answerable": False, "reason": "too_hard", "expect": []}, "reason is one of"),
        ({"answerable": False, "reason": "not_stated"}, "expects no figures"),
        ({"expect": [], "programs": []}, "expects figures, words or programs"),
        ({"history": ["灯台は?"]}, "history"),
        ({"type": "followup"}, "history"),
        ({"expect": [figure(line=None)]}, "has a line"),
        ({"expect": [figure(how="sum")]}, "has a line"),
        ({"expect": [figure(line=None, how="sum")]}, "computed from"),
        ({"expect": [figure(kind="wish")]}, "kind"),
        ({"question": ""}, "question"),
        ({"need": 0}, "need"),
    ],
)
def test_a_line_that_is_no_case_is_named_with_its_fault(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(CaseProblem, match=r"cases\.jsonl:7: ") as problem:
        read_case(json.dumps({**STATED, **changed}), "cases.jsonl:7")
    assert told in str(problem.value)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    "line", ["", "{", "[]", "null", "0", '"灯台"', '{"id": "x"}', "\x00", "{" * 200, '{"id": 1e400}']
)
def test_a_line_of_anything_else_is_refused_in_one_line(line: str) -> None:
    with pytest.raises(CaseProblem) as problem:
        read_case(line, "a:1")
    assert "\n" not in str(problem.value)


def test_what_is_written_reads_the_same() -> None:
    for one in (case(), case(words=["灯台", ["海", "浜"]], lines=[["minato-r05", 3]], need=1, note="…", voice="店主")):
        assert read_case(written([one]), "a:1") == one


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, None),
        ({"documents": ["minato-r06"]}, "no document is called minato-r06"),
        ({"programs": [{"document": "minato-r05", "program": "鯨見物事業"}]}, "has no program 鯨見物事業"),
        ({"expect": [figure(line=4)]}, "does not print 1,200"),
        ({"expect": [figure(line=99)]}, "has no line 99"),
        ({"expect": [figure(text="900", yen=900_000)]}, "the table says budget_previous"),
        ({"expect": [figure(yen=1_200)]}, "the table says (1200000"),
        ({"expect": [figure(condition="夜間")]}, "condition 夜間"),
        ({"expect": [figure(text="灯台")]}, "the table has no such figure"),
        ({"expect": [{**SUM, "of": OF}]}, None),
        ({"expect": [{**SUM, "of": OF, "yen": 1_650_001}]}, "computed 1650000"),
        ({"expect": [{**SUM, "of": [*OF, ["minato-r05", 2, "千円"]]}]}, "the tables have no minato-r05:2 千円"),
        ({"expect": [{**SUM, "of": OF, "how": "difference", "yen": 750_000}]}, None),
        ({"expect": [{**SUM, "of": OF, "how": "count", "yen": None, "number": 2}]}, None),
        ({"expect": [{**SUM, "of": OF[:1], "how": "ratio", "yen": None, "number": 2}]}, "computed None"),
        ({"words": ["灯台"]}, None),
        ({"words": ["鯨"]}, "鯨 does not stand"),
        ({"words": ["　"]}, "a word of blanks"),
        ({"words": [[]]}, "a list without words"),
        ({"expect": [figure(document="minato-r06")]}, "minato-r06 has no line 3"),
        ({"expect": [{**SUM, "of": [["minato-r06", 1, "7"]]}]}, "sum: minato-r06:1 does not print 7"),
        ({"expect": [{**SUM, "of": [*OF, ["minato-r05", 99, "7"]], "how": "count"}]}, "count: minato-r05:99"),
        ({"expect": [{**SUM, "of": [*OF, ["minato-r05", 3, "鯨"]], "how": "count"}]}, "count: minato-r05:3"),
        ({"words": [["鯨", "浜"]]}, "鯨 does not stand"),
        ({"type": "words", "expect": [], "words": ["灯台"]}, "words without lines"),
        ({"lines": [["minato-r05", 9]]}, "has no line 9"),
        ({"forbid": [{"text": "1,200", "yen": 1_200_000, "why": "…"}]}, "expected and forbidden"),
        ({"forbid": [{"text": "900", "yen": 900_000, "why": "前年度"}]}, None),
        ({"type": "everyday"}, "the name's own words"),
        ({"type": "everyday", "question": "岬の観光に県はいくら?"}, None),
        ({"type": "premise", "expect": [], "words": ["灯台"]}, "expects a figure"),
    ],
)
def test_a_case_is_held_against_the_document_and_its_table(changed: dict[str, Any], told: str | None) -> None:
    found = faults(case(**changed), TRUTH)
    assert not found if told is None else any(told in fault for fault in found)


def test_two_numbers_without_a_value_are_told_apart_by_their_print() -> None:
    phone = {**FIGURE, "line": 5, "text": "099-123-4567", "kind": "phone", "program": "干潟学習事業", "yen": None}
    asked = {"programs": [{"document": "minato-r05", "program": "干潟学習事業"}], "expect": [phone]}
    assert not faults(case(**asked, forbid=[{"text": "099-765-4321", "why": "隣の課"}]), TRUTH)


def test_common_words_are_not_the_names_own() -> None:
    assert shared_words(case(question="支援の予算は?"), TRUTH) == []
    assert shared_words(case(question="灯台の予算は?"), TRUTH) == ["灯台"]


def test_a_program_is_in_one_split_whatever_is_asked_of_it() -> None:
    one, other = case(), case(id="x", question="前の年は?", type="premise")
    assert split_of(one, TRUTH) == split_of(other, TRUTH)
    assert file_of(one, TRUTH) == f"minato-r05.{split_of(one, TRUTH)}.jsonl"
    nowhere = case(documents=[], programs=[], expect=[], answerable=False, reason="out_of_scope", type="absent")
    assert file_of(nowhere, TRUTH).startswith("outside.")


def test_files_are_read_in_order_and_their_faults_named(tmp_path: Path) -> None:
    with pytest.raises(CaseProblem, match="holds no cases"):
        read_cases(tmp_path)
    (tmp_path / "a.tune.jsonl").write_text(written([case()]) + "\n", encoding="utf-8-sig")
    (tmp_path / "a.frozen.jsonl").write_text(written([case(id="z")]), encoding="utf-8")
    assert [(one.case.id, one.split) for one in read_cases(tmp_path)] == [("z", "frozen"), (STATED["id"], "tune")]
    assert [one.case.id for one in read_cases(tmp_path, "tune")] == [STATED["id"]]
    (tmp_path / "b.tune.jsonl").write_text(written([case()]), encoding="utf-8")
    with pytest.raises(CaseProblem, match=r"b\.tune\.jsonl:1.*also used at.*a\.tune\.jsonl:1"):
        read_cases(tmp_path)
    (tmp_path / "b.tune.jsonl").rename(tmp_path / "b.jsonl")
    with pytest.raises(CaseProblem, match="name it"):
        read_cases(tmp_path)
    (tmp_path / "b.jsonl").unlink()
    (tmp_path / "c.tune.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(CaseProblem, match="cannot be read"):
        read_cases(tmp_path)


def test_one_name_stands_for_all_prints_of_a_program(tmp_path: Path) -> None:
    (tmp_path / "names.toml").write_text(
        '[[same]]\ndocument = "minato-r05"\nnames = ["灯台めぐり支援事業", "燈台めぐり支援事業"]\n', encoding="utf-8"
    )
    names = read_names(tmp_path)
    both = [{"document": "minato-r05", "program": name} for name in ("燈台めぐり支援事業", "灯台めぐり支援事業")]
    read = names.case(case(programs=both, expect=[figure(program="燈台めぐり支援事業")]))
    assert [one.program for one in read.programs] == ["灯台めぐり支援事業"]
    assert read.expect[0].program == "灯台めぐり支援事業"
    for bad in ("same = 3", '[[same]]\ndocument = "a"\nnames = "bc"', '[[same]]\ndocument = ["a"]\nnames = ["b"]'):
        (tmp_path / "names.toml").write_text(bad, encoding="utf-8")
        with pytest.raises(CaseProblem, match=r"names\.toml cannot be read"):
            read_names(tmp_path)


def test_the_suite_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """Every case agrees with the documents, every program is asked, and the suite is as large as it says it is."""
    assert main([]) == 0, capsys.readouterr().out
    assert "never asked" not in capsys.readouterr().out
    cases = [one.case for one in read_cases(CASES)]
    assert len(cases) >= 600
    assert sum(one.type == "everyday" for one in cases) >= 200
    assert {one.type for one in cases} == set(TYPES)


def test_the_cases_about_other_offices_agree_with_their_documents(capsys: pytest.CaptureFixture[str]) -> None:
    places = ["--corpus", "tests/samples", "--tables", "tests/golden/samples", "--cases", str(CASES / "others")]
    assert main(places) == 0, capsys.readouterr().out


@pytest.mark.parametrize("folder", [CASES, CASES / "others"])
def test_no_program_is_both_tuned_on_and_measured_with(folder: Path) -> None:
    """What is asked of one program alone is in one split; a case of several is frozen when one of them is."""
    names = read_names(folder)
    cases = [(names.case(one.case).programs, one.split) for one in read_cases(folder)]
    tuned = {program for programs, split in cases if split == "tune" for program in programs}
    measured = {
        program for programs, split in cases if split == "frozen" and len(programs) == 1 for program in programs
    }
    assert not tuned & measured


def test_drafts_are_checked_before_they_are_put_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.jsonl"
    draft.write_text(written([case()]), encoding="utf-8")
    assert main([str(draft)]) == 1
    assert "no document is called minato-r05" in capsys.readouterr().out
    assert main([str(tmp_path / "none.jsonl")]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_cases_with_faults_are_not_sorted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "a.tune.jsonl"
    draft.write_text(written([case(documents=["../elsewhere"])]), encoding="utf-8")
    assert main(["--cases", str(tmp_path), "--sort"]) == 1
    assert "no document is called ../elsewhere" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["a.tune.jsonl"]


def test_cases_are_drawn_whatever_they_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.tune.jsonl").write_text(written([case()]), encoding="utf-8")
    assert main(["--cases", str(tmp_path), "--sample", "9"]) == 0
    assert "この行はありません" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["--sample", "-1"])
