"""What is measured, each as a customer meets it: the command line as a process, a question in a process."""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import faiss

from assistant.chain import Assistant
from assistant.embed import Matrix
from assistant.index import Index
from assistant.records import Turn
from assistant.retrieve.signals import DEEP

from ..suite.case import Case
from .clock import Timing, run, summary, time_calls, time_process

HEAVY = ("torch", "transformers", "sentence_transformers", "spacy")
QUESTION = "補助率は何分の何ですか?"
WARM_UP = 20

# Runs the command line in a process of its own and prints which slow libraries it imported.
_PROOF = """
import contextlib, io, sys
sys.argv = ["assistant", *sys.argv[1:]]
slow = {slow!r}
from assistant.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
print(" ".join(name for name in slow if name in sys.modules))
"""


@dataclass(frozen=True, slots=True)
class Warm:
    """Questions asked in one process; ``statuses`` says how they were answered."""

    timing: Timing
    statuses: Counter[str]


def empty_start(runs: int) -> Timing:
    """Python starting and ending with nothing to do."""
    return time_process([sys.executable, "-c", "pass"], runs)


def build(corpus: Path, folder: Path, runs: int) -> tuple[Timing, Path]:
    """``assistant build`` as a whole process, each run into a new folder; and the last run's index."""
    places = [folder / f"index-{number}" for number in range(runs)]
    timings = [time_process(_command("build", "--corpus", str(corpus), "--index", str(place)), 1) for place in places]
    return summary([timing.median for timing in timings]), places[-1]


def cold(index: Path, questions: Sequence[str], runs: int) -> Timing:
    """``assistant ask`` as a whole process, another question each time.  The files were read before."""
    chosen = itertools.islice(itertools.cycle(questions[:: max(1, len(questions) // runs)]), runs)
    return summary([time_process(_command("ask", question), 1, index).median for question in chosen])


def warm(assistant: Assistant, questions: Sequence[str]) -> Warm:
    """Every question once, in process, after a few that open what is opened lazily."""
    for question in questions[:WARM_UP]:
        assistant.ask(question)
    rest = questions[WARM_UP:] or questions
    statuses: Counter[str] = Counter()

    def asking(question: str) -> None:
        statuses[assistant.ask(question).status] += 1

    return Warm(time_calls([partial(asking, question) for question in rest]), statuses)


def warm_cases(assistant: Assistant, cases: Sequence[Case]) -> Warm:
    """Every case once, in process, with the turns before it."""
    statuses: Counter[str] = Counter()

    def asking(case: Case) -> None:
        history = tuple(Turn("user", said) for said in case.history)
        statuses[assistant.ask(case.question, history=history).status] += 1

    return Warm(time_calls([partial(asking, case) for case in cases]), statuses)


def bare_search(index: Index, questions: Sequence[str]) -> Timing:
    """FAISS alone on the index's own passage vectors, with the vectors and the k of these questions."""
    vectors = faiss.read_index(str(index.path / "passages.faiss"))
    rows: Matrix = index.embedder.encode_query(list(questions))
    k = min(DEEP, int(vectors.ntotal))
    return time_calls([partial(vectors.search, row, k) for row in rows.reshape(len(rows), 1, -1)])


def slow_libraries(index: Path) -> list[str]:
    """Slow libraries that a cold ``assistant ask`` imports: none should be there."""
    code = _PROOF.format(slow=HEAVY)
    return run([sys.executable, "-c", code, "ask", "--", QUESTION], index).split()


def _command(*arguments: str) -> list[str]:
    """The installed command, as a person calls it."""
    return [str(Path(sys.executable).with_name("assistant")), *arguments]
