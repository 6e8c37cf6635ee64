"""LangChain: its recursive splitter with FAISS, and its BM25 retriever.

Both wrappers stand in langchain-community, which gets no further releases; no package of their own has replaced them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.documents import Document as Piece
from langchain_core.embeddings import Embeddings

from assistant.embed import Embedder
from assistant.records import Document
from assistant.tokens import tokens

from ..spans import Chunk, text_of
from .base import Built, Setup, package, versions

TUTORIAL = {"chunk_size": 1000, "chunk_overlap": 200}  # as LangChain's tutorials on retrieval set it


class SharedEmbeddings(Embeddings):
    """The shared embedder in LangChain's terms."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text."""
        rows: list[list[float]] = self._embedder.encode_document(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        row: list[float] = self._embedder.encode_query([text])[0].tolist()
        return row


class Faiss:
    """RecursiveCharacterTextSplitter → FAISS.from_documents → similarity_search."""

    def __init__(self, setup: Setup, sizes: dict[str, int] | None = None) -> None:
        self._splitter = _splitter(sizes)
        self._embeddings = SharedEmbeddings(setup.embedder)
        self._store = package("langchain_community.vectorstores").FAISS
        self.about = f"{_told(sizes, 'faiss-cpu')} → FAISS.from_documents, {setup.embedder.name}"

    def build(self, documents: Sequence[Document]) -> Built:
        """Splits, embeds and indexes the documents."""
        pieces = _split(self._splitter, documents)
        store = self._store.from_documents(pieces, self._embeddings)
        return Built(lambda question, k: _chunks(store.similarity_search(question, k=k)), len(pieces))


class Bm25:
    """RecursiveCharacterTextSplitter → BM25Retriever; without ``words`` it splits at blanks, as it comes."""

    def __init__(self, sizes: dict[str, int], words: Callable[[str], list[str]] | None = None) -> None:
        self._splitter = _splitter(sizes)
        self._words: dict[str, Any] = {} if words is None else {"preprocess_func": words}
        self._retriever = package("langchain_community.retrievers").BM25Retriever
        package("rank_bm25")
        cut = "words as they come (blanks)" if words is None else "words by Sudachi"
        self.about = f"{_told(sizes, 'rank-bm25')} → BM25Retriever, {cut}"

    def build(self, documents: Sequence[Document]) -> Built:
        """Splits the documents and counts their words."""
        pieces = _split(self._splitter, documents)
        retriever = self._retriever.from_documents(pieces, **self._words)

        def search(question: str, k: int) -> list[Chunk]:
            retriever.k = k
            return _chunks(retriever.invoke(question))

        return Built(search, len(pieces))


def defaults(setup: Setup) -> Faiss:
    """The splitter's own defaults."""
    return Faiss(setup)


def tutorial(setup: Setup) -> Faiss:
    """The sizes of LangChain's tutorials."""
    return Faiss(setup, TUTORIAL)


def blanks(setup: Setup) -> Bm25:
    """BM25 as it comes."""
    return Bm25(TUTORIAL)


def sudachi(setup: Setup) -> Bm25:
    """BM25 with the assistant's tokens."""
    return Bm25(TUTORIAL, tokens)


def _splitter(sizes: dict[str, int] | None) -> Any:
    return package("langchain_text_splitters").RecursiveCharacterTextSplitter(add_start_index=True, **(sizes or {}))


def _told(sizes: dict[str, int] | None, *more: str) -> str:
    cut = ", ".join(f"{name}={size}" for name, size in (sizes or {}).items()) or "its defaults"
    return (
        f"{versions('langchain-community', 'langchain-text-splitters', *more)}: RecursiveCharacterTextSplitter({cut})"
    )


def _split(splitter: Any, documents: Sequence[Document]) -> list[Piece]:
    pieces = [Piece(page_content=text_of(document), metadata={"document": document.id}) for document in documents]
    found: list[Piece] = splitter.split_documents(pieces)
    return found


def _chunks(pieces: Sequence[Piece]) -> list[Chunk]:
    return [_chunk(piece.metadata["document"], piece.metadata["start_index"], piece.page_content) for piece in pieces]


def _chunk(document: str, start: int, text: str) -> Chunk:
    return Chunk(document, start, start + len(text))
