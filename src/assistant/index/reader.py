"""A published build, checked and opened: what every question is answered from."""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from collections.abc import Callable, Hashable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import numpy as np

from ..embed import Embedder, Matrix, Reranker, WordVectors, make_embedder
from ..errors import IndexDamaged, IndexError_
from ..records import AskedAs, Check, Document, Fact, FactKind, Passage, Program
from ..tokens import fold, tokens
from .files import BUILD_AGAIN, check_sums, mark_used
from .late import LateIndex
from .lexical import LexicalIndex
from .manifest import BUILDS, MANIFEST, Manifest, build_names, check_dictionary, current_name, read_manifest
from .names import NamePieces
from .owners import Owners, Spoken
from .store import Store
from .texts import body_text
from .vectors import VectorIndex, stable_id

T = TypeVar("T")


class Index:
    """One build, open for reading.  Nothing in it changes, so many threads may share it."""

    def __init__(self, build: Path, manifest: Manifest, warning: str | None = None) -> None:
        """Opens a build whose checksums hold; :func:`load` is the way to get one."""
        self.path = build
        self.reranker: Reranker | None = None  # reads the first programs of a search again; set before it is asked
        self._release = weakref.finalize(self, os.close, mark_used(build / MANIFEST))  # nobody removes it meanwhile
        self.manifest = manifest
        self.warning = warning  # one line when an earlier build is served because the newest is damaged
        self._store = Store(build / "store.sqlite")
        self._bm25 = LexicalIndex(build / "bm25")
        self._passage_vectors = VectorIndex(build / "passages.faiss")
        self._program_vectors = VectorIndex(build / "programs.faiss")
        self._body_vectors = VectorIndex(build / "bodies.faiss")
        self._asked_bm25 = LexicalIndex(build / "asked_bm25")
        self._asked_vectors = VectorIndex(build / "asked.faiss")
        self._opening = threading.Lock()
        self._facts_of = lru_cache(maxsize=10_000)(self._read_facts)  # a question reads the same ones many times
        self._embedder: Embedder | None = None
        self.documents = {document.id: document for document in self._store.select(Document)}
        self.programs = {program.id: program for program in self._store.select(Program)}
        self.passages = {passage.id: passage for passage in self._store.select(Passage)}
        self._program_of = {stable_id(name): name for name in self.programs}
        self.place_of = {name: place for place, name in enumerate(self.programs)}  # of a program in arrays of them all
        self.asked = tuple(self._store.select(AskedAs))
        self._kept: dict[Hashable, Any] = {}
        self._late = LateIndex(build / "late") if (build / "late").is_dir() else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Closes the database; the index cannot be asked for facts afterwards."""
        self._store.close()
        self._release()

    @property
    def embedder(self) -> Embedder:
        """The embedder that made the vectors; a transformer model is loaded when it is first asked for."""
        with self._opening:
            if self._embedder is None:
                self._embedder = make_embedder(self.manifest.embedding_model, words=self.path / "words")
            return self._embedder

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The arithmetic that the documents offer, with what held and what did not."""
        return tuple(self._store.select(Check))

    def keep(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was worked out once of this index, kept while it is open; threads that come together may each make it.

        ``key`` says what it is: a function or a class, or a tuple that begins with one.
        """
        if key not in self._kept:
            self._kept.setdefault(key, make())
        return cast(T, self._kept[key])

    def passages_of(self, program_id: str) -> tuple[Passage, ...]:
        """The passages of one program, in the order of the document."""
        return self._passages_of.get(program_id, ())

    @cached_property
    def _passages_of(self) -> dict[str, tuple[Passage, ...]]:
        found: dict[str, list[Passage]] = {}
        for passage in self.passages.values():
            found.setdefault(passage.program_id, []).append(passage)
        return {program_id: tuple(passages) for program_id, passages in found.items()}

    def facts_of(self, program_id: str) -> tuple[Fact, ...]:
        """The facts of one program, in the order of the document."""
        return self._facts_of(program_id)

    def _read_facts(self, program_id: str) -> tuple[Fact, ...]:
        return tuple(self._store.select(Fact, program_id=program_id))

    def facts(
        self, document: str | None = None, program: str | None = None, kind: FactKind | str | None = None
    ) -> Iterator[Fact]:
        """The facts of a document, of a kind, of every program whose name or alias holds ``program``.

        Names are compared without regard to width, case and blanks.  None means any.
        """
        facts = self._store.select(Fact, document=document, kind=None if kind is None else str(kind))
        if program is None:
            return iter(facts)
        part = fold(program)
        named = {id_ for id_, names in self._names.items() if any(part in name for name in names)}
        return (fact for fact in facts if fact.program_id in named or part in fold(fact.program))

    def bm25(self, words: list[str], k: int) -> list[tuple[int, float]]:
        """At most ``k`` passages that hold any of the ``words`` (:func:`assistant.tokens.tokens`), best first."""
        return self._bm25.search(words, k)

    def rarity(self, words: list[str]) -> dict[str, float]:
        """How rare each word is among the passages: its inverse document frequency, at least 0."""
        return self._bm25.rarity(words)

    def dense_passages(self, vector: Matrix, k: int) -> list[tuple[int, float]]:
        """At most ``k`` passage ids with their cosine to ``vector`` (dimension,), best first."""
        return self._passage_vectors.search(vector, k)

    def dense_programs(self, vector: Matrix, k: int) -> list[tuple[str, float]]:
        """At most ``k`` program ids with the cosine of their names to ``vector`` (dimension,), best first."""
        return [(self._program_of[id_], score) for id_, score in self._program_vectors.search(vector, k)]

    def spoken_by(self, vector: Matrix, k: int) -> dict[str, Spoken]:
        """Whose names, bodies, passages and asked-as questions come nearest to ``vector``: at most ``k`` of each."""
        by_id = self._by_id
        return {
            "name": by_id.of(self._program_vectors.nearest(vector, k)),
            "body": by_id.of(self._body_vectors.nearest(vector, k)),
            "passage": self._by_passage.of(self._passage_vectors.nearest(vector, k)),
            "asked": self._by_asked.of(self._asked_vectors.nearest(vector, k)),
        }

    def said_by(self, words: list[str], k: int) -> dict[str, Spoken]:
        """Whose passages and asked-as questions hold any of the ``words``, best first: at most ``k`` of each."""
        return {
            "words": self._by_passage.of(self._bm25.nearest(words, k)),
            "asked_words": self._by_id.of(self._asked_bm25.nearest(words, k)),
        }

    @cached_property
    def _by_id(self) -> Owners:
        return Owners({id_: self.place_of[name] for id_, name in self._program_of.items()})

    @cached_property
    def _by_passage(self) -> Owners:
        return Owners({one.id: self.place_of[one.program_id] for one in self.passages.values()})

    @cached_property
    def _by_asked(self) -> Owners:
        return Owners({row: self.place_of[one.program_id] for row, one in enumerate(self.asked)})

    @cached_property
    def asked_of(self) -> dict[str, tuple[str, ...]]:
        """The asked-as questions of each program that has any."""
        found: dict[str, list[str]] = {}
        for one in self.asked:
            found.setdefault(one.program_id, []).append(one.question)
        return {program_id: tuple(questions) for program_id, questions in found.items()}

    def late(self, words: list[str]) -> Matrix:
        """(programs,) how well each one's words meet these, 0 to 1; all 0 with a model that has no word vectors."""
        embedder = self.embedder
        if self._late is None or not isinstance(embedder, WordVectors):
            return np.zeros(len(self.programs), np.float32)
        return self._late.scores(words, embedder)

    def kinds_of(self, program_id: str) -> frozenset[FactKind]:
        """The kinds of figures that a program states."""
        return self._kinds.get(program_id, frozenset())

    @cached_property
    def _kinds(self) -> dict[str, frozenset[FactKind]]:
        found: dict[str, set[FactKind]] = {}
        for fact in self._store.select(Fact):
            found.setdefault(fact.program_id, set()).add(fact.kind)
        return {program_id: frozenset(kinds) for program_id, kinds in found.items()}

    def read_of(self, program_id: str) -> str:
        """A program's names and what its document says of it, as printed: what a cross-encoder reads."""
        return body_text(self.programs[program_id], self.passages_of(program_id))

    def said_of(self, program_id: str) -> str:
        """All that a document says of a program, its names and sections, folded: what a term is looked for in."""
        return self._said.get(program_id, "")

    @cached_property
    def _said(self) -> dict[str, str]:
        return {
            program.id: fold("\n".join((body_text(program, self.passages_of(program.id)), *program.subprograms)))
            for program in self.programs.values()
        }

    def own_words_of(self, program_id: str) -> str:
        """What is a program's alone where a table tells of several: its name, its parts, its figures' cases; folded."""
        return self._own_words.get(program_id, "")

    @cached_property
    def _own_words(self) -> dict[str, str]:
        found = {one.id: [one.program, *one.subprograms] for one in self.programs.values()}
        for name, words in found.items():
            for fact in self.facts_of(name):
                words += [word for word in (fact.condition, fact.item) if word]
        return {name: fold("\n".join(words)) for name, words in found.items()}

    def name_words_of(self, program_id: str) -> frozenset[str]:
        """The words of a program's name and of its parts' names."""
        return self._name_words.get(program_id, frozenset())

    @cached_property
    def _name_words(self) -> dict[str, frozenset[str]]:
        return {one.id: frozenset(tokens(" ".join((one.program, *one.subprograms)))) for one in self.programs.values()}

    @cached_property
    def names(self) -> NamePieces:
        """The pieces of all programs' names."""
        return NamePieces({one.id: (one.program, *one.aliases) for one in self.programs.values()})

    def is_name(self, text: str) -> bool:
        """Whether a text is the name, an alias or a part of some program, or a document's title."""
        return fold(text) in self._known_names

    @cached_property
    def _known_names(self) -> frozenset[str]:
        parts = (fold(part) for program in self.programs.values() for part in program.subprograms)
        titles = (fold(document.title) for document in self.documents.values())
        return frozenset([*(name for names in self._names.values() for name in names), *parts, *titles])

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        programs = self.programs.values()
        return {program.id: tuple(map(fold, (program.program, *program.aliases))) for program in programs}


def load(index_dir: Path) -> Index:
    """Opens the build that is served, after comparing every checksum.

    When that build is damaged and an earlier one is intact, the earlier one is opened and ``warning`` says so.
    Raises IndexMissing when nothing was built, IndexDamaged when no build is intact, IndexError_ when the build is
    of another version of this program or of the dictionary.
    """
    name = None
    try:
        name = current_name(index_dir)
        return open_build(index_dir / BUILDS / name)
    except IndexDamaged as damage:
        if name is not None and current_name(index_dir) != name:
            return load(index_dir)  # a builder switched, and removed what was being opened
        earlier = [other for other in build_names(index_dir) if name is None or other < name]
        for other in earlier:
            index = _open_if_intact(index_dir / BUILDS / other, f"{damage.message} The earlier index is served.")
            if index is not None:
                return index
        raise


def open_build(build: Path, warning: str | None = None) -> Index:
    """Opens one build.  Raises IndexDamaged naming the file that does not hold, IndexError_ for another version."""
    manifest = read_manifest(build)
    check_dictionary(build, manifest)
    check_sums(build, manifest.files)
    try:
        return Index(build, manifest, warning)
    except (OSError, RuntimeError, ValueError, TypeError, KeyError, sqlite3.Error) as error:
        raise IndexDamaged(f"The index {build} cannot be opened.", hint=BUILD_AGAIN) from error


def _open_if_intact(build: Path, warning: str) -> Index | None:
    try:
        return open_build(build, f"{warning} {BUILD_AGAIN}")
    except IndexError_:
        return None
