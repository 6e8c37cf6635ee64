"""``python -m eval`` as a person runs it: in process and over real HTTP, the gate, and what goes wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from hosting import hosted

from api.app import create_app
from assistant.chain import Assistant
from assistant.ingest import build
from eval.__main__ import main
from eval.report.record import read_run
from eval.suite.case import CASES, Placed, read_cases, written
from eval.suite.names import FILE
from eval.suite.reply import UrlProblem, answer_of, over_http, reached

Run = Callable[..., int]
OFFICES, OTHERS = Path("tests/samples"), CASES / "others"


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every ninth case: a few of each type and split."""
    folder = tmp_path_factory.mktemp("cases")
    (folder / FILE).write_bytes((CASES / FILE).read_bytes())
    for path in CASES.glob("*.jsonl"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / path.name).write_text("".join(lines[::9]), encoding="utf-8")
    return folder


@pytest.fixture
def run(cases: Path, index_dir: Path, tmp_path: Path) -> Run:
    """The command on these cases, writing into this test's folder."""

    def command(*arguments: str) -> int:
        places = (
            "--cases",
            cases,
            "--index",
            index_dir,
            "--out",
            tmp_path / "out",
            "--results",
            tmp_path / "RESULTS.md",
        )
        baseline = ("--baseline", tmp_path / "baseline.json")
        return main([*map(str, (*places, *baseline)), *arguments])

    return command


@pytest.fixture(scope="module")
def served(index_dir: Path) -> Iterator[str]:
    opened = Assistant.open(index_dir)
    with opened.index, hosted(create_app(opened)) as url:
        yield url


def test_a_run_writes_all_of_its_files_and_holds_what_it_accepted(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--gate") == 1
    assert "--accept" in capsys.readouterr().err
    assert run("--accept", "--gate") == 0
    assert "every accepted score holds" in capsys.readouterr().out
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"results.json", "results.csv", "results.jsonl", "report.html"}
    assert (tmp_path / "RESULTS.md").read_text("utf-8").startswith("# Scores\n")
    baseline = json.loads((tmp_path / "baseline.json").read_text("utf-8"))
    for score in baseline["scores"]:
        score["low"] = score["value"] = min(1.0, score["value"] + 0.01)
    (tmp_path / "baseline.json").write_text(json.dumps(baseline), encoding="utf-8")
    assert run("--gate") == 1
    assert "FALLEN right: " in capsys.readouterr().out


def same_as_kept(arguments: list[str], results: Path, tmp_path: Path) -> bool:
    """Whether a run holds what was accepted and writes what the repository has; the last line is the machine's."""
    made = tmp_path / "RESULTS.md"
    held = main([*arguments, "--out", str(tmp_path), "--results", str(made), "--gate"]) == 0
    return held and made.read_text("utf-8").splitlines()[:-1] == results.read_text("utf-8").splitlines()[:-1]


def test_the_scores_of_the_repository_are_those_of_today(index_dir: Path, tmp_path: Path) -> None:
    """RESULTS.md is renewed by make eval."""
    assert same_as_kept(["--index", str(index_dir)], Path("eval/RESULTS.md"), tmp_path)


def test_so_are_those_of_other_offices_documents(tmp_path: Path) -> None:
    build(OFFICES, tmp_path / "index")
    places = ["--corpus", str(OFFICES), "--cases", str(OTHERS), "--baseline", str(OTHERS / "baseline.json")]
    assert same_as_kept([*places, "--index", str(tmp_path / "index")], Path("eval/OTHERS.md"), tmp_path)


def test_two_runs_are_the_same_but_for_the_time(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    first = tmp_path / "first.json"
    (tmp_path / "out" / "results.json").rename(first)
    assert run() == 0
    capsys.readouterr()
    assert main(["--compare", str(first), str(tmp_path / "out" / "results.json")]) == 0
    assert "no case came out otherwise" in capsys.readouterr().out


def test_over_http_the_answers_are_those_of_the_process(run: Run, served: str, tmp_path: Path) -> None:
    assert run("--split", "tune") == 0
    here = {one.id: one for one in read_run(tmp_path / "out" / "results.json").cases}
    assert run("--split", "tune", "--url", served) == 0
    there = read_run(tmp_path / "out" / "results.json")
    assert there.surface == "over HTTP"
    assert {one.id: one.text for one in there.cases if not one.history} == {
        name: one.text for name, one in here.items() if not one.history
    }
    assert all(one.ranked is None for one in there.cases)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--url", "http://127.0.0.1:9"], "no assistant answers at http://127.0.0.1:9"),
        (["--url", "not a url"], "no assistant answers at not a url"),
        (["--cases", "nowhere"], "nowhere holds no cases"),
        (["--index", "nowhere"], "assistant build"),
        (["--corpus", "nowhere"], "nowhere"),
        (["--compare", "a.json", "b.json"], "a.json cannot be read"),
    ],
)
def test_what_goes_wrong_is_one_line(
    run: Run, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert run(*arguments) == 1
    said = capsys.readouterr().err.strip()
    assert told in said
    assert "\n" not in said


@pytest.mark.parametrize("arguments", [["--split", "dev"], ["--split", "tune", "--gate"], ["--compare", "a.json"]])
def test_wrong_usage(run: Run, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(*arguments)
    assert stop.value.code == 2


def app_of(reply: object, status: int = 200) -> FastAPI:
    """An application that replies the same to every question."""
    app = FastAPI()

    @app.post("/v1/chat")
    def chat() -> object:
        from fastapi.responses import JSONResponse

        return JSONResponse(reply, status)

    return app


@pytest.mark.parametrize(
    ("reply", "status", "told"),
    [
        ({"error": {}}, 500, "HTTPStatusError"),
        ({"status": "answered"}, 200, "a Answer without question"),
        ([1], 200, "no object"),
        ({"question": "?", "status": "answered", "reason": None, "text": "", "figures": [{}]}, 200, "AnswerFigure"),
    ],
)
def test_a_reply_that_is_no_answer_is_a_failure_and_stops_nothing(reply: object, status: int, told: str) -> None:
    case: Placed = read_cases()[0]
    with hosted(app_of(reply, status)) as url, httpx.Client(trust_env=False) as client:
        found = over_http(url, client)(case.case)
        assert found.answer.status == "failed"
        assert told in (found.error or "")
        with pytest.raises(UrlProblem, match="start it with make run"):
            reached(url, client)


def test_what_a_newer_surface_adds_is_left_out() -> None:
    said = {"question": "?", "status": "clarify", "reason": None, "text": "どの制度ですか", "answer_id": "x", "new": 1}
    assert answer_of(said).text == "どの制度ですか"


@pytest.mark.parametrize("folder", [CASES, OTHERS])
def test_cases_are_written_as_they_are_read(folder: Path) -> None:
    for path in folder.glob("*.jsonl"):
        own = [one.case for one in read_cases(folder) if one.at.startswith(f"{path}:")]
        assert written(own) == path.read_text(encoding="utf-8")
