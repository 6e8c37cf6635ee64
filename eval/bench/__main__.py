"""``python -m eval.bench [--corpus DIR] [--runs N]``: measure, print, and exit with 1 when a bound does not hold."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant.chain import Assistant
from assistant.errors import AssistantError

from ..suite.case import CASES, Case, CaseProblem, read_cases
from . import measure
from .clock import ProcessFailed, Timing
from .questions import describing, naming
from .table import Line, render

BUILD_BOUND = 30.0  # seconds, start of Python and the fitting of the vectors included
COLD_BOUND = 2.5
WARM_BOUND = 0.030
TAIL_BOUND = 0.100  # the 99th percentile over the cases
FEWEST = 300  # questions that a median stands on
START, SEARCH = "Python start", "FAISS search"


def main(arguments: list[str] | None = None) -> int:
    """Runs every measurement; the exit status says whether all bounds hold."""
    options = _options(arguments)
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    try:
        with tempfile.TemporaryDirectory(prefix="assistant-bench-") as folder:
            cases = [placed.case for placed in read_cases(options.cases)]
            return _report(*_measure(options.corpus, Path(folder), options.runs, cases))
    except (AssistantError, CaseProblem, ProcessFailed, FileNotFoundError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of documents (default: corpus)")
    parser.add_argument("--runs", type=int, default=9, help="cold starts to measure, at least 7 (default: 9)")
    parser.add_argument("--cases", type=Path, default=CASES, help=f"folder of cases to ask (default: {CASES})")
    options = parser.parse_args(arguments)
    if options.runs < 7:
        parser.error("--runs is less than 7: a median of fewer says little")
    return options


def _measure(corpus: Path, folder: Path, runs: int, cases: Sequence[Case]) -> tuple[list[Line], list[str], list[str]]:
    """The table's lines, what is said below it, and the slow libraries that were imported."""
    start = measure.empty_start(runs)
    built, index = measure.build(corpus, folder, runs=3)
    slow = measure.slow_libraries(index)
    assistant = Assistant.open(index)
    with assistant.index:
        named, described = _questions(assistant, corpus)
        cold = measure.cold(index, named, runs)
        begin = (START, start.median)
        lines = [
            _line("empty Python start", start),
            _line("build of the corpus", built, begin, BUILD_BOUND),
            _line("cold assistant ask", cold, begin, COLD_BOUND),
        ]
        warm, notes = _warm(assistant, named, described, cases)
    return lines + warm, notes, slow


def _questions(assistant: Assistant, corpus: Path) -> tuple[list[str], list[str]]:
    named, described = naming(assistant.index), describing(assistant.index)
    if (fewest := min(len(named), len(described))) < FEWEST + measure.WARM_UP:
        raise ProcessFailed(f"{corpus} gives {fewest} questions, too few: name a larger corpus with --corpus.")
    return named, described


def _warm(
    assistant: Assistant, named: list[str], described: list[str], cases: Sequence[Case]
) -> tuple[list[Line], list[str]]:
    """Lines for the questions in process, and how they were answered: an abstention may be quick."""
    search = measure.bare_search(assistant.index, named)
    lines, notes = [_line("bare FAISS search", search)], []
    for name, questions in (("named", named), ("described", described)):
        warm = measure.warm(assistant, questions)
        lines.append(_line(f"warm question, program {name}", warm.timing, (SEARCH, search.median), WARM_BOUND))
        notes.append(f"{name}: " + ", ".join(f"{count} {status}" for status, count in warm.statuses.most_common()))
    asked = measure.warm_cases(assistant, cases)
    begin = (SEARCH, search.median)
    lines.append(_line("warm question, every case", asked.timing, begin, WARM_BOUND, TAIL_BOUND))
    notes.append("cases: " + ", ".join(f"{count} {status}" for status, count in asked.statuses.most_common()))
    return lines, notes


def _line(
    name: str,
    timing: Timing,
    floor: tuple[str, float] | None = None,
    bound: float | None = None,
    tail: float | None = None,
) -> Line:
    return Line(name, timing.median, timing.p95, timing.count, floor, bound, timing.p99, tail)


def _report(lines: list[Line], notes: list[str], slow: list[str]) -> int:
    print(render(lines))
    print("\n".join(notes))
    print(f"imported by a cold ask, of {', '.join(measure.HEAVY)}: {', '.join(slow) or 'none'}")
    return int(bool(slow) or not all(line.holds for line in lines))


if __name__ == "__main__":
    sys.exit(main())
