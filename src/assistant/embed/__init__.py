"""Text → vectors: the embedded default, and any sentence-transformers model by setting.

::

    ja_ginza's vocabulary ─read_vocabulary─▶ words/ (in the index) ─WordVectors─▶ vectors   default, numpy only
    questions and what they mean ──fit──▶ refit_words ──▶ words/                             torch, at build time
    ASSISTANT_EMBEDDING_MODEL ──────────────SentenceTransformerEmbedder────────▶ vectors   torch, imported late
    ASSISTANT_RERANKER ─────────────────────CrossEncoderReranker───────────────▶ scores    torch, imported late
"""

from __future__ import annotations

from pathlib import Path

from .base import Embedder, Matrix, unit_rows
from .cross import Reranker, make_reranker
from .fitting import Example, Fitted, fit
from .transformer import SentenceTransformerEmbedder
from .words import WordVectors, build_words, refit_words

__all__ = [
    "Embedder",
    "Example",
    "Fitted",
    "Matrix",
    "Reranker",
    "SentenceTransformerEmbedder",
    "WordVectors",
    "build_words",
    "fit",
    "make_embedder",
    "make_reranker",
    "refit_words",
    "unit_rows",
]


def make_embedder(model: str, *, words: Path) -> Embedder:
    """The embedder that the setting ``ASSISTANT_EMBEDDING_MODEL`` names.

    An empty ``model`` is the embedded default, whose table stands in the folder ``words``.
    Raises SettingsError for a model that cannot be loaded, IndexDamaged for a table that cannot be read.
    """
    return SentenceTransformerEmbedder(model) if model else WordVectors(words)
