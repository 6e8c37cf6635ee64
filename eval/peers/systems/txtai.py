"""txtai: paragraphs in an Embeddings index, searched by vectors, by words, or by both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.embed import Matrix
from assistant.records import Document

from ..spans import Chunk, text_of
from .base import Built, Setup, package, versions


class Txtai:
    """Segmentation(paragraphs=True) → Embeddings(…).index → search."""

    def __init__(self, setup: Setup, **settings: bool) -> None:
        embedder = setup.embedder

        def transform(texts: list[str]) -> Matrix:  # txtai wants a plain function, for texts and questions alike
            return embedder.encode_document(texts)

        vectors = {} if settings.get("keyword") else {"transform": transform}
        self._embeddings = package("txtai").Embeddings(**vectors, **settings)
        self._segments = package("txtai.pipeline").Segmentation(paragraphs=True)
        told = ", ".join([*(f"transform={embedder.name}" for _ in vectors), *(f"{name}=True" for name in settings)])
        self.about = f"{versions('txtai')}: Segmentation(paragraphs=True) → Embeddings({told})"

    def build(self, documents: Sequence[Document]) -> Built:
        """Cuts the documents into paragraphs and indexes them."""
        cut = [(document, self._segments(text_of(document))) for document in documents]
        chunks = [chunk for document, segments in cut for chunk in located(document, segments)]
        self._embeddings.index([segment for _, segments in cut for segment in segments])

        def search(question: str, k: int) -> list[Chunk]:
            found: Any = self._embeddings.search(question, k)
            return [chunks[number] for number, _ in found]

        return Built(search, len(chunks))


def dense(setup: Setup) -> Txtai:
    """Vectors, the default."""
    return Txtai(setup)


def keyword(setup: Setup) -> Txtai:
    """Words alone."""
    return Txtai(setup, keyword=True)


def hybrid(setup: Setup) -> Txtai:
    """Vectors and words."""
    return Txtai(setup, hybrid=True)


def located(document: Document, segments: Sequence[str]) -> Iterator[Chunk]:
    """Where each segment stands, in order; txtai makes runs of blanks one, which the search undoes.

    Raises ValueError for a segment that does not stand in the document after the one before.
    """
    text, at = text_of(document), 0
    for segment in segments:
        found = re.compile(" +".join(map(re.escape, segment.split(" ")))).search(text, at)
        if found is None:
            raise ValueError(f"{document.id} does not hold the segment {segment[:30]!r}")
        at = found.end()
        yield Chunk(document.id, found.start(), at)
