"""What a run found, written down: JSON to compare with, a page to look at, tables for other tools, a summary.

``record`` keeps a run as one object; ``printed``, ``tables``, ``plots`` and ``page`` show it; ``compare`` puts two
side by side.
"""
