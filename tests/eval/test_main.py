"""``python -m eval`` as a person runs it: in process and over real HTTP, the gate, and what goes wrong."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response, StreamingResponse
from hosting import hosted

from api.app import create_app
from assistant.chain import Assistant
from assistant.ingest import build
from eval.__main__ import main
from eval.report.record import read_run
from eval.suite import reply as reply_module
from eval.suite.case import CASES, Placed, read_cases, written
from eval.suite.names import FILE
from eval.suite.reply import UrlProblem, answer_of, over_http, reached

Run = Callable[..., int]
FIGURE = {
    "text": "1", "kind": "budget", "yen": 1, "number": None, "unit": None, "program": "x", "subprogram": None,
    "condition": None, "fact_id": "f", "marker": 1,
}  # fmt: skip
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
    """Whether a run holds what was accepted and writes what the repository has."""
    made = tmp_path / "RESULTS.md"
    held = main([*arguments, "--out", str(tmp_path), "--results", str(made), "--gate"]) == 0
    return held and made.read_text("utf-8") == results.read_text("utf-8")


@pytest.mark.slow
def test_the_scores_of_the_repository_are_those_of_today(index_dir: Path, tmp_path: Path) -> None:
    """RESULTS.md is renewed by make eval."""
    assert same_as_kept(["--index", str(index_dir)], Path("eval/RESULTS.md"), tmp_path)


@pytest.mark.slow
def test_so_are_those_of_other_offices_documents(tmp_path: Path) -> None:
    build(OFFICES, tmp_path / "index")
    places = ["--corpus", str(OFFICES), "--cases", str(OTHERS), "--baseline", str(OTHERS / "baseline.json")]
    assert same_as_kept([*places, "--index", str(tmp_path / "index")], Path("eval/OTHERS.md"), tmp_path)


@pytest.mark.slow
def test_two_runs_are_the_same_but_for_the_time(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    first = tmp_path / "first.json"
    (tmp_path / "out" / "results.json").rename(first)
    assert run() == 0
    capsys.readouterr()
    assert main(["--compare", str(first), str(tmp_path / "out" / "results.json")]) == 0
    assert "no case came out otherwise" in capsys.readouterr().out


@pytest.mark.slow
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


@pytest.mark.parametrize(
    "arguments",
    [
        ["--split", "dev"],
        ["--split", "tune", "--gate"],
        ["--compare", "a.json"],
        ["--compare", "a.json", "b.json", "--gate"],
        ["--accept", "--url", "http://127.0.0.1:9"],
    ],
)
def test_wrong_usage(run: Run, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(*arguments)
    assert stop.value.code == 2


def test_other_cases_are_not_accepted_in_the_repository(cases: Path) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--accept", "--cases", str(cases)])
    assert stop.value.code == 2


@pytest.fixture
def tuned(tmp_path: Path) -> Path:
    """A folder with one tune case alone."""
    folder = tmp_path / "tuned"
    folder.mkdir()
    one = next(one.case for one in read_cases(CASES, "tune") if not one.case.history)
    (folder / "a.tune.jsonl").write_text(written([one]), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--split", "frozen"], "holds no case of the split frozen"),
        (["--accept"], "holds no frozen cases"),
        (["--gate"], "holds no frozen cases"),
        (["--corpus", str(OFFICES)], "no document of tests/samples is called"),
        (["--out", "/dev/null"], "/dev/null"),
        (["--results", "."], "name another place"),
    ],
)
def test_what_cannot_be_measured_is_told_before_asking(
    run: Run, tuned: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--cases", str(tuned), "--url", "http://127.0.0.1:9"] if "--accept" not in arguments else []
    assert run(*asked, "--cases", str(tuned), *arguments) == 1
    said = capsys.readouterr().err.strip()
    assert told in said
    assert "\n" not in said


def test_a_case_that_fails_is_an_error_and_never_accepted(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def ask(*_: object, **__: object) -> None:
        raise IndexError("boom\nboom")

    monkeypatch.setattr(Assistant, "ask", ask)
    assert run() == 1
    assert read_run(tmp_path / "out" / "results.json").cases[0].why == ("IndexError: boom boom",)
    capsys.readouterr()
    assert run("--accept") == 1
    assert "not accepted" in capsys.readouterr().err
    assert not (tmp_path / "baseline.json").exists()


def test_a_person_may_stop_it(run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def ask(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Assistant, "ask", ask)
    assert run() == 130
    assert capsys.readouterr().err.strip() == "eval: stopped"


def app_of(reply: bytes, status: int = 200, health: object = None) -> FastAPI:
    """An application that replies the same to every question."""
    app = FastAPI()

    @app.post("/v1/chat")
    def chat() -> Response:
        return Response(reply, status)

    @app.get("/healthz")
    def healthz() -> JSONResponse:
        return JSONResponse(health)

    return app


def said(**changed: object) -> bytes:
    """A reply that is an answer, but for what is changed."""
    return json.dumps({"question": "?", "status": "answered", "reason": None, "text": "", **changed}).encode()


@pytest.mark.parametrize(
    ("reply", "status", "told"),
    [
        (b"{}", 500, "HTTPStatusError"),
        (b"<html>", 200, "JSONDecodeError"),
        (b"[" * 100_000, 200, "RecursionError"),
        (b'{"status": "answered"}', 200, "question"),
        (b"[1]", 200, "no object"),
        (said(text=5), 200, "text"),
        (said(text="\ud800"), 200, "no answer"),
        (said(status="banana"), 200, "the status is none of"),
        (said(status=["answered"]), 200, "status"),
        (said(citations=None), 200, "citations"),
        (said(figures=[{}]), 200, "figures.0"),
        (said(figures=[{**FIGURE, "number": "0.5"}]), 200, "figures.0.number"),
        (said(figures=[{**FIGURE, "number": float("nan")}]), 200, "a figure is no number"),
        (said(text="あ" * 3_000_000), 200, "larger than"),
    ],
)
def test_a_reply_that_is_no_answer_is_a_failure_and_stops_nothing(reply: bytes, status: int, told: str) -> None:
    case: Placed = read_cases()[0]
    with hosted(app_of(reply, status)) as url, httpx.Client(trust_env=False) as client:
        ask = over_http(url, client)
        found = ask(case.case)
        assert found.answer.status == "failed"
        assert told in (found.error or "")
        assert "\n" not in (found.error or "")
        assert [ask(case.case).answer.status for _ in range(3)] == ["failed"] * 3
        with pytest.raises(UrlProblem, match="5 times in a row"):
            ask(case.case)


@pytest.mark.parametrize("health", [None, [], {}, {"status": "starting"}])
def test_what_is_no_assistant_is_not_asked(health: object) -> None:
    app = app_of(b"", health=health)
    with hosted(app) as url, httpx.Client(trust_env=False) as client:
        with pytest.raises(UrlProblem, match="start it with make run"):
            reached(url, client)
        with pytest.raises(UrlProblem):
            reached(f"{url}/elsewhere", client)


def test_a_reply_that_comes_drop_by_drop_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def drops() -> Iterator[bytes]:
        for _ in range(100):
            time.sleep(0.05)
            yield b" "

    app = FastAPI()
    app.post("/v1/chat")(lambda: StreamingResponse(drops()))
    monkeypatch.setattr(reply_module, "SECONDS", 0.3)
    with hosted(app) as url, httpx.Client(trust_env=False) as client:
        found = over_http(url, client)(read_cases()[0].case)
    assert "not whole after" in (found.error or "")
    assert found.seconds < 2


def test_what_a_newer_surface_adds_is_left_out() -> None:
    assert answer_of(said(text="どの制度ですか", answer_id="x", new=1)).text == "どの制度ですか"


@pytest.mark.parametrize("folder", [CASES, OTHERS])
def test_cases_are_written_as_they_are_read(folder: Path) -> None:
    for path in folder.glob("*.jsonl"):
        own = [one.case for one in read_cases(folder) if one.at.startswith(f"{path}:")]
        assert written(own) == path.read_text(encoding="utf-8")
