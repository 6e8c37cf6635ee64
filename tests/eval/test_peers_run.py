"""The command: one process a system, whatever becomes of it, and options that cannot be meant."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from eval.peers import __main__ as command
from eval.peers import one
from eval.peers.memory import held, peak
from eval.peers.one import MISSING, Run
from eval.peers.quiet import SWITCHES, stay_home, switch_off
from eval.peers.registry import SYSTEMS, System
from eval.peers.run import Left, Plan, run_system

TEXT = "# 令和5年度 海潮県当初予算\n\n## 桟橋改修補助金\n\n- 補助率：2/3以内\n- 補助上限額：300万円\n"
CASE = {
    "id": "pier-direct-1", "question": "桟橋改修補助金の補助率は?", "type": "direct", "documents": ["pier"],
    "programs": [{"document": "pier", "program": "桟橋改修補助金"}], "answerable": True,
    "expect": [
        {"document": "pier", "line": 5, "text": "2/3", "kind": "subsidy_rate", "program": "桟橋改修補助金"}
    ],
}  # fmt: skip
RESULT = {
    "system": "haystack", "about": "as it comes", "chunks": 2, "import_seconds": 0.1, "build_seconds": 0.2,
    "query_seconds": [0.001], "peak_bytes": 1, "held_bytes": 1, "refused": [],
    "first": {"pier-direct-1": [["pier", 0, 60]]}, "filled": {"pier-direct-1": [["pier", 0, 60]]},
}  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "pier.md").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "pier.tune.jsonl").write_text(json.dumps(CASE, ensure_ascii=False) + "\n", encoding="utf-8")
    return folder


def plan(folder: Path, script: str = "", **more: object) -> Plan:
    """A plan whose haystack is run by a script in place of an interpreter."""
    path = folder / "interpreter"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    stated = {"pythons": {"haystack": str(path)}, **more}
    return Plan([("q", "補助率は?")], folder, folder, 2000, dt.date(2026, 4, 1), **stated)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("script", "left"),
    [
        ("echo 'haystack not installed' >&2; exit 3", Left("haystack", "haystack not installed", False)),
        ("printf 'Traceback\\nKeyError: 1\\n\\n' >&2; exit 1", Left("haystack", "KeyError: 1", True)),
        ("exit 139", Left("haystack", "ended with 139", True)),
        ("echo hello", Left("haystack", "printed something else than its result", True)),
        ("echo '{}'", Left("haystack", "printed something else than its result", True)),
        ("sleep 5", Left("haystack", "did not end within 0 seconds", True)),
    ],
)
def test_a_system_that_tells_nothing_is_left_out(tmp_path: Path, script: str, left: Left) -> None:
    assert run_system("haystack", plan(tmp_path, script, timeout=0.4 if "sleep" in script else 60.0)) == left


def test_an_interpreter_that_is_not_there_is_told(tmp_path: Path) -> None:
    gone = run_system("haystack", plan(tmp_path, pythons={"haystack": str(tmp_path / "gone")}))
    assert isinstance(gone, Left)
    assert gone.failed
    assert "cannot be started" in gone.why


def test_the_model_needs_a_folder(tmp_path: Path) -> None:
    left = run_system("langchain-model", plan(tmp_path))
    assert left == Left("langchain-model", "name the folder of a sentence-transformers model with --model", False)


def test_the_last_line_is_the_result_and_the_questions_go_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CORPUS", "elsewhere")
    tell = f'cat > {tmp_path}/asked; env > {tmp_path}/env; echo "$*" > {tmp_path}/words; echo noise; '
    told = run_system("haystack", plan(tmp_path, f"{tell} echo '{json.dumps(RESULT)}'"))
    assert isinstance(told, Run)
    assert told.system == "haystack"
    assert json.loads((tmp_path / "asked").read_text("utf-8")) == [["q", "補助率は?"]]
    settings = (tmp_path / "env").read_text("utf-8")
    assert "HAYSTACK_TELEMETRY_ENABLED=False" in settings
    assert "ASSISTANT_" not in settings
    assert (tmp_path / "words").read_text("utf-8").startswith("-m eval.peers.one haystack --corpus")


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> None:
    """No index is needed by systems that are fakes."""
    monkeypatch.setattr(command, "build", lambda corpus, folder: SimpleNamespace(build=folder))


def fake(name: str, plan: Plan) -> Run | Left:
    """One system that finds the line, one that is not there, one that breaks."""
    if name == "txtai":
        return Left(name, "txtai not installed: pip install '.[peers-txtai]'", failed=False)
    if name == "llamaindex":
        return Left(name, "ValueError: broken", failed=True)
    return Run(**{**RESULT, "system": name})  # type: ignore[arg-type]


def arguments(corpus: Path, cases: Path, *more: str) -> list[str]:
    return ["--corpus", str(corpus), "--cases", str(cases), *more]


@pytest.mark.usefixtures("built")
def test_a_missing_system_is_a_line_and_no_failure(
    corpus: Path, cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(arguments(corpus, cases, "--systems", "ours,txtai"), fake) == 0
    out = capsys.readouterr().out
    assert "questions of one turn with evidence: 1 (other cases: 0)" in out
    assert "ours                    1.000" in out
    assert "txtai: txtai not installed: pip install '.[peers-txtai]'" in out


@pytest.mark.usefixtures("built")
def test_a_broken_system_does_not_stop_the_table(
    corpus: Path, cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "peers.json"
    assert command.main(arguments(corpus, cases, "--systems", "llamaindex,haystack", "--out", str(out)), fake) == 1
    assert "llamaindex: FAILED, ValueError: broken" in capsys.readouterr().out
    assert [system["system"] for system in json.loads(out.read_text("utf-8"))["systems"]] == ["haystack"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--systems", "nobody"], "no system is called nobody; there are ours, langchain"),
        (["--systems", ","], "no system is called ,"),
        (["--python", "haystack"], "haystack is no NAME=PATH"),
        (["--python", "haystack=/nowhere"], "is no NAME=PATH of a system and an interpreter"),
        (["--model", "nowhere"], "no folder at nowhere"),
        (["--budget", "0"], "0 is no whole number above 0"),
        (["--timeout", "soon"], "soon is no whole number above 0"),
    ],
)
def test_options_that_cannot_be_meant(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.main(words, fake)
    assert told in capsys.readouterr().err


def test_nothing_to_compare_is_one_line(tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(arguments(corpus, tmp_path / "none"), fake) == 1
    assert command.main(arguments(tmp_path / "none", tmp_path), fake) == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in told] == ["peers", "peers"]


@pytest.mark.slow
def test_the_assistant_is_run_in_a_process_of_its_own(
    corpus: Path, cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "peers.json"
    assert command.main(arguments(corpus, cases, "--systems", "ours", "--out", str(out))) == 0
    assert "ours: assistant " in capsys.readouterr().out
    (told,) = json.loads(out.read_text("utf-8"))["systems"]
    assert told["recall"]["@5"]["value"] == 1.0
    assert told["refused"] == []
    assert told["held_bytes"] <= told["peak_bytes"]
    assert told["build_seconds"] > 0


def test_a_package_that_is_not_there_ends_with_its_own_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(
        SYSTEMS, "haystack", System("haystack", "haystack", "words", ("no_such.part",), "peers-haystack")
    )
    assert one.main(["haystack", "--words", "words"]) == MISSING
    assert capsys.readouterr().err == "no_such.part not installed: pip install '.[peers-haystack]'\n"


@pytest.mark.parametrize("text", ["", "[1]", '{"q": 1}', '[["q"]]'])
def test_what_is_no_question_is_told(text: str) -> None:
    with pytest.raises(one.NoQuestions, match="standard input is no JSON list"):
        one.read_questions(text)


def test_the_model_of_one_system_is_named() -> None:
    with pytest.raises(SystemExit, match="2"):
        one.main(["langchain-model", "--words", "words"])


def test_switches_are_set() -> None:
    environment: dict[str, str] = {"LANG": "C"}
    switch_off(environment)
    assert environment == {"LANG": "C", **SWITCHES}


@pytest.mark.parametrize(
    ("event", "arguments", "host"),
    [
        ("socket.connect", (None, ("192.0.2.1", 443)), "192.0.2.1"),
        ("socket.connect", (None, ("127.0.0.1", 80)), None),
        ("socket.connect", (None, ("::1", 80, 0, 0)), None),
        ("socket.connect", (None, "/run/socket"), None),
        ("socket.getaddrinfo", ("example.org", 443, 0, 0, 0), "example.org"),
        ("socket.getaddrinfo", (b"example.org", 443, 0, 0, 0), "example.org"),
        ("socket.getaddrinfo", ("localhost", 80, 0, 0, 0), None),
        ("socket.getaddrinfo", (None, 80, 0, 0, 0), None),
        ("open", ("file", "r", 0), None),
    ],
)
def test_no_other_machine_is_reached(event: str, arguments: tuple[object, ...], host: str | None) -> None:
    refused: list[str] = []
    hooks: list[object] = []
    stay_home(refused.append, hooks.append)
    (watch,) = hooks
    if host is None:
        watch(event, arguments)  # type: ignore[operator]
    else:
        with pytest.raises(OSError, match=f"no network in a comparison: {host}"):
            watch(event, arguments)  # type: ignore[operator]
    assert refused == ([host] if host else [])


def test_the_hook_holds_in_a_process() -> None:
    code = (
        "import socket; from eval.peers.quiet import stay_home; stay_home(print)\n"
        "try: socket.create_connection(('192.0.2.1', 9), 1)\nexcept OSError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "192.0.2.1\nno network in a comparison: 192.0.2.1 was asked for\n"


def test_memory_is_this_process_alone(tmp_path: Path) -> None:
    status = tmp_path / "status"
    status.write_text("Name:\tpython\nVmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\n")
    assert (peak(status), held(status)) == (2048 * 1024, 1024 * 1024)
    assert peak(tmp_path / "none") == held(tmp_path / "none") > 1_000_000
