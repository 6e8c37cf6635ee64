"""Each library's module, with a fake in the library's place: what it is given, and what comes back as spans."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from invented import document
from langchain_core.documents import Document as Piece

from eval.peers import one
from eval.peers.registry import SYSTEMS
from eval.peers.spans import Chunk, text_of
from eval.peers.systems import haystack, langchain, llamaindex, txtai
from eval.peers.systems.base import Built, Setup

PIER = document("桟橋改修補助金\n補助率：  2/3以内\n\n灯台めぐり支援事業 900\n")
TEXT = text_of(PIER)
AT = TEXT.index("灯台")


class Embedder:
    """Two numbers a text, and what was asked of it."""

    name, dimension = "two", 2

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def encode_query(self, texts: list[str]) -> Any:
        self.asked += [("query", text) for text in texts]
        return np.ones((len(texts), 2), np.float32)

    def encode_document(self, texts: list[str]) -> Any:
        self.asked += [("document", text) for text in texts]
        return np.zeros((len(texts), 2), np.float32)


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    return Setup(Embedder(), tmp_path, tmp_path, dt.date(2026, 4, 1))


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Callable[[ModuleType, dict[str, Any]], None]:
    """Puts fakes in the place of a module's packages."""

    def put(module: ModuleType, packages: dict[str, Any]) -> None:
        monkeypatch.setattr(module, "package", packages.__getitem__)
        monkeypatch.setattr(module, "versions", lambda *names: " ".join(names))

    return put


def asked(built: Built, k: int = 3) -> list[Chunk]:
    return built.search("補助率は?", k)


@dataclass
class HalvesSplitter:
    """LangChain's splitter: two pieces, with the index at which each starts."""

    add_start_index: bool
    chunk_size: int = 4000
    chunk_overlap: int = 200

    def split_documents(self, pieces: list[Piece]) -> list[Piece]:
        return [
            Piece(page_content=piece.page_content[start:end], metadata={**piece.metadata, "start_index": start})
            for piece in pieces
            for start, end in ((0, 5), (AT, len(piece.page_content)))
        ]


class FakeFaiss:
    def __init__(self, pieces: list[Piece], embeddings: Any) -> None:
        self.pieces, self.embeddings = pieces, embeddings
        embeddings.embed_documents([piece.page_content for piece in pieces])

    from_documents = classmethod(lambda cls, pieces, embeddings: cls(pieces, embeddings))

    def similarity_search(self, question: str, k: int) -> list[Piece]:
        assert self.embeddings.embed_query(question) == [1.0, 1.0]
        return self.pieces[::-1][:k]


@dataclass
class FakeBm25:
    docs: list[Piece]
    preprocess_func: Callable[[str], list[str]] = str.split
    k: int = 4

    from_documents = classmethod(lambda cls, docs, **more: cls(docs, **more))

    def invoke(self, question: str) -> list[Piece]:
        return self.docs[: self.k] if self.preprocess_func(question) else []


LANGCHAIN = {
    "langchain_text_splitters": SimpleNamespace(RecursiveCharacterTextSplitter=HalvesSplitter),
    "langchain_community.vectorstores": SimpleNamespace(FAISS=FakeFaiss),
    "langchain_community.retrievers": SimpleNamespace(BM25Retriever=FakeBm25),
    "rank_bm25": None,
}
HALVES = [Chunk("made-up", 0, 5), Chunk("made-up", AT, len(TEXT))]


def test_langchain_splits_embeds_and_searches(setup: Setup, library: Callable[..., None]) -> None:
    library(langchain, LANGCHAIN)
    peer = langchain.defaults(setup)
    built = peer.build([PIER])
    assert (built.chunks, asked(built), asked(built, 1)) == (2, HALVES[::-1], HALVES[1:])
    assert setup.embedder.asked[:3] == [  # type: ignore[attr-defined]
        ("document", TEXT[:5]), ("document", TEXT[AT:]), ("query", "補助率は?"),
    ]  # fmt: skip
    assert "RecursiveCharacterTextSplitter(its defaults)" in peer.about
    assert "chunk_size=1000, chunk_overlap=200" in langchain.tutorial(setup).about


