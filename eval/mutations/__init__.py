"""Whether it reads what is printed: seeded misprints of the corpus, each read again and compared.

``python -m eval.mutations`` changes one digit, one unit or the places of two cells at a time.  The facts must follow
the print, and no other fact may change; two cells that changed places may also be put right by the document's own
sums.  It prints shares by sort of change and by document, and exits with 1 when a change was neither followed nor put
right.
"""
