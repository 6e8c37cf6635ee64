"""``facts``, ``programs``, ``figures`` and ``check``: the contract's forms and filters."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from conftest import CORPUS
from verify.checker import lines_of

from assistant.cli import app
from assistant.records import FactKind, FigureKind
from cli import running

run = running.run

FACT = [
    "fact_id", "document", "program", "subprogram", "kind", "item", "condition", "text", "yen", "yen_min", "yen_max",
    "number", "unit", "bound", "per", "fiscal_year", "stage", "flags", "line_start", "line_end", "quote", "note",
]  # fmt: skip
PROGRAM = [
    "document", "program", "aliases", "subprograms", "section", "departments", "contacts", "fiscal_year", "stage",
    "line_start", "line_end",
]  # fmt: skip
FIGURE = [
    "text", "kind", "yen", "yen_min", "yen_max", "number", "unit", "bound", "line", "start", "end",
]  # fmt: skip
COMMANDS = ["build", "ask", "chat", "batch", "facts", "programs", "figures", "check", "serve"]


def rows(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


# ---- facts ----


def test_facts_as_json_lines(run):
    ran = run("facts", "--format", "jsonl")
    facts = rows(ran.out)
    assert (ran.status, ran.err) == (0, "")
    assert {fact["document"] for fact in facts} == {path.stem for path in CORPUS.glob("*.md")}
    assert len({fact["fact_id"] for fact in facts}) == len(facts) > 800
    for fact in facts:
        assert [name for name in fact if name in FACT] == FACT
        assert FactKind(fact["kind"])
        lines = lines_of(CORPUS / f"{fact['document']}.md")[fact["line_start"] - 1 : fact["line_end"]]
        assert fact["quote"] in "\n".join(lines)
        assert fact["text"] in fact["quote"]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (["--document", "kagoshima-r06", "--kind", "loan_limit"], 2),
        (["--kind", "loan_pool", "--document", "gunma-r01"], 1),
        (["--program", "信用補完", "--kind", "budget"], 1),
        (["--program", "ＩｏＴ・ＡＩ", "--kind", "breakdown"], 2),
        (["--document", "none"], 0),
        (["--program", "架空の事業"], 0),
    ],
    ids=str,
)
def test_facts_are_filtered(run, filters, count):
    facts = rows(run("facts", "--format", "jsonl", *filters).out)
    assert len(facts) == count
    if "--document" in filters:
        assert all(fact["document"] == filters[filters.index("--document") + 1] for fact in facts)


def test_facts_as_csv_are_the_same_facts(run):
    table = list(csv.DictReader(io.StringIO(run("facts", "--format", "csv", "--document", "aomori-r05").out)))
    facts = rows(run("facts", "--format", "jsonl", "--document", "aomori-r05").out)
    assert len(table) == len(facts)
    for row, fact in zip(table, facts, strict=True):
        assert list(row) == list(fact)
        assert row["yen"] == ("" if fact["yen"] is None else str(fact["yen"]))
        assert (row["text"], row["quote"], row["line_start"]) == (fact["text"], fact["quote"], str(fact["line_start"]))
        assert row["flags"].split() == fact["flags"]


def test_facts_for_a_person(run):
    ran = run("facts", "--document", "kagoshima-r06", "--kind", "loan_limit")
    assert ran.status == 0
    assert all(word in ran.out for word in ("15,000万円", "5,000万円", "kagoshima-r06:161"))


@pytest.mark.parametrize(
    "args",
    [
        ["facts", "--kind", "nothing"], ["facts", "--format", "xml"], ["programs", "--format", "csv"], ["nothing"],
        ["ask"], ["ask", "a", "b"], ["facts", "--nothing"], ["serve", "--port", "99999"], ["serve", "--port", "x"], [],
    ],
    ids=str,
)  # fmt: skip
def test_wrong_usage(run, args):
    ran = run(*args)
    assert ran.status == 2
    assert "Traceback" not in ran.out + ran.err
    assert ran.err or not args


# ---- programs ----


def test_programs_as_json_lines(run):
    programs = rows(run("programs", "--format", "jsonl").out)
    assert all([name for name in program if name in PROGRAM] == PROGRAM for program in programs)
    names = [program["program"] for program in programs]
    assert {"信用補完対策費", "IoT・AI導入促進", "離職者等再就職訓練事業"} <= set(names)
    assert not {"小計", "合計", "部合計"} & set(names)
    here = rows(run("programs", "--format", "jsonl", "--document", "kagoshima-r06").out)
    assert len(here) == 15
    assert {program["document"] for program in here} == {"kagoshima-r06"}


def test_programs_for_a_person(run):
    assert "成長企業応援資金" in run("programs", "--document", "kagoshima-r06").out


# ---- figures ----


def test_figures_as_json_lines(run):
    text = "補助率は2/3以内、\r\n  上限は１，５００万円（約500者）、0.5%、R4-R6、令和2年度、03-1234-5678、7年。"
    figures = rows(run("figures", "-", "--json", stdin=text.encode()).out)
    assert {figure["kind"] for figure in figures} == {kind.value for kind in FigureKind}
    assert all(set(FIGURE) <= set(figure) for figure in figures)
    lines = text.split("\n")
    assert all(lines[figure["line"] - 1][figure["start"] : figure["end"]] == figure["text"] for figure in figures)
    assert (figures[0]["line"], round(figures[0]["number"], 4), figures[0]["bound"]) == (1, 0.6667, "以内")
    assert (figures[1]["line"], figures[1]["yen"]) == (2, 15_000_000)


def test_figures_for_a_person(run, tmp_path):
    (tmp_path / "text.md").write_text("\ufeff上限は1～2億円、\n補助率1/2", encoding="utf-8")
    out = run("figures", str(tmp_path / "text.md")).out.splitlines()
    assert [line.split("\t")[:3] for line in out] == [["1:3", "money", "1～2億円"], ["2:3", "rate", "1/2"]]
    assert "100,000,000" in out[0]


def test_figures_need_no_index(run, tmp_path):
    assert run("figures", stdin="500万円".encode(), ASSISTANT_INDEX=str(tmp_path / "none")).out.count("\n") == 1
    assert run("figures").out == ""


@pytest.mark.parametrize("command", ["figures", "check", "batch"])
def test_a_text_that_cannot_be_read(run, tmp_path, command):
    (tmp_path / "latin").write_bytes("補助率".encode("shift_jis"))
    assert "UTF-8" in run(command, str(tmp_path / "latin")).error
    assert run(command, str(tmp_path / "none")).error
    assert run(command, str(tmp_path)).error


# ---- check ----


def test_check_as_json(run):
    text = "信用補完対策費の予算は546,621千円です。\n補助率は1/2です。\n予算は5億円です。"
    findings = json.loads(run("check", "-", "--json", stdin=text.encode()).out)
    assert [(one["text"], one["status"], one["line"]) for one in findings] == [
        ("546,621千円", "verified", 1),
        ("1/2", "unsupported", 2),
        ("5億円", "contradicted", 3),
    ]
    assert [[fact["text"] for fact in one["facts"]] for one in findings] == [["546,621"], [], ["546,621"]]
    assert all([name for name in fact if name in FACT] == FACT for one in findings for fact in one["facts"])
    assert findings[0]["facts"][0]["line_start"] == 282


def test_check_for_a_person(run, tmp_path):
    (tmp_path / "draft.txt").write_text("予算は5億円です。", encoding="utf-8")
    ran = run("check", str(tmp_path / "draft.txt"), "--program", "信用補完対策費")
    assert ran.status == 0
    assert all(word in ran.out for word in ("contradicted", "5億円", "546,621千円", "yamagata-r02:282"))
    assert run("check", stdin="数値なし".encode()).status == 0


# ---- help ----


def test_help_lists_each_command(run):
    out = run("--help").out
    assert all(re.search(rf"^  {command}\b", out, re.MULTILINE) for command in [*COMMANDS, "settings"])


@pytest.mark.parametrize("command", [info.name for info in app.registered_commands])
def test_each_command_has_help(run, command):
    ran = run(command, "--help")
    assert ran.status == 0
    assert len(ran.out.splitlines()) > 4


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "figures"])
def test_each_command_takes_its_folders(run, command):
    out = run(command, "--help").out
    assert "--corpus" in out
    assert "--index" in out


@pytest.mark.parametrize("command", ["ask", "chat", "batch", "facts", "programs", "check", "serve"])
def test_each_command_says_when_nothing_is_built(run, tmp_path, command):
    args = {"ask": ["補助率は"], "batch": ["-"], "check": ["-"], "serve": ["--port", "0"]}.get(command, [])
    stdin = b'{"id": 1, "question": "a"}' if command == "batch" else b""
    assert "assistant build" in run(command, *args, "--index", str(tmp_path), stdin=stdin).error


def test_the_option_wins_over_the_environment(run, index_dir, tmp_path):
    ran = run("ask", "信用補完対策費の予算は", "--index", str(index_dir), ASSISTANT_INDEX=str(tmp_path / "none"))
    assert (ran.status, Path(tmp_path / "none").exists()) == (0, False)
