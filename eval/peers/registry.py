"""Every system by name: where it stands, which packages it needs, and how they are installed."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec

from .systems.base import Peer, Setup

OURS = "ours"
MODEL = "langchain-model"


@dataclass(frozen=True, slots=True)
class System:
    """A system that can be run; ``make`` is a function or class of the module ``eval.peers.systems.<module>``."""

    name: str
    module: str
    make: str
    needs: tuple[str, ...] = ()  # packages by the name they are imported by
    extra: str = ""

    def missing(self) -> list[str]:
        """The packages that are not installed here."""
        return [name for name in self.needs if not _installed(name)]

    def load(self) -> Callable[[Setup], Peer]:
        """What makes this system; the packages are imported when it is called."""
        make: Callable[[Setup], Peer] = getattr(
            importlib.import_module(f"{__package__}.systems.{self.module}"), self.make
        )
        return make

    def install(self, missing: Iterable[str]) -> str:
        """One line: what is not there and how to get it."""
        return f"{', '.join(missing)} not installed: pip install '.[{self.extra}]'"


def _installed(name: str) -> bool:
    """Whether a package can be imported, without importing it (only what it stands in is)."""
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


_FAISS = ("langchain_community", "langchain_text_splitters", "faiss")
_BM25 = ("langchain_community", "langchain_text_splitters", "rank_bm25")
_CHAIN, _HAY, _TXT = "peers-langchain", "peers-haystack", "peers-txtai"

SYSTEMS = {
    system.name: system
    for system in (
        System(OURS, "ours", "Ours"),
        System("langchain", "langchain", "defaults", _FAISS, _CHAIN),
        System("langchain-1000", "langchain", "tutorial", _FAISS, _CHAIN),
        System(MODEL, "langchain", "tutorial", (*_FAISS, "sentence_transformers"), _CHAIN),
        System("langchain-bm25", "langchain", "blanks", _BM25, _CHAIN),
        System("langchain-sudachi", "langchain", "sudachi", _BM25, _CHAIN),
        System("llamaindex", "llamaindex", "LlamaIndex", ("llama_index.core",), "peers-llamaindex"),
        System("haystack", "haystack", "vectors", ("haystack",), _HAY),
        System("haystack-bm25", "haystack", "words", ("haystack",), _HAY),
        System("txtai", "txtai", "dense", ("txtai",), _TXT),
        System("txtai-keyword", "txtai", "keyword", ("txtai",), _TXT),
        System("txtai-hybrid", "txtai", "hybrid", ("txtai",), _TXT),
    )
}
