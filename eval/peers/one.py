"""``python -m eval.peers.one NAME --corpus DIR --words DIR [--budget N] [--model DIR]``: one system, in this process.

Reads ``[[id, question], …]`` from standard input and prints one JSON object: what the system is, how many chunks it
made, seconds to import, to build and for each question, peak memory, and the spans it returned.  A system of a process
of its own has its own memory, and no import of a neighbour's makes it quicker.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from assistant.documents import read_corpus
from assistant.embed import make_embedder
from assistant.errors import AssistantError

from .memory import held, peak
from .quiet import stay_home, switch_off
from .registry import MODEL, SYSTEMS, System
from .spans import Chunk, within
from .systems.base import Search, Setup

DEPTH = 200  # chunks asked for when a budget of characters is to be filled
K = 10
WARM_UP = 5
MISSING = 3  # exit status when a package is not installed
Result = TypeVar("Result")
Hit = tuple[str, int, int]


class NoQuestions(Exception):
    """Standard input that holds no questions; the message is one line."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one system did; seconds and bytes."""

    system: str
    about: str
    chunks: int
    import_seconds: float
    build_seconds: float
    query_seconds: list[float]
    peak_bytes: int
    held_bytes: int  # what is still held when every question was asked
    refused: list[str]  # machines that it tried to reach
    first: dict[str, list[Hit]]  # the first K chunks of each question
    filled: dict[str, list[Hit]]  # as many characters as the budget, the last chunk cut


def main(arguments: list[str] | None = None) -> int:
    """Runs one system; 3 when a package of it is missing, 1 when something it needs cannot be read."""
    options = _options(arguments)
    system = SYSTEMS[options.name]
    if missing := system.missing():
        print(system.install(missing), file=sys.stderr)
        return MISSING
    try:
        questions = read_questions(sys.stdin.read())
        with contextlib.redirect_stdout(sys.stderr), tempfile.TemporaryDirectory(prefix="peer-") as folder:
            run = _run(system, questions, options, Path(folder))
    except (AssistantError, NoQuestions) as error:
        print(f"{system.name}: {error}", file=sys.stderr)
        return 1
    print(json.dumps(asdict(run), ensure_ascii=False))
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.peers.one", description=__doc__)
    parser.add_argument("name", choices=SYSTEMS, metavar="NAME", help=f"one of {', '.join(SYSTEMS)}")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of documents (default: corpus)")
    parser.add_argument("--words", type=Path, required=True, help="the words folder of a build of that corpus")
    parser.add_argument("--budget", type=int, default=2000, help="characters that may be returned (default: 2000)")
    parser.add_argument("--today", type=dt.date.fromisoformat, help="the date 今年度 is reckoned from (default: today)")
    parser.add_argument("--model", type=Path, help=f"folder of the sentence-transformers model of {MODEL}")
    options = parser.parse_args(arguments)
    if options.name == MODEL and not options.model:
        parser.error(f"{MODEL} needs --model")
    return options


def read_questions(text: str) -> list[tuple[str, str]]:
    """``[[id, question], …]``.  Raises NoQuestions for anything else."""
    try:
        return [(str(name), str(question)) for name, question in json.loads(text)]
    except (TypeError, ValueError) as error:
        raise NoQuestions("standard input is no JSON list of [id, question]: pipe one in") from error


def _run(system: System, questions: Sequence[tuple[str, str]], options: argparse.Namespace, folder: Path) -> Run:
    refused: list[str] = []
    switch_off()
    stay_home(refused.append)
    documents = read_corpus(options.corpus).documents
    model = str(options.model) if system.name == MODEL else ""
    embedder = make_embedder(model, words=options.words)
    embedder.encode_query(["補助率"])  # the dictionary is opened by the first text
    setup = Setup(embedder, options.corpus, folder, options.today or dt.date.today())
    peer, import_seconds = _timed(lambda: system.load()(setup))
    built, build_seconds = _timed(lambda: peer.build(documents))
    first, query_seconds = _ask(built.search, questions)
    memory = peak(), held()
    filled = {name: within(built.search(text, DEPTH), options.budget) for name, text in questions}
    return Run(
        system.name, peer.about, built.chunks, import_seconds, build_seconds, query_seconds, *memory,
        sorted(set(refused)), _hits(first), _hits(filled),
    )  # fmt: skip


def _ask(search: Search, questions: Sequence[tuple[str, str]]) -> tuple[dict[str, list[Chunk]], list[float]]:
    """The first chunks of every question, and the seconds that each took; what is opened lazily was opened before."""
    for _, text in questions[:WARM_UP]:
        search(text, K)
    found, seconds = {}, []
    for name, text in questions:
        found[name], taken = _timed(lambda text=text: search(text, K))  # type: ignore[misc]
        seconds.append(taken)
    return found, seconds


def _timed(call: Callable[[], Result]) -> tuple[Result, float]:
    start = time.perf_counter()
    result = call()
    return result, time.perf_counter() - start


def _hits(found: dict[str, list[Chunk]]) -> dict[str, list[Hit]]:
    return {name: [(chunk.document, chunk.start, chunk.end) for chunk in chunks] for name, chunks in found.items()}


if __name__ == "__main__":
    sys.exit(main())