def test_langchain_by_words(setup: Setup, library: Callable[..., None]) -> None:
    library(langchain, LANGCHAIN)
    for peer in (langchain.blanks(setup), langchain.sudachi(setup)):
        built = peer.build([PIER])
        assert (asked(built), asked(built, 1)) == (HALVES, HALVES[:1])
    assert langchain.sudachi(setup).about.endswith("words by Sudachi")


@dataclass
class Node:
    ref_doc_id: str
    start_char_idx: int
    end_char_idx: int


class FakeIndex:
    def __init__(self, nodes: list[Node], embed_model: Any) -> None:
        self.nodes, self.model = nodes, embed_model
        assert embed_model._get_text_embedding("文") == [0.0, 0.0]

    def as_retriever(self, similarity_top_k: int) -> Any:
        return SimpleNamespace(retrieve=lambda question: self.found(question)[:similarity_top_k])

    def found(self, question: str) -> list[Any]:
        assert self.model._get_query_embedding(question) == [1.0, 1.0]
        return [SimpleNamespace(node=node) for node in self.nodes]


@dataclass
class FakeSentences:
    chunk_size: int = 1024
    chunk_overlap: int = 200

    def get_nodes_from_documents(self, documents: list[Any]) -> list[Node]:
        return [Node(one.doc_id, *span) for one in documents for span in ((0, 5), (AT, len(one.text)))]


def test_llamaindex_splits_embeds_and_searches(setup: Setup, library: Callable[..., None]) -> None:
    core = SimpleNamespace(Document=lambda text, doc_id: SimpleNamespace(text=text, doc_id=doc_id))
    core.VectorStoreIndex = FakeIndex
    base = type("BaseEmbedding", (), {"__init__": lambda self, model_name: None})
    packages = {
        "llama_index.core": core,
        "llama_index.core.node_parser": SimpleNamespace(SentenceSplitter=FakeSentences),
        "llama_index.core.embeddings": SimpleNamespace(BaseEmbedding=base),
    }
    library(llamaindex, packages)
    peer = llamaindex.LlamaIndex(setup)
    built = peer.build([PIER])
    assert (built.chunks, asked(built), asked(built, 1)) == (2, HALVES, HALVES[:1])
    assert "SentenceSplitter(), 1024 tokens and 200 over" in peer.about


@dataclass(frozen=True)
class HayDocument:
    content: str
    meta: dict[str, Any]
    embedding: list[float] | None = None


@dataclass
class HaySplitter:
    split_by: str = "word"
    split_length: int = 200

    def run(self, documents: list[HayDocument]) -> dict[str, list[HayDocument]]:
        spans = ((0, 5), (AT, len(TEXT)))
        made = [
            HayDocument(one.content[start:end], {**one.meta, "split_idx_start": start})
            for one in documents
            for start, end in spans
        ]
        return {"documents": made}


@dataclass
class HayStore:
    documents: list[HayDocument] = field(default_factory=list)

    def write_documents(self, documents: list[HayDocument]) -> None:
        self.documents += documents


@dataclass
class HayVectors:
    document_store: HayStore

    def run(self, query_embedding: list[float], top_k: int) -> dict[str, list[HayDocument]]:
        assert query_embedding == [1.0, 1.0]
        return {"documents": [one for one in self.document_store.documents if one.embedding][:top_k]}


@dataclass
class HayWords:
    document_store: HayStore

    def run(self, query: str, top_k: int) -> dict[str, list[HayDocument]]:
        return {"documents": [one for one in self.document_store.documents if query and not one.embedding][:top_k]}


