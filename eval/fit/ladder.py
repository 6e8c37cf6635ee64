"""The ladder: what each step of the retrieval gives, on questions that nothing was fitted on.

Each step fits its own weights on tune and is measured on frozen.  The last row is what a new document gets: each
document in turn without its own asked-as questions, neither indexed nor learnt from.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.chain import Assistant
from assistant.documents import ASKED
from assistant.ingest import build
from assistant.retrieve.signals import SIGNALS

from ..suite.case import FROZEN, TUNE
from ..texts import render
from .gather import Asking, Table, gather
from .weights import fit_signals, rank_of

WORDS = ("words", "lead")
VECTORS = ("name", "body", "passage", "late")
TERMS = ("terms", "title", "kind", "near")
DEPTHS = (1, 5)
KINDS = ("everyday", "direct", "all")


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the ladder: the signals used, and how the index is built."""

    name: str
    signals: tuple[str, ...]
    asked: bool
    fitted: bool


STEPS = (
    Step("BM25", WORDS, False, False),
    Step("+ word vectors", (*WORDS, *VECTORS), False, False),
    Step("+ thesaurus, names, kinds", (*WORDS, *VECTORS, *TERMS), False, False),
    Step("+ asked-as questions", SIGNALS, True, False),
    Step("+ trained vectors", SIGNALS, True, True),
)


def ladder(corpus: Path, cases: Path, folder: Path) -> list[list[str]]:
    """The rows of the table, each step's name and its shares; ``folder`` is for the indexes."""
    rows = []
    for step in STEPS:
        tune, frozen = _askings(step, corpus, cases, folder)
        weights = fit_signals(tune, without=[name for name in SIGNALS if name not in step.signals])
        rows.append([step.name, *_shares(frozen, [weights] * len(frozen))])
    rows.append(["without the document's own questions", *_left_out(corpus, cases, folder)])
    return rows


def table_of(rows: Sequence[Sequence[str]]) -> str:
    """The ladder as a text table: first, and within the first five, for each kind of question."""
    heads = ["step", *(f"{kind} {'first' if depth == 1 else f'in {depth}'}" for kind in KINDS for depth in DEPTHS)]
    return render(heads, rows)


def _askings(step: Step, corpus: Path, cases: Path, folder: Path) -> tuple[list[Asking], list[Asking]]:
    source = corpus if step.asked else without_asked(corpus, folder / "bare", None)
    index = folder / f"index-{step.asked}-{step.fitted}"
    if not index.exists():
        build(source, index, fit=step.fitted)
    assistant = Assistant.open(index)
    with assistant.index:
        return gather(assistant, cases, TUNE), gather(assistant, cases, FROZEN)


def without_asked(corpus: Path, folder: Path, document: str | None) -> Path:
    """A copy of a corpus without the asked-as questions of one document, or of all."""
    if not folder.exists():
        shutil.copytree(corpus, folder)
        gone = [folder / ASKED / f"{document}.jsonl"] if document else list((folder / ASKED).glob("*.jsonl"))
        for path in gone:
            path.unlink()
    return folder


def _left_out(corpus: Path, cases: Path, folder: Path) -> list[str]:
    """Shares over the frozen questions of every document, each asked of an index that knows none of its own."""
    left: list[Asking] = []
    weights: list[Table] = []
    for path in sorted((corpus / ASKED).glob("*.jsonl")):
        source = without_asked(corpus, folder / f"without-{path.stem}", path.stem)
        build(source, folder / f"index-without-{path.stem}")
        assistant = Assistant.open(folder / f"index-without-{path.stem}")
        with assistant.index:
            fitted = fit_signals(gather(assistant, cases, TUNE))
            own = [one for one in gather(assistant, cases, FROZEN) if _is_of(one, path.stem)]
        left += own
        weights += [fitted] * len(own)
    return _shares(left, weights)


def _is_of(one: Asking, document: str) -> bool:
    return bool(one.case.programs) and all(named.document == document for named in one.case.programs)


def _shares(askings: Sequence[Asking], weights: Sequence[Table]) -> list[str]:
    return [text for kind in KINDS for text in _of_kind(kind, askings, weights)]


def _of_kind(kind: str, askings: Sequence[Asking], weights: Sequence[Table]) -> Iterator[str]:
    pairs = [pair for pair in zip(askings, weights, strict=True) if pair[0].held and kind in (pair[0].case.type, "all")]
    ranks = [rank_of(one, own) for one, own in pairs]
    for depth in DEPTHS:
        yield f"{sum(rank is not None and rank < depth for rank in ranks) / max(len(ranks), 1):.2f}"
