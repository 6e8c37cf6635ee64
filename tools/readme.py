"""Renew what the READMEs quote from the program: ``python tools/readme.py``.

A block stands between ``<!-- name -->`` and ``<!-- /name -->``; ``answer`` is what ``make ask`` prints, ``documents``
comes from the corpus' manifest and ``settings`` from the settings' own descriptions; ``eval``, ``attack``, ``leash``
and ``peers`` are the first tables that ``make`` with ``eval``, ``attack``, ``attack-llm`` and ``peers`` wrote last.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import SecretStr

from assistant.documents import read_corpus
from assistant.ingest import build
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.ja.md")
QUESTION = "事業承継で使える補助率は?"
MEASURED = {"eval": "RESULTS.md", "attack": "ATTACK.md", "leash": "LEASH.md", "peers": "PEERS.md"}
_FENCE = re.compile(r"```text\n.*?\n```", re.DOTALL)
_BLOCK = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- /\2 -->)", re.DOTALL)


def main() -> None:
    """Builds a temporary index and rewrites the blocks of every README in place."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        build(ROOT / "corpus", index)
        made = blocks(index)
    for name in READMES:
        path = ROOT / name
        path.write_text(renewed(path.read_text("utf-8"), made), "utf-8")


def blocks(index: Path) -> dict[str, str]:
    """The blocks by name, as the program makes them now from a published index of the corpus."""
    measured = {name: _measured(ROOT / "eval" / file) for name, file in MEASURED.items()}
    return {"answer": _answer(index), "documents": _documents(), "settings": _settings(), **measured}


def renewed(text: str, made: Mapping[str, str]) -> str:
    """A README with its blocks replaced.  Raises KeyError for a block that nothing makes."""
    return _BLOCK.sub(lambda match: f"{match[1]}{made[match[2]]}\n{match[3]}", text)


def _measured(path: Path) -> str:
    """The first table of a file that a measurement wrote, as it was printed."""
    fence = _FENCE.search(path.read_text("utf-8"))
    if fence is None:
        raise SystemExit(f"{path} holds no table: write it with make eval, make attack or make peers")
    return fence[0]


def _answer(index: Path) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    command = [sys.executable, "-m", "assistant", "ask", "--index", str(index), "--", QUESTION]
    done = subprocess.run(command, env=kept, capture_output=True, text=True, encoding="utf-8", check=True)
    printed = "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())
    return f"```console\n$ make ask Q='{QUESTION}'\n{printed}\n```"


def _documents() -> str:
    documents = read_corpus(ROOT / "corpus").documents
    rows = ((f"`{one.id}`", one.title, one.region, one.fiscal_year, one.stage) for one in documents)
    return _table(("id", "document", "region", "year", "stage"), rows)


def _settings() -> str:
    rows = []
    for name, field in Settings.model_fields.items():
        unset = isinstance(field.default, SecretStr) or field.default in (None, "")
        stated = "" if unset else str(field.default)
        default = f"`{stated}`" if stated else ""
        rows.append((f"`ASSISTANT_{name.upper()}`", default, field.description or ""))
    return _table(("name", "default", "meaning"), rows)


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [headings, ("---",) * len(headings), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    main()
