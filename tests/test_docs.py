"""The documentation says what the program does: examples run, tables are complete, names exist."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from assistant.chain import Assistant
from assistant.documents import REQUIRED
from assistant.errors import MissingExtra
from assistant.generate.model import make_chat
from assistant.records import Document
from assistant.settings import Settings, load_settings
from tools import readme

ROOT = readme.ROOT
MODELS = "docs/models.md"
PAGES = (
    "README.md",
    "README.ja.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    MODELS,
    "docs/deploy.md",
    "docs/mcp.md",
    "docs/slack.md",
    "docs/widget.md",
)
EXAMPLE_FILES = {
    "questions.jsonl": '{"id": 1, "question": "成長企業応援資金の融資限度額は?"}\n',
    "draft.txt": "ロボット導入実証の補助率は2/3、補助限度額は1,000千円です。\n",
}
WRITTEN = {"answers.jsonl"}  # what the examples write
SECRET_PLACES = ("work", "tmp", "home", "root", "Users", "private", "workspace")
# In pieces, so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(rf"(?<![\w.~)}}\]])/(?:{'|'.join(SECRET_PLACES)})(?:/|\b(?![\w-]))")
ADDRESS = re.compile(r"https?://([A-Za-z0-9.-]+)")
# A file may name these hosts and no others: examples, this machine, and the pages that forms and notations come from.
HOSTS = re.compile(
    r"(example\.\w+|[\w.-]+\.example(\.\w+)?|www\.example\.\w+|127(\.0\.0\.1)?\.?|localhost"
    r"|www\.w3\.org|semver\.org|keepachangelog\.com|www\.meti\.go\.jp|slack\.com|api\.slack\.com|docs\.slack\.dev|hooks\.slack\.com|modelcontextprotocol\.io)"
)
MADE = {"build", "corpus", "data", "index"}  # at the top: what is made, and the documents as they were printed


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def section(heading: str, page: str = "README.md") -> str:
    """The text under a heading, up to the next one of its level."""
    match = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text_of(page), re.DOTALL | re.MULTILINE)
    assert match, f"{page} has no section {heading}"
    return match[1]


def rows(text: str) -> list[list[str]]:
    """The cells of every table row below its heading."""
    lines = re.findall(r"^\|(.+)\|$", text, re.MULTILINE)
    cells = [[cell.strip() for cell in line.split(" | ")] for line in lines]
    return [row for row in cells[1:] if not set(row[0]) <= set("-|")]


def code(cell: str) -> str:
    return cell.strip("`")


def run(*arguments: str, index: Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    environment = {**kept, "ASSISTANT_CORPUS": str(ROOT / "corpus"), "ASSISTANT_INDEX": str(index)}
    command = [sys.executable, "-m", "assistant", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8"
    )


@pytest.fixture(scope="module")
def commands(index_dir: Path) -> set[str]:
    listed = run("--help", index=index_dir).stdout.partition("Commands:")[2]
    return set(re.findall(r"^  (\w[\w-]*) ", listed, re.MULTILINE))


@pytest.mark.parametrize("page", readme.READMES)
def test_quoted_output_is_what_the_program_prints_now(page: str, index_dir: Path) -> None:
    text = text_of(page)
    assert text.count("<!-- /") >= 2
    assert text == readme.renewed(text, readme.blocks(index_dir)), "run: .venv/bin/python tools/readme.py"


def test_every_command_is_described_and_every_described_command_exists(commands: set[str]) -> None:
    assert commands
    assert {code(row[0]) for row in rows(section("Commands"))} == commands


@pytest.mark.parametrize("page", PAGES)
def test_commands_named_in_the_text_exist(page: str, commands: set[str]) -> None:
    named = set(re.findall(r"(?:^|`|bin/)assistant ([a-z]+)\b", text_of(page), re.MULTILINE))
    assert named <= commands


@pytest.mark.parametrize("example", [code(row[2]) for row in rows(section("Commands"))])
def test_every_example_runs(example: str, index_dir: Path, tmp_path: Path) -> None:
    for name, content in EXAMPLE_FILES.items():
        (tmp_path / name).write_text(content, "utf-8")
    program, *arguments = shlex.split(example)
    if arguments[0] == "serve":  # it would go on serving: that its options are read is enough
        arguments.append("--help")
    done = run(*arguments, index=index_dir, folder=tmp_path)
    assert program == "assistant"
    assert done.returncode == 0, done.stderr
    assert arguments[0] == "build" or not done.stderr
    assert {path.name for path in tmp_path.iterdir()} <= EXAMPLE_FILES.keys() | WRITTEN


def test_every_route_is_described(assistant: Assistant) -> None:
    paths = create_app(assistant).openapi()["paths"]
    served = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    described = {code(row[0]) for row in rows(section("HTTP"))}
    assert described == served | {"GET /", "GET /openapi.json", "GET /widget.js"}


@pytest.mark.parametrize("page", PAGES)
def test_make_targets_exist(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`|\$ )make ([a-z]+)\b", text_of(page), re.MULTILINE)) <= targets


@pytest.mark.parametrize("page", PAGES)
def test_files_named_in_the_text_exist(page: str) -> None:
    text = text_of(page)
    spans = re.findall(r"`([\w./-]*(?:/|\.(?:md|toml|py|lock|jsonl|txt)))`|`([\w./-]+/[\w.-]+)`", text)
    named = {first or second for first, second in spans} | set(re.findall(r"\]\(([\w./-]+)\)", text))
    beside = [ROOT, (ROOT / page).parent, ROOT / "src" / "assistant", ROOT / "tests"]
    rates = {str(field.default) for field in Settings.model_fields.values()}  # 60/minute is no file
    for name in named - EXAMPLE_FILES.keys() - WRITTEN - rates:
        made_or_route = name.startswith((".venv/", "eval/out/", "/"))
        assert made_or_route or any((folder / name).exists() for folder in beside), f"{page} names {name}"


@pytest.mark.parametrize(
    ("page", "heading"), [("README.md", "Adding a document"), ("README.ja.md", "資料の追加と更新")]
)
def test_the_manifest_example_is_complete(page: str, heading: str) -> None:
    example = re.search(r"```toml\n(.*?)```", section(heading, page), re.DOTALL)
    assert example
    (entry,) = tomllib.loads(example[1])["document"]
    assert set(REQUIRED) <= entry.keys() <= {*REQUIRED, *Document.__dataclass_fields__}
    assert not {Path(entry["file"]).stem, entry["id"]} & {path.stem for path in (ROOT / "corpus").iterdir()}


def test_the_operators_messages_are_the_programs_own() -> None:
    sources = [path.read_text("utf-8") for path in sorted((ROOT / "src").rglob("*.py"))] + [text_of("Makefile")]
    for row in rows(section("困ったときは", "README.ja.md")):
        assert any(code(row[0]) in source for source in sources), row[0]


def test_the_operators_reasons_are_all_there() -> None:
    reasons = {"not_in_corpus", "not_stated", "out_of_scope", "unverified"}
    promised = section("What it promises, and where that is held").partition("When it abstains")[2]
    assert {code(row[0]) for row in rows(section("答えないときの4つの理由", "README.ja.md"))} == reasons
    assert {code(row[0]) for row in rows(promised)} == reasons


# ---- the page about language models ----


def exported(block: str) -> dict[str, str]:
    """The variables that an example of a page sets, with something in place of what it leaves open."""
    told = dict(re.findall(r"^export (\w+)=(\S+)", block, re.MULTILINE))
    return {name: re.sub("[<>]", "", value.replace("…", "a-key")) for name, value in told.items()}


EXAMPLES = [exported(block) for block in re.findall(r"```sh\n(.*?)```", text_of(MODELS), re.DOTALL)]


@pytest.fixture
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No setting of the assistant, and none of a provider that an example could lean on."""
    for name in os.environ:
        if name.startswith(("ASSISTANT_", *{name.partition("_")[0] + "_" for one in EXAMPLES for name in one})):
            monkeypatch.delenv(name)
    return monkeypatch


