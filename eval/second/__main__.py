"""``python -m eval.second``: answers without and with a language model's second opinion of what is asked.

The replies were recorded once and stand in ``recorded.jsonl`` by the digest of their requests.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.chain import Assistant
from assistant.documents import read_corpus
from assistant.errors import AssistantError

from ..suite.case import CASES, SPLITS, CaseProblem, Placed, read_cases
from ..suite.names import read_names
from ..suite.reply import TODAY
from ..texts import readable
from .measure import Measure
from .recorded import RECORDED, Recorded, RecordProblem, read_replies, write_missing
from .table import changes, lies_table, table


def main(arguments: list[str] | None = None) -> int:
    """Prints what was measured; the exit status says whether a reply is missing or a lie did harm."""
    options = _options(arguments)
    readable()
    try:
        return _measure(options)
    except (AssistantError, CaseProblem, RecordProblem, OSError) as error:
        print(f"second: {' '.join(str(error).split())}", file=sys.stderr)
        return 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.second", description=__doc__)
    parser.add_argument("--split", choices=SPLITS, help="only these cases (default: both)")
    parser.add_argument("--index", type=Path, default=Path("index"), help="folder of a built index (default: index)")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of the documents (default: corpus)")
    parser.add_argument("--cases", type=Path, default=CASES, help=f"folder of cases (default: {CASES})")
    parser.add_argument("--replies", type=Path, default=RECORDED, help="the recorded replies")
    parser.add_argument("--record", type=Path, metavar="FILE", help="write the requests that have no reply there")
    parser.add_argument("--results", type=Path, metavar="FILE", help="write what is printed there as well")
    parser.add_argument("--lying", action="store_true", help="tell lies in place of the recorded replies")
    return parser.parse_args(arguments)


def _measure(options: argparse.Namespace) -> int:
    cases = read_cases(options.cases, options.split)
    sources = {document.id: document.lines for document in read_corpus(options.corpus).documents}
    assistant = Assistant.open(options.index, today=lambda: TODAY)
    with assistant.index:
        measure = Measure(assistant, read_names(options.cases), sources)
        text, fault = _lied(measure, cases) if options.lying else _replied(measure, cases, options)
    print(text)
    if options.results:
        options.results.write_text(f"{text}\n", encoding="utf-8")
    return int(fault)


def _lied(measure: Measure, cases: Sequence[Placed]) -> tuple[str, bool]:
    """What lies lead to, and whether one did harm."""
    lied = [one for placed in cases if (one := measure.lied(placed)) is not None]
    return lies_table(lied), any(sum(one.harmed.values()) for one in lied)


def _replied(measure: Measure, cases: Sequence[Placed], options: argparse.Namespace) -> tuple[str, bool]:
    """What the recorded replies lead to, and whether one is missing."""
    recorded = Recorded(read_replies(options.replies))
    measured = [measure.measured(placed, recorded) for placed in cases]
    if options.record:
        write_missing(options.record, recorded.missing)
    asked = sum(one.asked for one in measured)
    told = f"{asked} questions with a second opinion, {len(recorded.missing)} of them without a recorded reply"
    return f"{table(measured)}\n\n{changes(measured)}\n{told}", bool(recorded.missing)


if __name__ == "__main__":
    sys.exit(main())
