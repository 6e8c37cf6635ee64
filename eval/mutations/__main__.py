"""``python -m eval.mutations [--count N] [--seed N] [--differences]``: misprint the corpus and read it again."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assistant.documents import read_corpus
from assistant.errors import AssistantError
from assistant.ingest import read_document

from ..texts import render
from .judge import FOLLOWED, LOST, PUT_RIGHT, Verdict, judge
from .make import SORTS, draw

HEADINGS = ("change", "document", "made", FOLLOWED, PUT_RIGHT, LOST, "noticed", "well", "noticed of all")


def main(arguments: list[str] | None = None) -> int:
    """Makes, reads and prints; the exit status says whether every change was followed or put right."""
    options = _options(arguments)
    try:
        verdicts = verdicts_of(options.corpus, options.count, options.seed)
    except AssistantError as error:
        print(f"mutations: {error}", file=sys.stderr)
        return 1
    print(render(HEADINGS, _lines(verdicts)))
    lost = [verdict for verdict in verdicts if verdict.outcome == LOST]
    for verdict in lost if options.differences else ():
        print("\n".join(_told(verdict)))
    print(f"{len(verdicts)} changes, seed {options.seed}: {len(lost)} neither followed nor put right")
    return int(bool(lost) or not verdicts)


def verdicts_of(corpus: Path, count: int, seed: int) -> list[Verdict]:
    """What became of ``count`` changes of a corpus.  Raises CorpusError for one that cannot be read."""
    readings = {document.id: read_document(document) for document in read_corpus(corpus).documents}
    return [judge(readings[mutation.document], mutation) for mutation in draw(list(readings.values()), count, seed)]


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.mutations", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of documents (default: corpus)")
    parser.add_argument("--count", type=int, default=500, help="changes to make (default: 500)")
    parser.add_argument("--seed", type=int, default=20260401, help="which changes to make (default: 20260401)")
    parser.add_argument("--differences", action="store_true", help="print what was not followed, a line each")
    options = parser.parse_args(arguments)
    if options.count < 1:
        parser.error("--count is less than 1: make one change at least")
    return options


def _lines(verdicts: Sequence[Verdict]) -> Iterator[tuple[object, ...]]:
    """A line for each sort and document, one for each sort, one for all."""
    for sort in SORTS:
        of_sort = [verdict for verdict in verdicts if verdict.mutation.sort == sort]
        for document in dict.fromkeys(sorted(verdict.mutation.document for verdict in of_sort)):
            yield _line(sort, document, (one for one in of_sort if one.mutation.document == document))
        yield _line(sort, "all", of_sort)
    yield _line("total", "all", verdicts)


def _line(sort: str, document: str, verdicts: Iterable[Verdict]) -> tuple[object, ...]:
    counted: Counter[str] = Counter()
    for verdict in verdicts:
        counted.update({"made": 1, verdict.outcome: 1, "noticed": verdict.noticed})
    counts = [counted[name] for name in ("made", FOLLOWED, PUT_RIGHT, LOST, "noticed")]
    shares = _share(counted[FOLLOWED] + counted[PUT_RIGHT], counts[0]), _share(counted["noticed"], counts[0])
    return (sort, document, *counts, *shares)


def _share(part: int, whole: int) -> str:
    """A share, cut and not rounded, so that 100.0 % means all."""
    return f"{part * 1000 // whole / 10:.1f} %" if whole else "–"


def _told(verdict: Verdict) -> Iterator[str]:
    one = verdict.mutation
    yield f"{one.document}:{one.line} {one.sort}: {one.before} → {one.after}"
    yield from (f"    wanted {fact.line}: {fact.told}" for fact in verdict.wanted)
    yield from (f"    read   {fact.line}: {fact.told}" for fact in verdict.read)


if __name__ == "__main__":
    sys.exit(main())
