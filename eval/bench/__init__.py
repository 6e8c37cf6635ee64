"""How fast it is: the build, a warm question and a cold one, next to what no program can go below.

``python -m eval.bench`` builds a temporary index from a corpus, measures, prints one table and exits with 1
when a bound does not hold.  Times depend on the machine, so each also stands as a ratio to a floor of the same
run: an empty Python start for whole processes, a bare FAISS search for a question.  It is a script, not a test.
"""
