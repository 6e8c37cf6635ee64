"""``python -m eval``: ask the cases, print the scores, write the report, and hold the accepted scores."""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
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
from .report.record import IN_PROCESS, OVER_HTTP, Run, RunProblem, read_run, run_of, write_run
from .report.tables import write_tables
from .suite.case import CASES, FROZEN, SPLITS, CaseProblem, Placed, read_cases
from .suite.gate import BASELINE, GateProblem, baseline_of, fallen, outcomes, read_baseline, write_baseline
from .suite.judge import FAILED, Verdict, judge
from .suite.names import read_names
from .suite.reply import TODAY, Asker, UrlProblem, in_process, over_http, reached
from .texts import readable

CORPUS = Path("corpus")
OUT = Path("eval/out")
RESULTS = Path("eval/RESULTS.md")
PROBLEMS = (AssistantError, CaseProblem, GateProblem, OSError, clock.ProcessFailed, RunProblem, UrlProblem)
WRITTEN = ("results.json", "results.csv", "results.jsonl", "report.html")


def main(arguments: list[str] | None = None) -> int:
    """Runs what the options ask for; the exit status says whether the accepted scores hold."""
    options = _options(arguments)
    readable()
    try:
        if options.compare:
            print(compared(*map(read_run, options.compare)))
            return 0
        return _measure(options)
    except PROBLEMS as error:
        print(f"eval: {_line(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("eval: stopped", file=sys.stderr)
        return 130


def _line(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return " ".join(str(error).split())


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("--split", choices=SPLITS, help="ask only these cases (default: both)")
    parser.add_argument("--url", help="ask an assistant that is served there instead of one in this process")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help=f"folder of the documents (default: {CORPUS})")
    parser.add_argument("--index", type=Path, help="folder of a built index (default: a new one of the corpus)")
    parser.add_argument("--cases", type=Path, default=CASES, help=f"folder of cases (default: {CASES})")
    parser.add_argument("--out", type=Path, default=OUT, help=f"folder for JSON, HTML, CSV and JSONL (default: {OUT})")
    parser.add_argument("--results", type=Path, help=f"write the summary there (default: {RESULTS} for a whole run)")
    parser.add_argument("--gate", action="store_true", help="fail when a frozen score falls below the accepted ones")
    parser.add_argument("--accept", action="store_true", help=f"write the frozen scores to {BASELINE}")
    parser.add_argument("--baseline", type=Path, help=f"the accepted scores (default: {BASELINE})")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("A.json", "B.json"), help="what changed between runs")
    options = parser.parse_args(arguments)
    if fault := _misused(options):
        parser.error(fault)
    options.baseline = options.baseline or BASELINE
    return options


def _misused(options: argparse.Namespace) -> str | None:
    """Why these options do not go together."""
    gated = options.gate or options.accept
    if options.compare and gated:
        return "--compare measures nothing: leave --gate and --accept out"
    if options.split == "tune" and gated:
        return "--gate and --accept are about the frozen cases: leave --split out"
    if options.accept and options.url is not None:
        return "--accept is for what this process answers: leave --url out"
    if options.accept and options.baseline is None and (options.cases, options.corpus) != (CASES, CORPUS):
        return f"{BASELINE} is of {CASES} and {CORPUS}: name another file with --baseline"
    return None


def _measure(options: argparse.Namespace) -> int:
    cases = _cases(options)
    sources = {document.id: document.lines for document in read_corpus(options.corpus).documents}
    _held(cases, sources.keys(), str(options.corpus))
    names = read_names(options.cases)
    _places(options)
    if options.gate and not options.accept:
        read_baseline(options.baseline)  # one that cannot be read is told before the cases are asked
    with _asker(options, cases) as (ask, surface, about):
        shown = track(cases, description="asking", console=Console(stderr=True), transient=True)
        verdicts = [judge(names.case(one.case), one.split, names.reply(ask(one.case)), sources) for one in shown]
    run = run_of(verdicts, surface, {**about, "cases": str(options.cases)}, names)
    _write(run, options)
    print(table(run))
    failed = sum(one.outcome == FAILED for one in verdicts)
    if failed:
        print(f"eval: {failed} cases have no answer: see failed in the report", file=sys.stderr)
    return _gate(run, verdicts, options) or int(bool(failed))


