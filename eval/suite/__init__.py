"""The suite: cases, how an answer to each is judged, and what the judgements come to.

::

    cases/*.jsonl ─read─▶ Case ─ask─▶ Reply ─judge─▶ Verdict ─measure─▶ Score (with its interval) ─▶ report, gate

``python -m eval.suite`` checks the cases themselves against the documents.
"""
