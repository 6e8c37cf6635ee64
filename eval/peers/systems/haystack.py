"""Haystack: DocumentSplitter and InMemoryDocumentStore, searched by vectors or by words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from assistant.records import Document

from ..spans import Chunk, text_of
from .base import Built, Setup, package, versions


class Haystack:
    """Document → DocumentSplitter → InMemoryDocumentStore → one of its two retrievers."""

    def __init__(self, setup: Setup, retriever: str) -> None:
        self._embedder = setup.embedder if retriever == "InMemoryEmbeddingRetriever" else None
        self._document = package("haystack").Document
        self._splitter = package("haystack.components.preprocessors").DocumentSplitter()
        self._store = package("haystack.document_stores.in_memory").InMemoryDocumentStore
        self._retriever = getattr(package("haystack.components.retrievers.in_memory"), retriever)
        cut = f"DocumentSplitter(), by {self._splitter.split_by}, {self._splitter.split_length} of them"
        vectors = f", {self._embedder.name}" if self._embedder else ""
        self.about = f"{versions('haystack-ai')}: {cut} → InMemoryDocumentStore, {retriever}{vectors}"

    def build(self, documents: Sequence[Document]) -> Built:
        """Splits the documents and writes the pieces into the store, with their vectors if these are searched."""
        texts = [self._document(content=text_of(one), meta={"document": one.id}) for one in documents]
        pieces = self._splitter.run(documents=texts)["documents"]
        store = self._store()
        store.write_documents(self._embedded(pieces))
        retriever = self._retriever(document_store=store)

        def search(question: str, k: int) -> list[Chunk]:
            return _chunks(retriever.run(**self._asked(question), top_k=k)["documents"])

        return Built(search, len(pieces))

    def _embedded(self, pieces: list[Any]) -> list[Any]:
        if self._embedder is None:
            return pieces
        rows = self._embedder.encode_document([piece.content for piece in pieces]).tolist()
        return [replace(piece, embedding=row) for piece, row in zip(pieces, rows, strict=True)]

    def _asked(self, question: str) -> dict[str, Any]:
        if self._embedder is None:
            return {"query": question}
        return {"query_embedding": self._embedder.encode_query([question])[0].tolist()}


def vectors(setup: Setup) -> Haystack:
    """Searched by vectors."""
    return Haystack(setup, "InMemoryEmbeddingRetriever")


def words(setup: Setup) -> Haystack:
    """Searched by words."""
    return Haystack(setup, "InMemoryBM25Retriever")


def _chunks(pieces: Iterable[Any]) -> list[Chunk]:
    return [_chunk(piece.meta["document"], piece.meta["split_idx_start"], piece.content) for piece in pieces]


def _chunk(document: str, start: int, text: str) -> Chunk:
    return Chunk(document, start, start + len(text))
