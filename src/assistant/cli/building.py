"""``assistant build``: read the corpus, publish the index, say what was found and what does not add up."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ..ingest import Reading, Report, is_current
from ..ingest import build as build_index
from .options import CorpusOption, IndexOption, settings_for

_out = Console(highlight=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False)


def register(app: typer.Typer) -> None:
    """Add the command to an application."""
    app.command("build")(build)


def build(
    corpus: CorpusOption = None,
    index: IndexOption = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail when a document's arithmetic does not hold.")] = False,
    if_stale: Annotated[bool, typer.Option("--if-stale", help="Do nothing when the index is current.")] = False,
) -> None:
    """Read every document of a corpus and publish a new index; the earlier one stays until it is whole."""
    settings = settings_for(corpus, index)
    if if_stale and is_current(settings.corpus, settings.index, embedding_model=settings.embedding_model):
        _err.print(f"The index in {settings.index} is current.")
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=_err,
        transient=True,
        disable=not _err.is_terminal,
    ) as progress:
        task = progress.add_task("reading", total=None)

        def show(stage: str, done: int, total: int) -> None:
            progress.update(task, description=stage, completed=done, total=max(total, 1))

        report = build_index(
            settings.corpus, settings.index, embedding_model=settings.embedding_model, strict=strict, progress=show
        )
    print_report(report)


def print_report(report: Report) -> None:
    """The report for a person: counts, arithmetic, guesses, skipped files."""
    table = Table(
        title=f"Published {report.build.name}", title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0), pad_edge=False
    )
    for heading in ("document", "from", "programs", "passages", "facts", "checks", "broken"):
        table.add_column(heading, justify="left" if heading in ("document", "from") else "right", no_wrap=True)
    for reading in report.readings:
        table.add_row(*_row(reading))
    _out.print(table)
    for reading in report.readings:
        _print_checks(reading)
        if reading.document.guessed:
            document = reading.document
            _out.print(
                f"{document.id}: not in the manifest; guessed {document.title} / {document.publisher} / "
                f"{document.region} / {document.fiscal_year} / {document.stage}"
            )
    _print_asked(report)
    for note in (*report.corpus.notes, *report.asked.notes):
        _out.print(f"note: {note}")
    for name, reason in report.corpus.skipped:
        _out.print(f"skipped {name}: {reason}")


def _print_asked(report: Report) -> None:
    """How many questions in users' words there are, and for which documents programs have none."""
    asked = report.asked
    held = len({one.program_id for one in asked.asked})
    _out.print(f"asked-as questions: {len(asked.asked)} for {held} programs; {len(asked.missing)} programs have none")
    for document, count in Counter(program.document for program in asked.missing).items():
        _out.print(f"  {document}: {count} programs without: write them in asked/{document}.jsonl of the corpus folder")


def _row(reading: Reading) -> tuple[str, ...]:
    document = reading.document
    programs = sum(program.role == "program" for program in reading.programs)
    broken = sum(not check.holds for check in reading.checks)
    counts = (programs, len(reading.passages), len(reading.facts), len(reading.checks), broken)
    return (document.id, f"{document.region} {document.fiscal_year}", *map(str, counts))


def _print_checks(reading: Reading) -> None:
    held = Counter(check.name for check in reading.checks if check.holds)
    if held:
        told = "、".join(f"{name} {count}" for name, count in held.items())
        _out.print(f"{reading.document.id}: holds — {told}")
    for check in reading.checks:
        if not check.holds:
            _out.print(f"{reading.document.id}:{check.line_start} does not hold — {check.name}: {check.detail}")
    for fact in reading.facts:
        if "suspect" in fact.flags:
            _out.print(f"{fact.document}:{fact.line_start} suspect — {fact.program} {fact.text}: {fact.note}")
