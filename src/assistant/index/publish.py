"""Write a whole build, prove that it answers, then switch to it; a crash anywhere leaves the earlier one served."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from .. import __version__
from ..embed import Embedder, WordVectors, build_words, fit, make_embedder, refit_words
from ..errors import BuildRefused, IndexError_
from ..records import AskedAs, Check, Document, Fact, Passage, Program
from ..tokens import dictionary_version, tokens
from .files import folder_sums, is_used, one_at_a_time, replace_text, sync, sync_tree, temporary_folder
from .late import write_late
from .lexical import write_lexical
from .manifest import BUILDS, CURRENT, MANIFEST, SCHEMA, Manifest, build_hash, build_names, current_name
from .reader import open_build
from .store import write_store
from .texts import body_text, lessons, passage_text, program_text
from .vectors import stable_id, write_vectors

Progress = Callable[[str, int, int], None]
STAGES = (
    "store", "words", "fitting", "bm25", "asked words", "passages", "programs", "bodies", "asked", "late", "manifest",
    "verify", "switch", "clean",
)  # fmt: skip
_TEMPORARY = ".tmp-"
_BATCH = 256
_SAMPLES = 5
_LIBRARIES = ("bm25s", "faiss-cpu", "numpy", "sudachipy")


@dataclass(frozen=True)
class Content:
    """Everything that a build holds."""

    documents: tuple[Document, ...]
    programs: tuple[Program, ...]
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]
    asked: tuple[AskedAs, ...] = ()


def publish(
    content: Content,
    index_dir: Path,
    *,
    embedding_model: str = "",
    corpus_hash: str,
    fit: bool = False,
    progress: Progress | None = None,
) -> Path:
    """Publishes ``content`` as a new build of ``index_dir`` and returns the build's folder.

    ``fit`` says whether the embedded default learns from the asked-as questions and the situations of the field.

    ``progress`` is called with a stage of ``STAGES``, and how much of it is done of how much.  The earlier build
    stays, older ones go.  A second builder waits for the first.  Raises BuildRefused for content that cannot be
    served, SettingsError for a model that cannot be loaded, IndexError_ for a folder that cannot be written.
    """
    _refuse_unusable(content)
    try:
        (index_dir / BUILDS).mkdir(parents=True, exist_ok=True)
        with one_at_a_time(index_dir / ".lock"):
            _remove_leftovers(index_dir)
            with temporary_folder(index_dir / BUILDS, _TEMPORARY) as folder:
                writer = _Writer(content, folder, embedding_model, fit, progress or _silent)
                build = writer.write(corpus_hash)
            writer.progress("switch", 0, 1)
            earlier = _served(index_dir)
            replace_text(index_dir / CURRENT, build.name + "\n")
            writer.progress("switch", 1, 1)
            _remove_builds(index_dir, keep={build.name, earlier})
            writer.progress("clean", 1, 1)
            return build
    except OSError as error:
        raise IndexError_(
            f"The index folder {index_dir} cannot be written: {error.strerror or error}.",
            hint="Give the folder room and permission, or set ASSISTANT_INDEX to another one.",
        ) from error


class _Writer:
    """One build, written part by part into a temporary folder."""

    def __init__(self, content: Content, folder: Path, embedding_model: str, fitted: bool, progress: Progress) -> None:
        self.content = content
        self.folder = folder
        self.embedding_model = embedding_model
        self.fitted = fitted and not embedding_model
        self.progress = progress
        self.names = {program.id: program_text(program) for program in content.programs}
        own: dict[str, list[Passage]] = {program.id: [] for program in content.programs}
        for passage in content.passages:
            own.setdefault(passage.program_id, []).append(passage)
        self.bodies = {program.id: body_text(program, own[program.id]) for program in content.programs}
        self.asked = {program.id: [] for program in content.programs}  # type: dict[str, list[str]]
        for one in content.asked:
            self.asked[one.program_id].append(one.question)

    def write(self, corpus_hash: str) -> Path:
        """The finished build's folder, on the disk under its own name and proved to answer."""
        self._write_store()
        texts = [passage_text(passage, self.names.get(passage.program_id, "")) for passage in self.content.passages]
        words = [tokens(text) for text in texts]
        embedder = self._embedder(words)
        self._step("bm25", lambda: write_lexical(self.folder / "bm25", self._passage_ids(), words))
        self._write_asked(embedder)
        ids = [stable_id(name) for name in self.names]
        self._write_vectors("passages", embedder, self._passage_ids(), texts)
        self._write_vectors("programs", embedder, ids, list(self.names.values()))
        self._write_vectors("bodies", embedder, ids, list(self.bodies.values()))
        if isinstance(embedder, WordVectors):
            self._step("late", lambda: self._write_late(embedder))
        build = self._seal(embedder, corpus_hash)
        try:
            self._step("verify", lambda: _prove(build, self.content.passages, texts, words))
        except BaseException:
            shutil.rmtree(build, ignore_errors=True)
            raise
        return build

    def _step(self, stage: str, work: Callable[[], object]) -> None:
        self.progress(stage, 0, 1)
        work()
        self.progress(stage, 1, 1)

    def _write_store(self) -> None:
        content = self.content
        records: dict[type, Sequence[object]] = {
            Document: content.documents,
            Program: content.programs,
            Passage: content.passages,
            Fact: content.facts,
            Check: content.checks,
            AskedAs: content.asked,
        }
        self._step("store", lambda: write_store(self.folder / "store.sqlite", records))

    def _embedder(self, words: list[list[str]]) -> Embedder:
        folder = self.folder / "words"
        if not self.embedding_model:
            self._step("words", lambda: build_words(folder, words))
        if self.fitted:
            self._step("fitting", lambda: self._fit(folder))
        return make_embedder(self.embedding_model, words=folder)

    def _fit(self, folder: Path) -> None:
        table = WordVectors(folder)
        examples, targets = lessons(self.content.programs, self.bodies, self.content.asked)
        refit_words(folder, fit(examples, targets, table.vectors_of, table.weights_of))

    def _write_asked(self, embedder: Embedder) -> None:
        """The questions of each program as one text of words, and each as a vector under its place in the store."""
        words = [tokens("\n".join(self.asked[name])) for name in self.names]
        ids = [stable_id(name) for name in self.names]
        self._step("asked words", lambda: write_lexical(self.folder / "asked_bm25", ids, words))
        questions = [one.question for one in self.content.asked]
        self._write_vectors("asked", embedder, list(range(len(questions))), questions)

    def _write_late(self, embedder: WordVectors) -> None:
        texts = ["\n".join((self.bodies[name], *self.asked[name])) for name in self.names]
        write_late(self.folder / "late", [tokens(text) for text in texts], embedder)

    def _passage_ids(self) -> list[int]:
        return [passage.id for passage in self.content.passages]

    def _write_vectors(self, stage: str, embedder: Embedder, ids: list[int], texts: list[str]) -> None:
        rows = np.zeros((len(texts), embedder.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            self.progress(stage, start, len(texts))
            rows[start : start + _BATCH] = embedder.encode_document(texts[start : start + _BATCH])
        write_vectors(self.folder / f"{stage}.faiss", ids, rows)
        self.progress(stage, len(texts), len(texts))

    def _seal(self, embedder: Embedder, corpus_hash: str) -> Path:
        """Writes the manifest, puts everything on the disk and gives the folder the build's name."""
        self.progress("manifest", 0, 1)
        now = dt.datetime.now(dt.UTC)
        content = self._manifest(embedder, corpus_hash, now).to_bytes()
        (self.folder / MANIFEST).write_bytes(content)
        sync_tree(self.folder)
        build = self.folder.with_name(f"{now:%Y%m%dT%H%M%S%f}Z-{build_hash(content)}")
        self.folder.rename(build)
        sync(build.parent)
        self.progress("manifest", 1, 1)
        return build

    def _manifest(self, embedder: Embedder, corpus_hash: str, now: dt.datetime) -> Manifest:
        counts = {name: len(records) for name, records in vars(self.content).items()}
        return Manifest(
            schema=SCHEMA,
            created=now.isoformat(timespec="seconds"),
            program_version=__version__,
            corpus_hash=corpus_hash,
            embedding_model=self.embedding_model,
            embedder=embedder.name,
            dimension=embedder.dimension,
            dictionary=dictionary_version(),
            versions={library: version(library) for library in _LIBRARIES},
            counts=counts,
            files=folder_sums(self.folder),
        )


def _prove(build: Path, passages: Sequence[Passage], texts: list[str], words: list[list[str]]) -> None:
    """Raises BuildRefused unless the build loads and finds a few of its own passages by their own text."""
    with open_build(build) as index:
        for place in sorted({len(texts) * part // _SAMPLES for part in range(_SAMPLES)}):
            vector = index.embedder.encode_document([texts[place]])
            near = index.dense_passages(vector, 1)
            by_word = dict(index.bm25(words[place], len(passages)))
            found = (not vector.any() or near[0][1] > 0.99) and (not words[place] or passages[place].id in by_word)
            if not found:
                raise BuildRefused(
                    f"The new index does not find the passage at line {passages[place].line_start} of "
                    f"{passages[place].document}, so the earlier index stays.",
                    hint="Check the embedding model and free memory, then run 「assistant build」 again.",
                )


def _refuse_unusable(content: Content) -> None:
    if not content.passages or not content.programs:
        raise BuildRefused(
            "There is nothing to index: no program was found in the documents.",
            hint="Put documents into the corpus folder (ASSISTANT_CORPUS), then run 「assistant build」.",
        )
    _refuse_repeated("document", (document.id for document in content.documents))
    _refuse_repeated("program", (program.id for program in content.programs))
    _refuse_repeated("passage", (str(passage.id) for passage in content.passages))
    _refuse_repeated("fact", (fact.fact_id for fact in content.facts))


def _refuse_repeated(kind: str, ids: Iterable[str]) -> None:
    repeated = [id_ for id_, count in Counter(ids).items() if count > 1]
    if repeated:
        raise BuildRefused(
            f"Two entries have one {kind} id, {repeated[0]}, so the earlier index stays.",
            hint="Remove the document that stands in the corpus twice, then run 「assistant build」.",
        )


def _served(index_dir: Path) -> str:
    try:
        return current_name(index_dir)
    except IndexError_:
        return ""


def _remove_leftovers(index_dir: Path) -> None:
    """What a crashed builder left behind; nobody else builds while the lock is held."""
    for folder in (index_dir / BUILDS).glob(f"{_TEMPORARY}*"):
        shutil.rmtree(folder, ignore_errors=True)
    for draft in index_dir.glob(f"{CURRENT}.*"):
        draft.unlink(missing_ok=True)


def _remove_builds(index_dir: Path, keep: set[str]) -> None:
    """Removes the other builds, save those that a running server still reads; a later builder removes these."""
    for name in build_names(index_dir):
        build = index_dir / BUILDS / name
        if name not in keep and not is_used(build / MANIFEST):
            shutil.rmtree(build, ignore_errors=True)


def _silent(stage: str, done: int, total: int) -> None:
    pass
