"""A run written down: JSON that reads back, tables for other tools, a comparison, and a page that a browser shows."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browsing import a_browser
from langsmith.schemas import ExampleCreate
from playwright.sync_api import Page

from assistant.records import Answer, AnswerFigure, Citation
from eval.report import words
from eval.report.compare import compared, sign_test
from eval.report.page import page as html
from eval.report.page import write_page
from eval.report.printed import percent, summary, table
from eval.report.record import OVER_HTTP, Run, RunProblem, digest, read_run, run_of, write_run
from eval.report.tables import write_tables
from eval.suite.case import FROZEN, TUNE, TYPES, Case
from eval.suite.judge import OUTCOMES, Verdict, judge
from eval.suite.names import Names
from eval.suite.reply import FAILED, Reply
from eval.suite.scores import METRICS

LINE = "灯台めぐり支援事業\t1,200\t<b>900</b>"
SOURCES = {"minato-r05": (LINE,)}
NAMES = Names({("minato-r05", "燈台"): "灯台めぐり支援事業"})
HOSTILE = "<script>document.title = 'taken'</script>&amp;\" =1+1"
CITED = Citation(1, "p", "minato-r05", "湊浜県", "灯台めぐり支援事業", None, LINE, 1, 1, "", "", "", "", None)
TOLD = AnswerFigure("1,200", "budget", 1_200_000, None, "千円", "灯台めぐり支援事業", None, None, "f", 1)
RIGHT = Answer("", "answered", None, "予算額は1,200千円です[1]。", (CITED,), (TOLD,))
WRONG = replace(RIGHT, text=f"{HOSTILE}[1]。", figures=())
SILENT = Answer("", "abstained", "not_in_corpus", "資料に見当たりません。")


def case(number: int, kind: str) -> Case:
    stated: dict[str, Any] = {
        "id": f"minato-{number}", "question": f"灯台の予算は{HOSTILE}? {number}", "type": kind,
        "documents": ["minato-r05"],
        "programs": [{"document": "minato-r05", "program": "灯台めぐり支援事業"}], "answerable": True,
        "expect": [{"document": "minato-r05", "line": 1, "text": "1,200", "kind": "budget", "yen": 1_200_000,
                    "program": "灯台めぐり支援事業"}],
    }  # fmt: skip
    if kind == "followup":
        stated["history"] = ["灯台の担当は?"]
    if kind == "absent":
        stated |= {"answerable": False, "reason": "not_stated|not_in_corpus", "expect": []}
    return Case.model_validate(stated)


def verdicts(*answers: Answer) -> list[Verdict]:
    """Cases of every type in both splits, answered by turns."""
    found = []
    for number in range(44):
        one, answer = case(number, TYPES[number % len(TYPES)]), answers[number % len(answers)]
        reply = Reply(
            answer, 0.001 * (number + 1), (("minato-r05", "灯台めぐり支援事業"),), "500" if answer is FAILED else None
        )
        found.append(judge(one, FROZEN if number % 3 else TUNE, reply, SOURCES))
    return found


def a_run(*answers: Answer) -> Run:
    return run_of(verdicts(*answers), "in process", {"assistant": "9.9"}, NAMES)


@pytest.fixture(scope="module")
def run() -> Run:
    return a_run(RIGHT, WRONG, SILENT, replace(SILENT, status="clarify"), FAILED)


def test_a_run_reads_back_as_it_was_written(run: Run, tmp_path: Path) -> None:
    write_run(run, tmp_path / "run.json")
    assert read_run(tmp_path / "run.json") == run
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]


@pytest.mark.parametrize("content", [None, b"", b"{}", b"[1]", b"\xff", b'{"schema_": 1}'])
def test_a_file_that_is_no_run_is_named(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RunProblem, match=r"run\.json .*python -m eval"):
        read_run(path)


def test_a_run_of_another_version_is_refused(run: Run, tmp_path: Path) -> None:
    write_run(run.model_copy(update={"schema_": 99}), tmp_path / "run.json")
    with pytest.raises(RunProblem, match="another version"):
        read_run(tmp_path / "run.json")


def test_a_digest_is_of_what_is_asked_not_of_notes_or_order() -> None:
    one, other = case(1, "direct"), case(2, "direct")
    assert digest([one, other], NAMES) == digest([other, one.model_copy(update={"note": "…", "voice": "店主"})], NAMES)
    assert digest([one], NAMES) != digest([other], NAMES)
    assert digest([one], NAMES) != digest([one], Names({}))
    assert digest([], NAMES) == ""


def test_tables_hold_every_case_and_no_formula(run: Run, tmp_path: Path) -> None:
    write_tables(run, tmp_path)
    with (tmp_path / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [one.id for one in run.cases]
    assert not [cell for row in rows for cell in row.values() if cell[:1] in set("=+-@")]
    lines = [json.loads(line) for line in (tmp_path / "results.jsonl").read_text("utf-8").splitlines()]
    examples = [ExampleCreate(**line) for line in lines]
    assert [one.inputs["question"] for one in examples if one.inputs] == [one.question for one in run.cases]
    assert [one.split for one in examples] == [one.split for one in run.cases]


def test_a_cell_that_starts_like_a_formula_is_text(tmp_path: Path) -> None:
    write_tables(a_run(replace(RIGHT, text="=HYPERLINK(1)")), tmp_path)
    assert "'=HYPERLINK" in (tmp_path / "results.csv").read_text("utf-8-sig")


def test_all_is_said_of_nothing_less() -> None:
    assert (percent(1.0), percent(0.9999), percent(0.29), percent(0.0)) == ("100.0 %", "99.9 %", "29.0 %", "0.0 %")


def test_the_summary_has_a_line_for_each_type_and_metric(run: Run) -> None:
    text = summary(run)
    for name in TYPES:
        assert len(re.findall(rf"^{name}  ", text, re.MULTILINE)) == 2
    assert all(METRICS[one.metric].title in text for one in run.scores if one.metric in METRICS)
    assert "median" in table(run)
    assert "median" not in text  # it is the machine's


def test_a_server_reckons_from_a_day_of_its_own(run: Run) -> None:
    served = run.model_copy(update={"surface": OVER_HTTP})
    for written in (summary, html):
        assert run.today in written(run)
        assert run.today not in written(served)


def test_every_word_of_the_report_is_there() -> None:
    assert set(words.TYPES) == {*TYPES, "all"}
    assert set(words.OUTCOMES) == set(OUTCOMES)
    assert set(words.METRICS) == set(METRICS)


def apart(run: Run) -> Run:
    """The run with each case about a program of its own."""
    return run.model_copy(update={"cases": tuple(one.model_copy(update={"cluster": one.id}) for one in run.cases)})


def test_two_runs_tell_what_changed() -> None:
    text = compared(apart(a_run(WRONG, RIGHT)), apart(a_run(RIGHT)))
    assert "wrong → right: " in text
    assert "right → wrong" not in text
    assert re.search(r"frozen +right +\d+\.\d % +\d+\.\d % +\+\d+\.\d .*better", text)
    assert not re.search(r"better|worse", compared(a_run(WRONG, RIGHT), a_run(RIGHT)))  # it is all one program
    same = compared(a_run(RIGHT), a_run(RIGHT))
    assert "the same" in same
    assert "no case came out otherwise" in same


def test_runs_of_other_cases_are_not_compared(run: Run) -> None:
    with pytest.raises(RunProblem, match="no case in common"):
        compared(run, run.model_copy(update={"cases": ()}))
    fewer = run.model_copy(update={"cases": run.cases[:5]})
    assert "39 cases only in the first run, 0 only in the second" in compared(run, fewer)


@pytest.mark.parametrize(("up", "down", "chance"), [(0, 0, 1.0), (5, 0, 0.0625), (6, 0, 0.03125), (3, 3, 1.0)])
def test_a_handful_of_changes_is_chance(up: int, down: int, chance: float) -> None:
    before = [(0.0, 1.0)] * up + [(1.0, 1.0)] * down + [(1.0, 1.0), (0.0, 0.0)]
    after = [(1.0, 1.0)] * up + [(0.0, 1.0)] * down + [(1.0, 1.0), (1.0, 1.0)]
    assert sign_test(before, after, [str(place) for place in range(len(before))]) == pytest.approx(chance)


def test_what_only_one_run_measures_or_asks_is_told(run: Run) -> None:
    slow = [one.model_copy(update={"seconds": one.seconds * 100}) for one in run.cases]
    lost = [one.model_copy(update={"parts": {k: v for k, v in one.parts.items() if k != "MRR"}}) for one in slow]
    lost[0] = lost[0].model_copy(update={"expected": ("別のもの",)})
    text = compared(run, run.model_copy(update={"cases": tuple(lost), "digests": {FROZEN: "x", TUNE: "y"}}))
    assert re.search(r"frozen +MRR .*not measured in the second run", text)
    assert re.search(r"frozen +latency, median .*× 100\.00", text)
    assert f"1 cases ask or expect something else in the second run: {lost[0].id}" in text
    assert "not the same in both runs: tune, frozen" in text


@pytest.mark.parametrize(
    "changed",
    [
        {"outcome": "banana"},
        {"split": "dev"},
        {"seconds": float("nan")},
        {"parts": {"right": (float("inf"), 1.0)}},
    ],
)
def test_a_run_with_what_is_unknown_is_refused(run: Run, changed: dict[str, Any], tmp_path: Path) -> None:
    stated = run.model_dump(mode="json")
    stated["cases"][0] |= changed
    (tmp_path / "run.json").write_text(json.dumps(stated), encoding="utf-8")
    with pytest.raises(RunProblem, match="is no run of this suite"):
        read_run(tmp_path / "run.json")


def test_the_page_needs_nothing_else_and_escapes_everything(run: Run) -> None:
    text = html(run)
    assert HOSTILE not in text
    assert not re.search(r'(?:src|href)="(?!#)', text)
    assert "<b>900" not in text
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


@pytest.fixture(scope="module", params=["light", "dark"])
def shown(request: pytest.FixtureRequest, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page in a browser, in either colour; its console must be clean at the end."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_page(run, path)
    with a_browser() as browser:
        page = browser.new_context(color_scheme=request.param, locale="ja-JP").new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        yield page
    assert complaints == []


def test_nothing_in_a_question_is_run(shown: Page) -> None:
    assert shown.title() == "評価レポート"


def test_each_colour_has_its_pictures(shown: Page) -> None:
    dark = shown.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    seen = shown.eval_on_selector_all(
        "figure div", "all => all.filter(one => one.offsetHeight).map(one => one.className)"
    )
    assert seen == ["dark" if dark else "light"] * 4
    sizes = shown.eval_on_selector_all("figure svg", "all => all.map(one => one.getBoundingClientRect().width)")
    assert sum(size > 300 for size in sizes) == 4


@pytest.mark.parametrize("width", [1280, 768, 320])
def test_the_page_fits(shown: Page, width: int) -> None:
    shown.set_viewport_size({"width": width, "height": 800})
    assert shown.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_cases_are_filtered_by_outcome_split_and_words(shown: Page, run: Run) -> None:
    def count() -> int:
        return shown.locator("article:not([hidden])").count()

    failed = [one for one in run.cases if one.outcome != "right"]
    assert count() == sum(one.split == TUNE for one in failed)
    shown.get_by_role("checkbox", name="固定").check()
    assert count() == len(failed)
    shown.get_by_role("checkbox", name="誤り").uncheck()
    assert count() == sum(one.outcome != "wrong" for one in failed)
    shown.get_by_role("checkbox", name="誤り").check()
    shown.get_by_label("絞り込み").fill("ＭＩＮＡＴＯ-１3")
    assert count() == sum("minato-13" in one.id for one in failed)
    shown.get_by_label("絞り込み").fill("")
    shown.get_by_role("checkbox", name="固定").uncheck()
