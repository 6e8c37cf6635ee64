"""How right it is: the facts it extracts, next to tables of facts made by reading the documents.

``python -m eval.golden`` matches both one to one, prints how many are right and what the others differ in, and
exits with 1 when a bar is missed.  ``--differences`` names each difference, ``--regenerate`` writes the tables from
what is extracted now, so that a reader can go through the diff.
"""
