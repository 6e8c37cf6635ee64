"""``python -m eval.attack [--count N] [--true N] [--seed N] [--differences]``: falsify drafts, see what gets out."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.chain import Assistant
from assistant.errors import AssistantError
from assistant.ingest import build

from .classes import CLASSES
from .ground import Ground
from .judge import attacked, survived
from .reals import CaseProblem, reals
from .reordering import VARIATIONS
from .table import Run, by_class, by_group, differences, summary

TODAY = dt.date(2026, 11, 21)
BAR = 0.98  # of the true drafts that must survive whole
COUNT, TRUE, SEED = 10_000, 1_000, 20260401
RESULTS = Path("eval/ATTACK.md")


def main(arguments: list[str] | None = None) -> int:
    """Draws, judges and prints; the exit status says whether no false draft passed and enough true ones survived."""
    options = _options(arguments)
    try:
        with _assistant(options.corpus) as assistant:
            run = _run(assistant, options)
    except (AssistantError, CaseProblem) as error:
        print(f"attack: {error}", file=sys.stderr)
        return 1
    print(f"{by_class(run)}\n\n{by_group(run)}")
    for line in differences(run) if options.differences else ():
        print(line)
    if options.results:
        options.results.write_text(summary(run), encoding="utf-8")
    return int(not run.holds(BAR))


def _run(assistant: Assistant, options: argparse.Namespace) -> Run:
    ground = Ground(assistant.index)
    found = reals(assistant, ground, options.cases)
    false = tuple(attacked(CLASSES, found, ground, assistant, options.count, options.seed))
    true = tuple(survived(VARIATIONS, found, ground, options.true, options.seed))
    return Run(false, true, options.seed, len(found))


@contextmanager
def _assistant(corpus: Path) -> Iterator[Assistant]:
    """The assistant on a temporary index of a corpus, on a day that stands still."""
    with tempfile.TemporaryDirectory(prefix="assistant-attack-") as folder:
        build(corpus, Path(folder))
        opened = Assistant.open(Path(folder), today=lambda: TODAY)
        with opened.index:
            yield opened


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.attack", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of documents (default: corpus)")
    parser.add_argument("--cases", type=Path, default=Path("eval/cases"), help="folder of cases (default: eval/cases)")
    parser.add_argument("--count", type=int, default=COUNT, help=f"false drafts to make (default: {COUNT})")
    parser.add_argument("--true", type=int, default=TRUE, help=f"true drafts to make (default: {TRUE})")
    parser.add_argument("--seed", type=int, default=SEED, help=f"which drafts to make (default: {SEED})")
    parser.add_argument("--differences", action="store_true", help="print what passed and what did not survive")
    parser.add_argument("--results", type=Path, help=f"write the tables there (default: {RESULTS} for a whole run)")
    options = parser.parse_args(arguments)
    if min(options.count, options.true) < 1:
        parser.error("--count and --true are at least 1")
    whole = (options.count, options.true, options.seed, options.corpus) == (COUNT, TRUE, SEED, Path("corpus"))
    options.results = options.results or (RESULTS if whole and RESULTS.parent.is_dir() else None)
    return options


if __name__ == "__main__":
    sys.exit(main())
