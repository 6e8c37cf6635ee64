"""The matcher and the command that scores: each sort of difference is counted, and tables are written as read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from invented import read

from eval.golden.__main__ import main
from eval.golden.match import Found, found_in, match
from eval.golden.rows import Row, TableProblem, of_fact, read_table, written
from eval.golden.tally import ALL_KINDS, MONEY_AND_RATES, Bar, tally

TEXT = """# 令和5年度 湊浜県当初予算

（単位：千円）
事業名\t予算額\t前年度予算額
灯台めぐり支援事業\t1,200\t900
干潟学習事業\t450\t450

## 桟橋改修補助金

- 補助率：2/3以内
- 問合せ先：港湾課 電話 099-123-4567"""
CHANGES: dict[str, dict[str, object]] = {
    "unit": {"yen": 1_200},
    "program": {"program": "干潟学習事業"},
    "part": {"subprogram": "夜間枠"},
    "condition": {"condition": "離島の場合"},
    "kind": {"kind": "breakdown"},
    "year": {"fiscal_year": "令和3年度"},
}


@pytest.fixture(scope="module")
def found() -> list[Found]:
    return found_in(read(TEXT))


@pytest.fixture(scope="module")
def golden(found: list[Found]) -> list[Row]:
    return [one.row for one in found]


@pytest.fixture
def folders(tmp_path: Path) -> list[str]:
    """A corpus of one document with its table written: the arguments that name both."""
    corpus = tmp_path / "documents"
    corpus.mkdir()
    (corpus / "minato.md").write_text(TEXT, encoding="utf-8")
    arguments = ["--tables", str(tmp_path / "tables"), "--corpus", str(corpus)]
    assert main([*arguments, "--regenerate"]) == 0
    return arguments


def test_the_same_facts_are_all_right(golden: list[Row], found: list[Found]) -> None:
    counted = tally(match(golden, found), ALL_KINDS)
    assert (counted.golden, counted.found, counted.right) == (len(found), len(found), len(found))
    assert not counted.faults
    assert counted.recall == counted.precision == 1.0


@pytest.mark.parametrize("fault", CHANGES)
def test_a_difference_is_counted_once(fault: str, golden: list[Row], found: list[Found]) -> None:
    changed = [replace(row, **CHANGES[fault]) if row.text == "1,200" else row for row in golden]
    counted = tally(match(changed, found), MONEY_AND_RATES)
    assert dict(counted.faults) == {fault: 1}
    assert counted.right == counted.golden - 1


def test_missing_and_extra_facts_are_counted(golden: list[Row], found: list[Found]) -> None:
    fewer = [row for row in golden if row.text != "1,200"]
    assert dict(tally(match(fewer, found), ALL_KINDS).faults) == {"extra": 1}
    assert dict(tally(match([*golden, replace(golden[0], line=2)], found), ALL_KINDS).faults) == {"missing": 1}


def test_each_fact_is_taken_once_and_the_best_agreement_goes_first(golden: list[Row], found: list[Found]) -> None:
    backwards = list(reversed(golden))  # 450 stands twice on its line
    assert not any(pair.faults for pair in match(backwards, found))
    twice = [*golden, *(row for row in golden if row.text == "1,200")]
    assert dict(tally(match(twice, found), ALL_KINDS).faults) == {"missing": 1}


@pytest.mark.parametrize(
    ("name", "right"),
    [("灯台めぐり　支援事業", True), ("灯台めぐり", True), ("灯台", False)],
)
def test_a_name_is_compared_folded_and_with_aliases(golden: list[Row], name: str, right: bool) -> None:
    row = next(row for row in golden if row.text == "1,200")
    one = Found(row, frozenset({"灯台めぐり支援事業", "灯台めぐり"}))
    assert (match([replace(row, program=name)], [one])[0].faults == ()) is right


def test_a_rounded_rate_is_the_rate(golden: list[Row]) -> None:
    rate = replace(golden[0], kind="subsidy_rate", text="2/3", yen=None, number=0.666666)
    assert not match([replace(rate, number=0.6667)], [Found(rate, frozenset({rate.program}))])[0].faults
    assert match([replace(rate, number=0.5)], [Found(rate, frozenset({rate.program}))])[0].faults == ("unit",)


def test_only_money_and_rates_are_held_to_the_bar(golden: list[Row], found: list[Found]) -> None:
    pairs = match([row for row in golden if row.kind != "phone"], found)
    money, everything = tally(pairs, MONEY_AND_RATES), tally(pairs, ALL_KINDS)
    assert everything.faults["extra"] == 1
    assert Bar(1.0, 1.0).missed(money, everything) == []


def test_a_bar_says_what_is_missed(golden: list[Row], found: list[Found]) -> None:
    pairs = match([replace(golden[0], yen=1, program="よそ"), *golden[1:]], found)
    missed = Bar(0.9, 0.9).missed(tally(pairs, MONEY_AND_RATES), tally(pairs, ALL_KINDS))
    assert [phrase.split()[0] for phrase in missed] == ["recall", "precision", "1", "1"]


def test_a_table_is_written_as_it_is_read(tmp_path: Path) -> None:
    rows = [of_fact(fact) for fact in read(TEXT).facts]
    path = tmp_path / "table.jsonl"
    path.write_text(written(rows), encoding="utf-8")
    assert read_table(path) == rows
    first = json.loads(path.read_text(encoding="utf-8").split("\n")[0])
    assert list(first) == ["line", "kind", "program", "text", "yen", "unit", "fiscal_year", "stage"]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"line": 1}', '{"line": 1, "kind": "budget", "program": "甲", "text": "1", "remark": "x"}'],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "table.jsonl"
    path.write_text("\n" + line, encoding="utf-8")
    with pytest.raises(TableProblem, match=r"table\.jsonl:2: "):
        read_table(path)


def test_regenerating_twice_changes_nothing(folders: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main([*folders, "--regenerate", "minato"]) == 0
    assert capsys.readouterr().out.endswith("minato.jsonl: unchanged\n")
    assert main(folders) == 0
    assert "every bar holds" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("1200000", "1200000000"), "unit 1,200,000,000 → 1,200,000"),
        (lambda text: text.replace("灯台めぐり支援事業", "別の事業"), "program 別の事業 → 灯台めぐり支援事業"),
        (lambda text: text.split("\n", 1)[1], "extra: budget 1,200"),
        (lambda text: text + text.split("\n")[0].replace('"line": 5', '"line": 4'), "missing: budget 1,200"),
    ],
)
def test_a_missed_bar_and_its_differences_are_told(
    change: Callable[[str], str], told: str, folders: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    table = Path(folders[1]) / "minato.jsonl"
    table.write_text(change(table.read_text(encoding="utf-8")), encoding="utf-8")
    assert main([*folders, "--differences"]) == 1
    assert told in capsys.readouterr().out


def test_what_is_not_there_is_said_in_one_line(folders: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*folders, "elsewhere"]) == 1
    assert capsys.readouterr().err == "golden: no document is called elsewhere; there are minato\n"
    (Path(folders[1]) / "minato.jsonl").unlink()
    assert main(folders) == 1
    assert capsys.readouterr().err.endswith("write it with --regenerate minato\n")


def test_every_bar_of_the_golden_tables_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0, capsys.readouterr().out
