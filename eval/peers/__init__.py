"""The assistant's retrieval next to the retrieval of other libraries: same documents, same questions, same run.

::

    cases/*.jsonl ─questions─▶ Question ─one process a system─▶ chunks ─marks─▶ recall ─report─▶ tables, JSON

``python -m eval.peers`` runs every system that is installed, one after another, and prints how much of the right
evidence each returns, how long it takes and how much memory it needs; ``python -m eval.peers.one NAME`` runs one.
"""
