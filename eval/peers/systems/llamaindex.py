"""LlamaIndex: SentenceSplitter and VectorStoreIndex in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.embed import Embedder
from assistant.records import Document

from ..spans import Chunk, text_of
from .base import Built, Setup, package, versions


class LlamaIndex:
    """Document → SentenceSplitter → VectorStoreIndex → as_retriever."""

    def __init__(self, setup: Setup) -> None:
        core = package("llama_index.core")
        self._document, self._index = core.Document, core.VectorStoreIndex
        self._splitter = package("llama_index.core.node_parser").SentenceSplitter()
        self._embedding = shared_embedding(setup.embedder)
        cut = f"SentenceSplitter(), {self._splitter.chunk_size} tokens and {self._splitter.chunk_overlap} over"
        self.about = f"{versions('llama-index-core')}: {cut} → VectorStoreIndex, {setup.embedder.name}"

    def build(self, documents: Sequence[Document]) -> Built:
        """Splits, embeds and indexes the documents."""
        texts = [self._document(text=text_of(document), doc_id=document.id) for document in documents]
        nodes = self._splitter.get_nodes_from_documents(texts)
        index = self._index(nodes, embed_model=self._embedding)

        def search(question: str, k: int) -> list[Chunk]:
            return [_chunk(found.node) for found in index.as_retriever(similarity_top_k=k).retrieve(question)]

        return Built(search, len(nodes))


def shared_embedding(embedder: Embedder) -> Any:
    """The shared embedder as a LlamaIndex BaseEmbedding, whose three methods are asked for vectors as lists."""

    def of_text(self: Any, text: str) -> list[float]:
        row: list[float] = embedder.encode_document([text])[0].tolist()
        return row

    def of_query(self: Any, query: str) -> list[float]:
        row: list[float] = embedder.encode_query([query])[0].tolist()
        return row

    async def of_query_later(self: Any, query: str) -> list[float]:
        return of_query(self, query)

    base = package("llama_index.core.embeddings").BaseEmbedding
    methods = {
        "__module__": __name__,
        "_get_text_embedding": of_text,
        "_get_query_embedding": of_query,
        "_aget_query_embedding": of_query_later,
    }
    return type("SharedEmbedding", (base,), methods)(model_name=embedder.name)


def _chunk(node: Any) -> Chunk:
    return Chunk(node.ref_doc_id, node.start_char_idx, node.end_char_idx)
