"""``python -m eval.golden [--differences] [--regenerate] [DOC …]``: score the extraction against its golden tables."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.documents import read_corpus
from assistant.errors import AssistantError
from assistant.ingest import Reading, read_document

from ..texts import render
from .match import EXTRA, MISSING, Pair, found_in, match
from .rows import Row, TableProblem, of_fact, read_table, written
from .tally import ALL_KINDS, HEADINGS, MONEY_AND_RATES, Bar, Tally, tally


@dataclass(frozen=True, slots=True)
class Suite:
    """Documents that are held to one bar, and where their tables are."""

    name: str
    corpus: Path
    tables: Path
    bar: Bar


SUITES = (
    Suite("the corpus", Path("corpus"), Path("tests/golden"), Bar(0.99, 0.995)),
    Suite("invented documents", Path("tests/corpus"), Path("tests/golden/invented"), Bar(0.97, 0.99)),
    # written and read by people who did not know the rules; the floors are to be raised with every release
    Suite(
        "documents of other layouts",
        Path("tests/layouts"),
        Path("tests/golden/layouts"),
        Bar(0.97, 0.97, wrong_programs=2),
    ),
    Suite(
        "documents of many offices",
        Path("tests/samples"),
        Path("tests/golden/samples"),
        Bar(0.88, 0.90, wrong_programs=60),
    ),
)


def main(arguments: list[str] | None = None) -> int:
    """Scores or writes the tables; the exit status says whether every bar holds."""
    options = _options(arguments)
    try:
        suites = [(suite, readings) for suite, readings in _chosen(_suites(options), options.documents) if readings]
        if options.regenerate:
            for suite, readings in suites:
                _regenerate(suite, readings)
            return 0
        missed = [_report(suite, readings, options.differences) for suite, readings in suites]
        return int(any(missed))
    except (AssistantError, TableProblem) as error:
        print(f"golden: {error}", file=sys.stderr)
        return 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.golden", description=__doc__)
    parser.add_argument("documents", nargs="*", metavar="DOC", help="ids of documents (default: all)")
    parser.add_argument("--differences", action="store_true", help="print every difference, a line each")
    parser.add_argument("--regenerate", action="store_true", help="write the tables from what is extracted now")
    parser.add_argument("--tables", type=Path, help="folder of tables, together with --corpus")
    parser.add_argument("--corpus", type=Path, help="folder of the documents that --tables is about")
    options = parser.parse_args(arguments)
    if (options.tables is None) != (options.corpus is None):
        parser.error("--tables and --corpus go together: name both or neither")
    return options


def _suites(options: argparse.Namespace) -> tuple[Suite, ...]:
    if options.tables is None:
        return SUITES
    return (Suite(str(options.corpus), options.corpus, options.tables, SUITES[0].bar),)


def _chosen(suites: Iterable[Suite], wanted: list[str]) -> list[tuple[Suite, list[Reading]]]:
    """The documents of each suite that were named, or all of them, read.  Raises TableProblem for an unknown name."""
    documents = [(suite, read_corpus(suite.corpus).documents) for suite in suites]
    known = [document.id for _, found in documents for document in found]
    if unknown := [name for name in wanted if name not in known]:
        raise TableProblem(f"no document is called {', '.join(unknown)}; there are {', '.join(known)}")
    return [
        (suite, [read_document(document) for document in found if not wanted or document.id in wanted])
        for suite, found in documents
    ]


def _table(suite: Suite, reading: Reading) -> Path:
    return suite.tables / f"{reading.document.id}.jsonl"


def _regenerate(suite: Suite, readings: Iterable[Reading]) -> None:
    """Write the tables and say which files are other than before."""
    suite.tables.mkdir(parents=True, exist_ok=True)
    for reading in readings:
        path = _table(suite, reading)
        before = path.read_bytes() if path.is_file() else b""
        after = written(map(of_fact, reading.facts)).encode()
        if before != after or not path.is_file():
            path.write_bytes(after)
            print(f"{path}: {_changes(before, after)}")
        else:
            print(f"{path}: unchanged")


def _changes(before: bytes, after: bytes) -> str:
    old, new = set(before.splitlines()), set(after.splitlines())
    return f"written, {len(new - old)} facts came in, {len(old - new)} went out"


def _report(suite: Suite, readings: Iterable[Reading], differences: bool) -> bool:
    """Print what a suite scores; whether its bar is missed."""
    pairs = {one.document.id: match(read_table(_table(suite, one)), found_in(one)) for one in readings}
    money = _printed(f"{suite.name}: money and rates", pairs, MONEY_AND_RATES)
    everything = _printed(f"{suite.name}: all kinds", pairs, ALL_KINDS)
    for document, matched in pairs.items() if differences else ():
        for pair in matched:
            if pair.faults:
                print(_difference(document, pair))
    missed = suite.bar.missed(money, everything)
    print(f"{suite.name}: {'; '.join(missed) or 'every bar holds'}\n")
    return bool(missed)


def _printed(title: str, pairs: dict[str, list[Pair]], kinds: frozenset[str]) -> Tally:
    tallies = {document: tally(matched, kinds) for document, matched in pairs.items()}
    total = sum(tallies.values(), Tally())
    lines = [(name, *counted.cells()) for name, counted in (*tallies.items(), ("total", total))]
    print(render((title, *HEADINGS), lines) + "\n")
    return total


def _difference(document: str, pair: Pair) -> str:
    """One line: where, what, and each field as the table has it → as it was extracted."""
    row, found, at = pair.golden, pair.found, f"{document}:{pair.line}"
    if row is None or found is None:
        only = found if row is None else row
        return f"{at} {EXTRA if row is None else MISSING}: {_told(only)}" if only else at
    shown = {
        "unit": (_value(row), _value(found)),
        "program": (row.program, found.program),
        "part": (row.subprogram, found.subprogram),
        "condition": (row.condition, found.condition),
        "kind": (row.kind, found.kind),
        "year": (row.fiscal_year, found.fiscal_year),
    }
    faults = "; ".join(f"{fault} {shown[fault][0] or '–'} → {shown[fault][1] or '–'}" for fault in pair.faults)
    return f"{at} {row.kind} {row.text}: {faults}"


def _told(row: Row) -> str:
    return " | ".join(filter(None, (f"{row.kind} {row.text}", row.program, row.subprogram, row.condition)))


def _value(row: Row) -> str:
    ends = (row.yen, row.yen_min, row.yen_max, row.number, row.number_min, row.number_max)
    return "～".join(f"{end:,}" for end in ends if end is not None)


if __name__ == "__main__":
    sys.exit(main())
