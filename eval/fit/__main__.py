"""``python -m eval.fit``: fit the ranking's weights, or show the ladder of its steps.

Fitted on tune, asked of both corpora and of the first without its asked-as questions, as a new document is; and on the
asked-as questions, each of them asked of an index that has only the other half of its program's.  The first table
printed is what the ranking gives on these, then one for each index.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.chain import Assistant
from assistant.errors import AssistantError
from assistant.ingest import build
from assistant.retrieve.rank import FEATURES
from assistant.retrieve.signals import SIGNALS

from ..suite.case import CaseProblem
from .gather import Asking, Table, asked_apart, elsewhere, gather
from .ladder import ladder, table_of, without_asked
from .weights import fit_signals, fit_sure, rank_of, sure_table

WEIGHTS = Path("src/assistant/lexicon/weights.toml")
SETS = ((Path("corpus"), Path("eval/cases")), (Path("tests/samples"), Path("eval/cases/others")))
TIMES = (1.0, 3.0, 1.0)  # how often a question of each set counts: there are fewer of the other documents
APART = 0.2  # how much an asked-as question counts beside a case: there are many, all in everyday words
STRAY = 0.3  # how much a question about anything else counts beside a case
LADDER = Path("eval/LADDER.md")
NOTE = """Written by `python -m eval.fit --ladder`: the share of the frozen questions of one turn whose right program
comes first, and among the first five. Each step fits its weights on tune. The last row is what a new
document gets: each document in turn without its own asked-as questions."""
HEAD = "# Written by `python -m eval.fit --write`: what each signal counts, and what tells that the first is meant.\n"


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0, or 1 with one line for a corpus or cases that cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m eval.fit", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write the weights to {WEIGHTS}")
    parser.add_argument(
        "--ladder", action="store_true", help=f"show what each step gives on frozen, and write {LADDER}"
    )
    parser.add_argument("--index", type=Path, nargs=2, metavar=("CORPUS", "OTHERS"), help="built indexes of both sets")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="assistant-fit-") as folder:
            return _ladder(Path(folder)) if options.ladder else _run(options, Path(folder))
    except (AssistantError, CaseProblem) as error:
        print(f"fit: {error}", file=sys.stderr)
        return 1


def _ladder(folder: Path) -> int:
    parts = ["# The retrieval, step by step\n"]
    for corpus, cases in SETS[:1]:
        told = table_of(ladder(corpus, cases, folder))
        print(told)
        parts.append(f"{NOTE}\n\n```text\n{told}\n```\n")
    LADDER.write_text("\n".join(parts), encoding="utf-8")
    return 0


def _run(options: argparse.Namespace, folder: Path) -> int:
    read = list(_read(options, folder))
    asked = list(asked_apart(SETS[0][0], folder))
    ranked = read[: len(SETS)]  # how the signals of new documents are weighed, the questions asked apart tell
    weights = fit_signals(
        [*(one for _, askings, _ in ranked for one in askings), *asked],
        counts=[*(often for _, askings, often in ranked for _ in askings), *[APART] * len(asked)],
    )
    _tell(asked, weights)
    tables: list[tuple[Table, Table]] = []
    counts: list[float] = []
    for assistant, askings, often in read:
        strays = elsewhere(assistant)
        tables.append(sure_table([*askings, *strays], weights, assistant.index))
        counts += [often] * len(askings) + [STRAY] * len(strays)
        _tell(askings, weights)
    rows, right = (np.concatenate([table[part] for table in tables]) for part in (0, 1))
    sure = fit_sure(rows, right, np.array(counts))
    _tell_sure(rows, right, sure, np.array(counts))
    text = _text(weights, sure)
    print(text)
    if options.write:
        WEIGHTS.write_text(text, encoding="utf-8")
    return 0


def _read(options: argparse.Namespace, folder: Path) -> Iterator[tuple[Assistant, list[Asking], float]]:
    """Each set's index, its questions and how often one counts; last the first corpus as if it were new."""
    bare = (without_asked(SETS[0][0], folder / "bare", None), SETS[0][1])
    for place, (corpus, cases) in enumerate((*SETS, bare)):
        index = options.index[place] if options.index and place < len(SETS) else folder / f"index-{corpus.name}"
        if not index.exists():
            build(corpus, index)
        assistant = Assistant.open(index)
        yield assistant, gather(assistant, cases, "tune"), TIMES[place]


def _tell(askings: Sequence[Asking], weights: Table) -> None:
    held = [one for one in askings if one.held]
    for kind in ("everyday", "direct", "words", "condition", "premise", "all"):
        ranks = [rank_of(one, weights) for one in held if kind in (one.case.type, "all")]
        shares = [sum(rank is not None and rank < depth for rank in ranks) / max(len(ranks), 1) for depth in (1, 5)]
        print(f"{kind:10} {len(ranks):4}  first {shares[0]:.3f}  within five {shares[1]:.3f}")


def _tell_sure(rows: Table, right: Table, weights: Table, counts: Table) -> None:
    sure = 1.0 / (1.0 + np.exp(-np.clip(rows @ weights, -30, 30)))
    for bound in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        kept = sure >= bound
        cases = counts >= 1.0
        share = right[kept & cases].mean() if (kept & cases).any() else 0.0
        lost = right[~kept].sum() / right.sum()
        strays = kept[~cases].mean()
        print(f"sure {bound:.1f}: of those answered right {share:.3f}, right ones lost {lost:.3f}, strays {strays:.3f}")


def _text(weights: Table, sure: Table) -> str:
    lines = [HEAD, "[signals]", *(f"{name} = {value:.3f}" for name, value in zip(SIGNALS, weights, strict=True))]
    lines += ["", "[confidence]", *(f"{name} = {value:.3f}" for name, value in zip(FEATURES, sure, strict=True))]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
