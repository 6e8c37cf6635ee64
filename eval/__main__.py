"""``python -m eval``: ask the cases, print the scores, write the report, and hold the accepted scores."""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
from rich.console import Console
from rich.progress import track

from assistant import __version__
from assistant.chain import Assistant
from assistant.documents import read_corpus
from assistant.errors import AssistantError

from .bench import clock
from .report.compare import compared
from .report.page import write_page
from .report.printed import summary, table
from .report.record import Run, RunProblem, read_run, run_of, write_run
from .report.tables import write_tables
from .suite.case import CASES, SPLITS, CaseProblem, read_cases
from .suite.gate import BASELINE, GateProblem, baseline_of, fallen, read_baseline, write_baseline
from .suite.judge import judge
from .suite.names import read_names
from .suite.reply import TODAY, Asker, UrlProblem, in_process, over_http, reached

OUT = Path("eval/out")
RESULTS = Path("eval/RESULTS.md")
PROBLEMS = (AssistantError, CaseProblem, GateProblem, clock.ProcessFailed, RunProblem, UrlProblem)


def main(arguments: list[str] | None = None) -> int:
    """Runs what the options ask for; the exit status says whether the accepted scores hold."""
    options = _options(arguments)
    try:
        if options.compare:
            print(compared(*map(read_run, options.compare)))
            return 0
        return _measure(options)
    except PROBLEMS as error:
        print(f"eval: {error}", file=sys.stderr)
        return 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("--split", choices=SPLITS, help="ask only these cases (default: both)")
    parser.add_argument("--url", help="ask an assistant that is served there instead of one in this process")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of the documents (default: corpus)")
    parser.add_argument("--index", type=Path, help="folder of a built index (default: a new one of the corpus)")
    parser.add_argument("--cases", type=Path, default=CASES, help=f"folder of cases (default: {CASES})")
    parser.add_argument("--out", type=Path, default=OUT, help=f"folder for JSON, HTML, CSV and JSONL (default: {OUT})")
    parser.add_argument("--results", type=Path, help=f"write the summary there (default: {RESULTS} for a whole run)")
    parser.add_argument("--gate", action="store_true", help="fail when a frozen score falls below the accepted ones")
    parser.add_argument("--accept", action="store_true", help=f"write the frozen scores to {BASELINE}")
    parser.add_argument("--baseline", type=Path, default=BASELINE, help=f"the accepted scores (default: {BASELINE})")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("A.json", "B.json"), help="what changed between runs")
    options = parser.parse_args(arguments)
    if options.split == "tune" and (options.gate or options.accept):
        parser.error("--gate and --accept are about the frozen cases: leave --split out")
    return options


def _measure(options: argparse.Namespace) -> int:
    cases = read_cases(options.cases, options.split)
    sources = {document.id: document.lines for document in read_corpus(options.corpus).documents}
    names = read_names(options.cases)
    with _asker(options) as (ask, surface, about):
        shown = track(cases, description="asking", console=Console(stderr=True), transient=True)
        verdicts = [judge(names.case(one.case), one.split, names.reply(ask(one.case)), sources) for one in shown]
    run = run_of(verdicts, surface, {**about, "cases": str(options.cases)})
    _write(run, options)
    print(table(run))
    return _gate(run, options)


@contextlib.contextmanager
def _asker(options: argparse.Namespace) -> Iterator[tuple[Asker, str, dict[str, str]]]:
    """Who is asked, what the report calls it, and what it is made of."""
    if options.url is not None:
        with httpx.Client() as client:
            reached(options.url, client)
            yield over_http(options.url, client), "over HTTP", {"suite": __version__}
        return
    with _built(options) as folder:
        assistant = Assistant.open(folder, today=lambda: TODAY)
        with assistant.index as index:
            index.embedder.encode_query(["…"])  # opened before the first question is timed
            model = index.manifest.embedding_model or "embedded default"
            about = {"assistant": __version__, "embedding": model, "documents": str(len(index.documents))}
            yield in_process(assistant), "in process", about


@contextlib.contextmanager
def _built(options: argparse.Namespace) -> Iterator[Path]:
    """The index that was named, or a new one in a folder that is gone afterwards."""
    if options.index is not None:
        yield options.index
        return
    with tempfile.TemporaryDirectory(prefix="assistant-eval-") as folder:
        command = str(Path(sys.executable).with_name("assistant"))
        clock.run([command, "build", "--corpus", str(options.corpus), "--index", folder])
        yield Path(folder)


def _write(run: Run, options: argparse.Namespace) -> None:
    options.out.mkdir(parents=True, exist_ok=True)
    write_run(run, options.out / "results.json")
    write_tables(run, options.out)
    write_page(run, options.out / "report.html")
    whole = options.split is None and options.url is None and options.cases == CASES
    results = options.results or (RESULTS if whole else None)
    if results:
        results.write_text(summary(run), encoding="utf-8")
    print(f"report: {options.out / 'report.html'}", file=sys.stderr)


def _gate(run: Run, options: argparse.Namespace) -> int:
    if options.accept:
        write_baseline(baseline_of(run.scores, run.digests["frozen"]), options.baseline)
        print(f"accepted: {options.baseline}")
    if not options.gate:
        return 0
    found = fallen(run.scores, run.digests.get("frozen", ""), read_baseline(options.baseline))
    print("\n".join(f"FALLEN {line}" for line in found) or "gate: every accepted score holds")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
