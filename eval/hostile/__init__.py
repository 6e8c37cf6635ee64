"""Requests that no decent client sends, over raw sockets: the server must refuse them, never break.

::

    good requests of every route ─mutations, by a seed─▶ bytes ─socket─▶ replies ─judged─▶ faults: 5xx, traces, hangs
"""
