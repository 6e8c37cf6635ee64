"""A corpus folder → a published index: every document read, split, typed, reconciled.

The one place where the rooms of ingest meet; the command line prints what :func:`build` returns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from . import __version__
from .asked import AskedReading, read_asked
from .documents import Corpus, corpus_hash, read_corpus
from .errors import BuildRefused
from .facts import extract, named_parts, with_details
from .index import SCHEMA, Content, current_manifest, publish
from .layout import layout
from .layout.halves import Halves, halves_of
from .programs import split
from .programs.passages import passage_id
from .reconcile import reconcile
from .records import Check, Document, Fact, Passage, Program

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """One document read: what was found in it and what its own arithmetic says."""

    document: Document
    programs: tuple[Program, ...]
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build read and published."""

    corpus: Corpus
    readings: tuple[Reading, ...]
    asked: AskedReading
    build: Path

    @property
    def broken(self) -> tuple[Check, ...]:
        """The checks that did not hold."""
        return tuple(check for reading in self.readings for check in reading.checks if not check.holds)


def read_document(document: Document) -> Reading:
    """Programs, passages, facts and checks of one document; linear in its length.

    Where it is printed in two columns, each is read by itself.
    """
    halves = halves_of(document.lines)
    if halves is None:
        return _read(document)
    right = _moved(_read(replace(document, lines=halves.right)), halves)
    return _joined(document, _read(replace(document, lines=halves.left)), right)


def _read(document: Document) -> Reading:
    page = layout(document)
    found = split(page)
    facts, checks = reconcile(document.id, found, extract(page, found))
    return Reading(
        document, with_details(found.programs, facts, named_parts(page, found)), found.passages, facts, checks
    )


def _moved(right: Reading, halves: Halves) -> Reading:
    """The right column, its figures where its lines are printed."""
    facts = []
    for fact in right.facts:
        head, _, at = fact.fact_id.rpartition(":")
        facts.append(replace(fact, fact_id=f"{head}:{int(at) + halves.moved.get(fact.line_start, 0)}"))
    return replace(right, facts=tuple(facts))


def _joined(document: Document, left: Reading, right: Reading) -> Reading:
    """One reading of both columns; a passage of the right one may have the lines of one of the left."""
    known = {program.id for program in left.programs}
    taken = {passage.id for passage in left.passages}
    passages = [
        replace(one, id=passage_id(f"{document.id}:{one.program_id}", one.line_start, one.line_end))
        if one.id in taken
        else one
        for one in right.passages
    ]
    return Reading(
        document,
        (*left.programs, *(program for program in right.programs if program.id not in known)),
        (*left.passages, *passages),
        tuple(sorted((*left.facts, *right.facts), key=lambda fact: fact.line_start)),
        (*left.checks, *right.checks),
    )


def build(
    corpus_dir: Path,
    index_dir: Path,
    *,
    embedding_model: str = "",
    strict: bool = False,
    fit: bool = True,
    progress: Progress | None = None,
) -> Report:
    """Read a corpus and publish an index of it; the earlier index stays until the new one is whole.

    ``fit`` says whether the embedded default is fitted to the field and to the corpus' asked-as questions.

    Raises CorpusError for what cannot be read, BuildRefused when nothing was found, or, with ``strict``, when
    a document's arithmetic does not hold or a document is not the one its manifest states.
    """
    digest = state_of(corpus_dir)
    corpus = read_corpus(corpus_dir)
    if not corpus.documents:
        raise BuildRefused(f"{corpus_dir} holds no document.", hint="Put .md, .txt or .tsv files there.")
    readings = []
    for number, document in enumerate(corpus.documents):
        if progress:
            progress(document.id, number, len(corpus.documents))
        readings.append(read_document(document))
    if strict:
        _hold(corpus, readings)
    asked = read_asked(corpus_dir, (program for reading in readings for program in reading.programs))
    content = Content(
        documents=tuple(reading.document for reading in readings),
        programs=tuple(program for reading in readings for program in reading.programs),
        passages=tuple(passage for reading in readings for passage in reading.passages),
        facts=tuple(fact for reading in readings for fact in reading.facts),
        checks=tuple(check for reading in readings for check in reading.checks),
        asked=asked.asked,
    )
    path = publish(content, index_dir, embedding_model=embedding_model, corpus_hash=digest, fit=fit, progress=progress)
    return Report(corpus, tuple(readings), asked, path)


def state_of(corpus_dir: Path) -> str:
    """Digest of a corpus and of the rules that read it: an index of another state is stale."""
    digest = hashlib.sha256(corpus_hash(corpus_dir).encode())
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".toml", ".jsonl"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current(corpus_dir: Path, index_dir: Path, *, embedding_model: str = "") -> bool:
    """Whether the published index was built by this version, from these files, for this model."""
    manifest = current_manifest(index_dir)
    return (
        manifest is not None
        and manifest.schema == SCHEMA
        and manifest.corpus_hash == state_of(corpus_dir)
        and manifest.embedding_model == embedding_model
        and manifest.program_version == __version__
    )


def _hold(corpus: Corpus, readings: list[Reading]) -> None:
    broken = [check for reading in readings for check in reading.checks if not check.holds]
    problems = [f"{check.document} 行{check.line_start} {check.name}: {check.detail}" for check in broken]
    problems += corpus.notes
    if problems:
        raise BuildRefused(
            f"--strict: {len(problems)} checks do not hold, first {problems[0]}.",
            hint="Mend the document or drop --strict.",
        )
