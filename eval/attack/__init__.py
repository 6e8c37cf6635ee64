"""The guard under attack: wrong figures put into real drafts, and what of them verify lets out.

``python -m eval.attack`` takes the drafts of real questions, makes one sentence of each false in a known way, and
counts the false sentences that are printed; beside them true drafts, reworded without harm, that must survive.
"""
