"""``assistant facts``, ``programs``, ``figures`` and ``check``: what the assistant knows."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from ..check import Finding
from ..figures import find_figures
from ..index import load
from ..public import FACT_FIELDS, fact_json, finding_json, program_json
from ..records import Fact, FactKind, Figure, to_json
from .asking import open_assistant
from .options import CorpusOption, IndexOption, JsonOption, read_text, settings_for

_out = Console(highlight=False, soft_wrap=True)
_STATUS = {"verified": "green", "contradicted": "bold red", "unsupported": "yellow"}


class FactFormat(StrEnum):
    """How the fact table is printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


class ProgramFormat(StrEnum):
    """How the programs are printed."""

    TABLE = "table"
    JSONL = "jsonl"


DocumentOption = Annotated[str | None, typer.Option("--document", help="Only this document.")]
ProgramOption = Annotated[str | None, typer.Option("--program", help="Only programs whose name holds this text.")]


def register(app: typer.Typer) -> None:
    """Add the commands to an application."""
    app.command("facts")(facts)
    app.command("programs")(programs)
    app.command("figures")(figures)
    app.command("check")(check)


def facts(
    document: DocumentOption = None,
    program: ProgramOption = None,
    kind: Annotated[FactKind | None, typer.Option("--kind", help="Only this kind.")] = None,
    form: Annotated[FactFormat, typer.Option("--format", help="table, jsonl or csv.")] = FactFormat.TABLE,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """The fact table: every figure of the documents with its program, kind, year, stage and line."""
    found = load(settings_for(corpus, index).index).facts(document=document, program=program, kind=kind)
    if form is FactFormat.JSONL:
        for fact in found:
            typer.echo(json.dumps(fact_json(fact), ensure_ascii=False))
    elif form is FactFormat.CSV:
        _print_csv(list(found))
    else:
        _print_table(list(found))


def _print_csv(found: list[Fact]) -> None:
    writer = csv.DictWriter(sys.stdout, FACT_FIELDS)
    writer.writeheader()
    for fact in found:
        writer.writerow({key: " ".join(value) if key == "flags" else value for key, value in fact_json(fact).items()})


def _print_table(found: list[Fact]) -> None:
    table = Table(title=f"{len(found)} facts", title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in ("line", "kind", "figure", "program › part › condition", "year and stage", "flags"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("line", "kind"))
    for fact in found:
        name = " › ".join(part for part in (fact.program, fact.subprogram, fact.condition) if part)
        unit = fact.unit if fact.unit and fact.unit[0] not in fact.text else ""
        figure = " ".join(part for part in (fact.per, f"{fact.text}{unit}", fact.bound) if part)
        when = f"{fact.fiscal_year} {fact.stage}"
        line = f"{fact.document}:{fact.line_start}"
        table.add_row(line, fact.kind.value, figure, name, when, " ".join(fact.flags))
    Console(highlight=False).print(table)


def programs(
    document: DocumentOption = None,
    form: Annotated[ProgramFormat, typer.Option("--format", help="table or jsonl.")] = ProgramFormat.TABLE,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """The programs of the documents."""
    found = load(settings_for(corpus, index).index).programs.values()
    chosen = [one for one in found if one.role == "program" and document in (None, one.document)]
    if form is ProgramFormat.JSONL:
        for program in chosen:
            typer.echo(json.dumps(program_json(program), ensure_ascii=False))
        return
    table = Table(
        title=f"{len(chosen)} programs", title_justify="left", box=SIMPLE, padding=(0, 1, 0, 0), pad_edge=False
    )
    for heading in ("lines", "program", "parts", "departments"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "lines")
    for program in chosen:
        lines = f"{program.document}:{program.line_start}-{program.line_end}"
        table.add_row(lines, program.program, "\n".join(program.subprograms), "\n".join(program.departments))
    Console(highlight=False).print(table)


def figures(
    source: Annotated[str, typer.Argument(help="A text file, or - for stdin.")] = "-",
    as_json: JsonOption = False,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Every figure that the parser reads in a text, a line each."""
    for number, line in enumerate(read_text(source).split("\n"), 1):
        for figure in find_figures(line):
            found = {**to_json(_rounded(figure)), "line": number}
            if as_json:
                typer.echo(json.dumps(found, ensure_ascii=False))
            else:
                typer.echo(f"{number}:{figure.start}\t{figure.kind.value}\t{figure.text}\t{_value(figure)}")


def _rounded(figure: Figure) -> Figure:
    """2/3 prints as 0.6667, as facts do."""

    def short(value: float | None) -> float | None:
        return None if value is None else round(value, 4)

    return replace(
        figure,
        number=short(figure.number),
        number_min=short(figure.number_min),
        number_max=short(figure.number_max),
    )


def _value(figure: Figure) -> str:
    """A figure's value for a person: yen, a number, or both ends of a range."""
    ends = (figure.yen_min, figure.yen_max) if figure.yen_min is not None else (figure.number_min, figure.number_max)
    value = figure.yen if figure.yen is not None else figure.number
    if value is None and ends != (None, None):
        return " – ".join("" if end is None else f"{end:,}" for end in ends)
    return "" if value is None else f"{value:,}"


def check(
    source: Annotated[str, typer.Argument(help="A text file, or - for stdin.")] = "-",
    program: ProgramOption = None,
    as_json: JsonOption = False,
    corpus: CorpusOption = None,
    index: IndexOption = None,
) -> None:
    """Check the figures of a text that somebody wrote against the fact table."""
    findings = open_assistant(corpus, index, with_model=False).check(read_text(source), program=program)
    if as_json:
        typer.echo(json.dumps([finding_json(finding) for finding in findings], ensure_ascii=False))
        return
    for finding in findings:
        _print_finding(finding)
    if not findings:
        _out.print("この文章に数値は見つかりませんでした。")


def _print_finding(finding: Finding) -> None:
    _out.print(f"{finding.line}行 [{_STATUS[finding.status]}]{finding.status}[/] {finding.text}")
    for fact in finding.facts[:3]:
        word = "資料" if finding.status == "verified" else "正しくは"
        name = " ".join(part for part in (fact.program, fact.subprogram, fact.condition) if part)
        _out.print(f"    {word}: {name} {fact.text}{fact.unit if fact.unit and fact.unit not in fact.text else ''}"
                   f"（{fact.document}:{fact.line_start}、{fact.fiscal_year}{fact.stage}）", markup=False)  # fmt: skip
