"""Passages and facts → a published build; load, check, swap.

::

    index/
      CURRENT                      name of the build that is served; switched by one atomic replace
      .lock                        one builder at a time
      builds/<time>-<hash>/        a build, whole or not there at all; the hash is its manifest's
        manifest.json              schema, corpus hash, models, counts, checksum and size of each file
        store.sqlite               documents, programs, passages, facts, checks
        bm25/                      bm25s' arrays over our tokens
        words/                     the embedded default's word vectors (with a transformer model: not there)
        passages.faiss, programs.faiss

Nothing in a build is a pickle, and every checksum is compared before a file is handed to faiss, bm25s or SQLite:
a damaged FAISS file would load without complaint and answer wrongly.
"""

from __future__ import annotations

from .manifest import SCHEMA, Manifest, current_manifest
from .owners import Spoken
from .publish import Content, publish
from .reader import Index, load

__all__ = ["SCHEMA", "Content", "Index", "Manifest", "Spoken", "current_manifest", "load", "publish"]