def test_haystack_by_vectors_and_by_words(setup: Setup, library: Callable[..., None]) -> None:
    retrievers = SimpleNamespace(InMemoryEmbeddingRetriever=HayVectors, InMemoryBM25Retriever=HayWords)
    packages = {
        "haystack": SimpleNamespace(Document=HayDocument),
        "haystack.components.preprocessors": SimpleNamespace(DocumentSplitter=HaySplitter),
        "haystack.document_stores.in_memory": SimpleNamespace(InMemoryDocumentStore=HayStore),
        "haystack.components.retrievers.in_memory": retrievers,
    }
    library(haystack, packages)
    for make in (haystack.vectors, haystack.words):
        built = make(setup).build([PIER])
        assert (built.chunks, asked(built), asked(built, 1)) == (2, HALVES, HALVES[:1])
    assert haystack.words(setup).about.endswith("InMemoryBM25Retriever")
    assert haystack.vectors(setup).about.endswith("InMemoryEmbeddingRetriever, two")


class FakeEmbeddings:
    def __init__(self, **settings: Any) -> None:
        self.settings = settings

    def index(self, segments: list[str]) -> None:
        self.segments = segments

    def search(self, question: str, limit: int) -> list[tuple[int, float]]:
        return [(number, 1.0) for number in reversed(range(len(self.segments)))][:limit]


def test_txtai_cuts_paragraphs_and_searches(setup: Setup, library: Callable[..., None]) -> None:
    made: list[FakeEmbeddings] = []

    def embeddings(**settings: Any) -> FakeEmbeddings:
        made.append(FakeEmbeddings(**settings))
        return made[-1]

    def segmentation(paragraphs: bool) -> Callable[[str], list[str]]:
        return lambda text: ["桟橋改修補助金\n補助率： 2/3以内", "灯台めぐり支援事業 900"]

    packages = {"txtai": SimpleNamespace(Embeddings=embeddings)}
    library(txtai, {**packages, "txtai.pipeline": SimpleNamespace(Segmentation=segmentation)})
    for make in (txtai.dense, txtai.keyword, txtai.hybrid):
        built = make(setup).build([PIER])
        first, second = asked(built)
        assert TEXT[second.start : second.end] == "桟橋改修補助金\n補助率：  2/3以内"
        assert TEXT[first.start : first.end] == "灯台めぐり支援事業 900"
    assert [sorted(one.settings) for one in made] == [["transform"], ["keyword"], ["hybrid", "transform"]]
    assert made[0].settings["transform"](["文"]).shape == (1, 2)
    assert txtai.hybrid(setup).about.endswith("Embeddings(transform=two, hybrid=True)")


def test_a_segment_that_does_not_stand_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="made-up does not hold the segment"):
        list(txtai.located(PIER, ["灯台", "桟橋"]))


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=lambda system: system.name)
def test_every_system_can_be_found_without_its_packages(system: Any) -> None:
    assert callable(system.load())
    assert bool(system.needs) == bool(system.extra)


class Noisy:
    """A system that prints, and returns the same page for everything."""

    about = "noisy"

    def build(self, documents: Any) -> Built:
        print("building")
        return Built(lambda question, k: [Chunk("pier", 0, 30)] * min(k, 4), 1)


def test_one_system_tells_one_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pier.md").write_text(TEXT, encoding="utf-8")
    system = SimpleNamespace(name="haystack", missing=list, load=lambda: lambda setup: Noisy())
    monkeypatch.setitem(SYSTEMS, "haystack", system)  # type: ignore[arg-type]
    monkeypatch.setattr(one, "stay_home", lambda refused: refused("example.org"))
    monkeypatch.setattr(one, "switch_off", lambda: None)
    monkeypatch.setattr(one, "make_embedder", lambda model, words: Embedder())
    monkeypatch.setattr(sys, "stdin", StringIO('[["q", "補助率は?"]]'))
    assert one.main(["haystack", "--corpus", str(tmp_path), "--words", "w", "--budget", "70"]) == 0
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert printed.err == "building\n"
    assert told["first"] == {"q": [["pier", 0, 30]] * 4}
    assert told["filled"] == {"q": [["pier", 0, 30], ["pier", 0, 30], ["pier", 0, 10]]}
    assert (told["about"], told["chunks"], told["refused"], len(told["query_seconds"])) == (
        "noisy",
        1,
        ["example.org"],
        1,
    )
