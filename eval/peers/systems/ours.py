"""The assistant's own retriever: passages of the programs that a question is about."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import __version__
from assistant.chain import Assistant
from assistant.index import Index
from assistant.ingest import build
from assistant.records import Document

from ..spans import Chunk, line_starts
from .base import Built, Setup


class Ours:
    """Builds an index of the corpus, fact table included, and asks its retriever."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self.about = f"assistant {__version__}: assistant build, then Assistant.open(index).retriever()"

    def build(self, documents: Sequence[Document]) -> Built:
        """Reads the corpus folder itself, since documents, programs and facts are one build."""
        folder = self._setup.scratch / "index"
        build(self._setup.corpus, folder)
        assistant = Assistant.open(folder, today=lambda: self._setup.today)
        retriever = assistant.retriever()
        lines = _lines(assistant.index)

        def search(question: str, k: int) -> list[Chunk]:
            found = retriever.invoke(question, k=k)
            return [_chunk(lines, **{key: one.metadata[key] for key in _KEYS}) for one in found]

        return Built(search, len(assistant.index.passages))


_KEYS = ("document", "line_start", "line_end")
_Lines = dict[str, list[tuple[int, int]]]  # by document, the characters of each line


def _lines(index: Index) -> _Lines:
    """Where each line of each document starts and ends."""
    return {
        name: [(start, start + len(line)) for start, line in zip(line_starts(one), one.lines, strict=True)]
        for name, one in index.documents.items()
    }


def _chunk(lines: _Lines, document: str, line_start: int, line_end: int) -> Chunk:
    return Chunk(document, lines[document][line_start - 1][0], lines[document][line_end - 1][1])
