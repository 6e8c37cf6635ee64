"""A run for other tools: CSV for a spreadsheet, JSON lines with the fields of LangSmith's examples."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from .record import Asked, Run

COLUMNS = (
    "id", "split", "type", "voice", "outcome", "why", "question", "history", "expected", "wanted", "status", "reason",
    "text", "citations", "seconds",
)  # fmt: skip


def write_tables(run: Run, folder: Path) -> None:
    """``results.csv`` (UTF-8 with a byte order mark, which spreadsheets need for Japanese) and ``results.jsonl``."""
    with (folder / "results.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_row(one) for one in run.cases)
    lines = (json.dumps(_example(one), ensure_ascii=False) for one in run.cases)
    (folder / "results.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _row(one: Asked) -> list[str]:
    cited = [f"[{c.marker}] {c.document}:{c.line_start}-{c.line_end} {c.quote}" for c in one.citations]
    joined = {"why": one.why, "history": one.history, "expected": one.expected, "citations": cited}
    cells = ["\n".join(joined[name]) if name in joined else str(getattr(one, name) or "") for name in COLUMNS]
    return [_harmless(cell) for cell in cells]


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


def _example(one: Asked) -> dict[str, object]:
    """``inputs``: what was asked; ``reference_outputs``: what is expected; ``metadata``: the run's answer."""
    return {
        "inputs": {"question": one.question, "history": list(one.history)},
        "reference_outputs": {"status": one.wanted, "expected": list(one.expected)},
        "split": one.split,
        "metadata": {
            "id": one.id, "type": one.type, "outcome": one.outcome, "why": list(one.why), "status": one.status,
            "reason": one.reason, "text": one.text, "seconds": one.seconds,
            "citations": [cited.model_dump() for cited in one.citations],
        },
    }  # fmt: skip
