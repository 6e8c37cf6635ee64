"""Answers about Japanese support programs, from the documents themselves.

::

    corpus/* ─read─▶ Document ─split─▶ Program, Passage ─extract─▶ Fact ─▶ FactTable (SQLite)
                                            └────embed────▶ FAISS + BM25      } index/, published whole
    question ─understand─▶ Query ─retrieve─▶ [Hit], [Fact] ─compose─▶ Draft ─verify─▶ Answer
                                                   └─generate, where a model is configured─┘

A room (module) imports only from rooms below it; the order stands in ``pyproject.toml``
and import-linter holds it.  Only :mod:`assistant.verify` makes an :class:`~assistant.records.Answer`.
"""

__version__ = "0.1.0"