@pytest.mark.parametrize(
    "example", [one for one in EXAMPLES if "ASSISTANT_LLM" in one], ids=lambda one: one["ASSISTANT_LLM"]
)
def test_an_examples_settings_make_its_model(example: dict[str, str], empty_environment: pytest.MonkeyPatch) -> None:
    for name, value in example.items():
        empty_environment.setenv(name, value)
    name = example["ASSISTANT_LLM"].partition(":")[2]
    try:
        chat = make_chat(load_settings())
    except MissingExtra as missing:
        (install,) = re.findall(r"pip install -e '[^']+'", str(missing))
        assert install in text_of(MODELS)
    else:
        assert name in (getattr(chat, field, None) for field in ("model_name", "model", "model_id"))


def test_every_setting_of_the_model_is_described_with_its_default() -> None:
    described = {code(row[0]): row[1] for row in rows(section("Limits", MODELS))}
    limits = {f"ASSISTANT_{name.upper()}": field.default for name, field in Settings.model_fields.items()}
    for name, default in described.items():
        assert float(default.removesuffix(" s").replace(",", "")) == limits[name], name
    told = set(re.findall(r"ASSISTANT_LLM\w*", text_of(MODELS)))
    assert told == {name for name in limits if name.startswith("ASSISTANT_LLM")}


def test_the_extras_that_are_named_exist() -> None:
    extras = tomllib.loads(text_of("pyproject.toml"))["project"]["optional-dependencies"]
    assert set(re.findall(r"assistant\[(\w+)\]", text_of(MODELS))) <= extras.keys()


def test_the_example_in_other_chains_runs(index_dir: Path, empty_environment: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", text_of(MODELS), re.DOTALL)
    empty_environment.setenv("ASSISTANT_INDEX", str(index_dir))
    told: dict[str, Any] = {"print": lambda event: None}
    exec(example, told)
    assert told["answer"].status == "answered"
    assert told["message"].text
    assert 0 < len(told["documents"]) <= 4


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("see /" + "tmp/x", True),
        ('"/' + 'work/main"', True),
        ("cd /" + "home/someone", True),
        ("from /" + "tmp", True),
        ("net/home/shop", False),
        ("POST /v1/chat", False),
        ("#!/usr/bin/env bash", False),
        ("/workers and /tmpfs", False),
    ],
)
def test_machine_paths_are_recognised(line: str, found: bool) -> None:
    assert bool(MACHINE_PATH.search(line)) is found


def test_no_file_names_a_machine_or_a_strange_host() -> None:
    found = []
    for path in tracked():
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
            strange = [host for host in ADDRESS.findall(line) if not HOSTS.fullmatch(host)]
            if match := MACHINE_PATH.search(line):
                strange.append(match[0])
            found += [f"{path.relative_to(ROOT)}:{number}: {name}" for name in strange]
    assert not found, "\n".join(found)


def tracked() -> list[Path]:
    """Every file of the project but its source documents; without git, every file that is not made."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    if listed.returncode == 0 and listed.stdout:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if path.parts[len(ROOT.parts)][0] != "." and path.suffix != ".pyc"]
    return [path for path in paths if path.is_file() and path.parts[len(ROOT.parts)] not in MADE]
