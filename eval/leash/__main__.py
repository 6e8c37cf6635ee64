"""``python -m eval.leash``: let a language model lie, tell the truth, obey and fail, and see what gets out."""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import TypeVar

from assistant.errors import AssistantError
from assistant.index import load
from assistant.ingest import build

from ..texts import readable
from .broken import DOWN_CALLS, down, holds, run_faults, table
from .injected import Followed, in_documents, in_histories, in_questions, poisoned
from .run import Told, lied, told_truth
from .spread import spread
from .table import Run, differences, page, parts
from .waiting import BAR, WAITING, healthz, percentile
from .world import CaseProblem

LIES, TRUTHS, INJECTED, SEED = 10_000, 1_000, 500, 20260601
RESULTS = Path("eval/LEASH.md")
T = TypeVar("T")
ONLY = ("lies", "truths", "injected", "faults")


def main(arguments: list[str] | None = None) -> int:
    """Tells, judges and prints; the exit status says whether no lie left, and enough truths survived."""
    readable()
    options = _options(arguments)
    try:
        run, faults, held = _run(options)
    except (AssistantError, CaseProblem) as error:
        print(f"leash: {error}", file=sys.stderr)
        return 1
    print("\n\n".join(parts(run)))
    for line in differences(run) if options.differences else ():
        print(line)
    if faults:
        print(faults)
    if options.results:
        options.results.write_text(page(run, faults), encoding="utf-8")
    return int(not (run.holds() and held))


def _run(options: argparse.Namespace) -> tuple[Run, str, bool]:
    """Every part that was asked for, on one index."""
    with ExitStack() as stack:
        index = options.index
        if index is None:
            index = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="assistant-leash-")))
            build(options.corpus, index)
        asked = [options.only] if options.only else list(ONLY)
        lies = _lies(index, options) if "lies" in asked else ()
        truths = _some(index, options.cases, told_truth, options, options.truths) if "truths" in asked else ()
        injected = _injected(index, options) if "injected" in asked else ()
        faults, held = _faults(index) if "faults" in asked else ("", True)
    return Run(tuple(lies), tuple(truths), tuple(injected), options.seed), faults, held


def _lies(index: Path, options: argparse.Namespace) -> list[Told]:
    """Replies until as many lies are told as were asked for."""
    told: list[Told] = []
    count = 0
    with closing(spread(index, options.cases, lied, options.seed, options.processes)) as every:
        for one in every:
            told.append(one)
            count += len(one.sorts)
            if count >= options.lies:
                break
    return told


def _injected(index: Path, options: argparse.Namespace) -> list[Followed]:
    """A third in documents, a third in questions, the rest in histories."""
    third = options.injected // 3
    opened = load(index)
    with opened, poisoned(options.corpus, opened, options.seed) as poison:
        documents = _some(poison.index, None, partial(in_documents, poison=poison), options, third)
    questions = _some(index, options.cases, in_questions, options, third)
    return [*documents, *questions, *_some(index, options.cases, in_histories, options, options.injected - 2 * third)]


def _some(
    index: Path, cases: Path | None, teller: Callable[..., T | None], options: argparse.Namespace, count: int
) -> list[T]:
    """The first so many that a teller makes."""
    with closing(spread(index, cases, teller, options.seed, options.processes)) as every:
        return list(itertools.islice(every, count))


def _faults(index: Path) -> tuple[str, bool]:
    """What a model that fails, stays down or hangs does to the answers."""
    opened = load(index)
    with opened:
        trials = run_faults(opened)
        calls, times = down(), healthz(opened)
    slowest = percentile(times, 0.99)
    lines = (
        table(trials),
        f"a model that is down for 10 minutes at 5 questions a second costs {calls} calls (at most {DOWN_CALLS})",
        f"/healthz while {WAITING} calls hang: {slowest * 1000:.0f} ms at p99 (at most {BAR * 1000:.0f})",
    )
    return "\n".join(lines), holds(trials) and calls <= DOWN_CALLS and slowest <= BAR


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.leash", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of documents (default: corpus)")
    parser.add_argument("--cases", type=Path, default=Path("eval/cases"), help="folder of cases (default: eval/cases)")
    parser.add_argument("--index", type=Path, help="an index of that corpus (default: built for the run)")
    parser.add_argument("--lies", type=int, default=LIES, help=f"lies to tell (default: {LIES})")
    parser.add_argument("--truths", type=int, default=TRUTHS, help=f"true replies to tell (default: {TRUTHS})")
    parser.add_argument("--injected", type=int, default=INJECTED, help=f"instructions to hide (default: {INJECTED})")
    parser.add_argument("--seed", type=int, default=SEED, help=f"which ones (default: {SEED})")
    parser.add_argument("--only", choices=ONLY, help="one part alone")
    parser.add_argument("--processes", type=int, default=2, help="processes that tell at once (default: 2)")
    parser.add_argument(
        "--differences", action="store_true", help="print what passed, what was lost, what was followed"
    )
    parser.add_argument("--results", type=Path, help=f"write the tables there (default: {RESULTS} for a whole run)")
    options = parser.parse_args(arguments)
    if min(options.lies, options.truths, options.injected, options.processes) < 1:
        parser.error("every number is at least 1")
    counts = (options.lies, options.truths, options.injected, options.seed, options.only, options.corpus)
    whole = counts == (LIES, TRUTHS, INJECTED, SEED, None, Path("corpus"))
    options.results = options.results or (RESULTS if whole and RESULTS.parent.is_dir() else None)
    return options


if __name__ == "__main__":
    sys.exit(main())
