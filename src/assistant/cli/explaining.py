"""``assistant ask --explain``: how a question was read, which programs spoke for themselves, and why."""

from __future__ import annotations

from dataclasses import fields

from rich.console import Console

from ..chain import Explained
from ..lexicon import table
from ..records import Hit, Query
from ..retrieve.signals import SIGNALS

MOST = 6
_HIDDEN = ("question",)


def print_explained(explained: Explained, out: Console) -> None:
    """The query's fields that say something, the candidates with what each signal adds, and how sure the first is."""
    out.print("Query")
    for name, value in told(explained.query):
        out.print(f"  {name}: {value}", markup=False)
    retrieval = explained.retrieval
    if retrieval.missing:
        out.print(f"missing: {retrieval.missing}")
    names = {document.id for document in retrieval.documents}
    if names:
        out.print(f"documents: {', '.join(sorted(names))}")
    ranked = retrieval.ranked or retrieval.hits
    if ranked:
        out.print("Candidates")
        for hit in ranked[:MOST]:
            out.print(f"  {_candidate(hit)}", markup=False)
    if retrieval.ranked:
        out.print(f"sure: {retrieval.sure:.2f} that the first is meant")
    if explained.draft.status != "answered":
        out.print(f"draft: {explained.draft.status} {explained.draft.reason or ''}".rstrip())


def told(query: Query) -> list[tuple[str, str]]:
    """The fields of a query that differ from saying nothing, in order, as text."""
    found = []
    for field in fields(Query):
        value = getattr(query, field.name)
        if field.name not in _HIDDEN and value not in ((), None, False, ""):
            found.append((field.name, _text(value)))
    return found


def _text(value: object) -> str:
    return "、".join(map(_text, value)) if isinstance(value, tuple) else str(getattr(value, "text", value))


def _candidate(hit: Hit) -> str:
    """One line: the score, the program and where it stands, and what each signal adds, the most first."""
    weights = table("weights")["signals"]
    parts = dict(hit.parts)
    adds = {name: parts.get(name, 0.0) * weights[name] for name in SIGNALS}
    most = sorted((name for name in SIGNALS if adds[name] >= 0.005), key=lambda name: -adds[name])
    why = " ".join(f"{name} {adds[name]:.2f}" for name in most) or "named"
    program = hit.program
    return f"{parts.get('weighed', hit.score):.2f} {program.program} ({program.document}:{program.line_start}): {why}"
