"""``python -m eval.peers [--systems a,b] [--model DIR] [--python NAME=PATH] [--out FILE]``: the peers, side by side."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.documents import read_corpus
from assistant.errors import AssistantError
from assistant.ingest import build

from ..suite.case import CASES, SPLITS, CaseProblem
from ..suite.reply import TODAY
from .one import Run
from .questions import Question, read_questions
from .registry import SYSTEMS
from .report import abouts, as_json, better, tables
from .run import Left, Plan, run_system
from .score import Scored, scored

Runner = Callable[[str, Plan], Run | Left]


def main(arguments: list[str] | None = None, runner: Runner = run_system) -> int:
    """Runs the systems one after another and prints the tables; 1 when there is nothing to ask or a system failed."""
    options = _options(arguments)
    try:
        documents = {document.id: document for document in read_corpus(options.corpus).documents}
        questions, others = read_questions(options.cases, documents, options.split)
        print(f"questions of one turn with evidence: {len(questions)} (other cases: {others})")
        if options.out:
            options.out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="assistant-peers-") as folder:
            built = build(options.corpus, Path(folder) / "index").build
            results = list(_results(options, questions, built / "words", runner))
        return _report(options, questions, results)
    except (AssistantError, CaseProblem, OSError) as error:
        print(f"peers: {error}", file=sys.stderr)
        return 1


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.peers", description=__doc__)
    parser.add_argument("--cases", type=Path, default=CASES, help=f"folder of cases (default: {CASES})")
    parser.add_argument("--split", choices=SPLITS, help="ask only these cases (default: both)")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of the documents (default: corpus)")
    parser.add_argument("--systems", type=_systems, default=list(SYSTEMS), help=f"some of {','.join(SYSTEMS)}")
    parser.add_argument("--model", type=_folder, help="folder of a sentence-transformers model, for langchain-model")
    parser.add_argument(
        "--python", type=_python, action="append", default=[], metavar="NAME=PATH", help="a system's own interpreter"
    )
    parser.add_argument("--budget", type=_positive, default=2000, help="characters that count (default: 2000)")
    parser.add_argument("--timeout", type=_positive, default=900, help="seconds for one system (default: 900)")
    parser.add_argument("--results", type=Path, help="write the tables there, as Markdown")
    parser.add_argument("--out", type=Path, help="write everything that was measured there, as JSON")
    return parser.parse_args(arguments)


def _systems(text: str) -> list[str]:
    names = list(dict.fromkeys(filter(None, (name.strip() for name in text.split(",")))))
    if unknown := [name for name in names if name not in SYSTEMS] or [text] * (not names):
        raise argparse.ArgumentTypeError(f"no system is called {', '.join(unknown)}; there are {', '.join(SYSTEMS)}")
    return names


def _python(text: str) -> tuple[str, str]:
    name, _, path = text.partition("=")
    if name not in SYSTEMS or not Path(path).is_file():
        raise argparse.ArgumentTypeError(f"{text} is no NAME=PATH of a system and an interpreter")
    return name, path


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(f"no folder at {text}: a model is read from a folder, never from the network")
    return Path(text).resolve()


def _positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is no whole number above 0")
    return number


def _results(
    options: argparse.Namespace, questions: Sequence[Question], words: Path, runner: Runner
) -> Iterator[Run | Left]:
    plan = Plan(
        [(one.id, one.text) for one in questions],
        options.corpus.resolve(),
        words,
        options.budget,
        TODAY,
        options.model,
        dict(options.python),
        options.timeout,
    )
    for name in options.systems:
        print(f"{name} …", file=sys.stderr, flush=True)
        yield runner(name, plan)


def _report(options: argparse.Namespace, questions: Sequence[Question], results: Sequence[Run | Left]) -> int:
    systems: list[Scored] = [scored(one, questions) for one in results if isinstance(one, Run)]
    left = [one for one in results if isinstance(one, Left)]
    parts = tables(systems, questions, options.budget) if systems else []
    parts += ["\n".join(abouts(systems, left)), "\n".join(better(systems, questions, options.budget))]
    print("\n" + "\n\n".join(parts))
    if options.results:
        options.results.write_text(_page(parts, len(questions)), encoding="utf-8")
    if options.out:
        told = as_json(systems, left, questions, options.budget)
        options.out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return int(any(one.failed for one in left))


def _page(parts: Sequence[str], count: int) -> str:
    """The tables as they were printed, for the repository."""
    fences = (f"```text\n{part}\n```" for part in parts if part)
    about = f"Written by `make peers`, from {count} questions of one turn with evidence.  Times are the machine's."
    return "\n\n".join(["# Peers", about, *fences]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