def _cases(options: argparse.Namespace) -> list[Placed]:
    """The cases to ask, of which there are some.  Raises CaseProblem."""
    cases = read_cases(options.cases, options.split)
    if not cases:
        raise CaseProblem(f"{options.cases} holds no case of the split {options.split}: leave --split out")
    if (options.gate or options.accept) and not any(one.split == FROZEN for one in cases):
        raise CaseProblem(f"{options.cases} holds no frozen cases, which --gate and --accept are about")
    return cases


def _held(cases: Sequence[Placed], documents: Iterable[str], where: str) -> None:
    """Raises CaseProblem for a case about a document that is not there."""
    known = set(documents)
    for one in cases:
        named = (each.document for each in (*one.case.programs, *one.case.also))
        for name in (*one.case.documents, *named, *(each.document for each in one.case.expect)):
            if name not in known:
                raise CaseProblem(f"{one.at}: no document of {where} is called {name}")


def _places(options: argparse.Namespace) -> None:
    """Makes the folders that will be written to.  Raises OSError for a place where nothing can be."""
    results = [options.results] if options.results else []
    for path in (*(options.out / name for name in WRITTEN), *results, *([options.baseline] if options.accept else [])):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
            raise PermissionError(errno.EACCES, "cannot be written: name another place", str(path))


@contextlib.contextmanager
def _asker(options: argparse.Namespace, cases: Sequence[Placed]) -> Iterator[tuple[Asker, str, dict[str, str]]]:
    """Who is asked, what the report calls it, and what it is made of."""
    if options.url is not None:
        with httpx.Client(trust_env=False) as client:
            reached(options.url, client)
            yield over_http(options.url, client), OVER_HTTP, {"suite": __version__}
        return
    with _built(options) as folder:
        assistant = Assistant.open(folder, today=lambda: TODAY)
        with assistant.index as index:
            _held(cases, index.documents, f"the index {folder}")
            index.embedder.encode_query(["…"])  # opened before the first question is timed
            model = index.manifest.embedding_model or "embedded default"
            about = {"assistant": __version__, "embedding": model, "documents": str(len(index.documents))}
            yield in_process(assistant), IN_PROCESS, about


@contextlib.contextmanager
def _built(options: argparse.Namespace) -> Iterator[Path]:
    """The index that was named, or a new one in a folder that is gone afterwards."""
    if options.index is not None:
        yield options.index
        return
    with tempfile.TemporaryDirectory(prefix="assistant-eval-") as folder:
        command = [sys.executable, "-m", "assistant", "build"]
        clock.run([*command, "--corpus", str(options.corpus), "--index", folder])
        yield Path(folder)


def _write(run: Run, options: argparse.Namespace) -> None:
    write_run(run, options.out / "results.json")
    write_tables(run, options.out)
    write_page(run, options.out / "report.html")
    usual = (options.cases, options.corpus, options.out) == (CASES, CORPUS, OUT)
    whole = usual and options.split is None and options.url is None and options.index is None
    results = options.results or (RESULTS if whole else None)
    if results:
        results.write_text(summary(run), encoding="utf-8")
    print(f"report: {options.out / 'report.html'}", file=sys.stderr)


def _gate(run: Run, verdicts: Sequence[Verdict], options: argparse.Namespace) -> int:
    frozen, parts = run.digests.get(FROZEN, ""), outcomes(verdicts)
    if options.accept:
        if any(one.outcome == FAILED for one in verdicts):
            raise GateProblem("a case without an answer is not accepted: see failed in the report")
        write_baseline(baseline_of(run.scores, frozen, parts), options.baseline)
        print(f"accepted: {options.baseline}")
    if not options.gate:
        return 0
    found = fallen(run.scores, frozen, read_baseline(options.baseline), parts)
    print("\n".join(f"FALLEN {line}" for line in found) or "gate: every accepted score holds")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
