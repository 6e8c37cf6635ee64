"""「どんな支援がある?」: the programs that fit, a line each with its source."""

from __future__ import annotations

from ..index import Index
from ..programs.names import match_form
from ..records import DraftSentence, Hit, Query
from .labels import called, where_from

MOST = 8
NEAR = 0.6  # of the best score


def list_programs(query: Query, hits: tuple[Hit, ...], index: Index) -> list[DraftSentence]:
    """An opening sentence and one sentence a program; [] when none is left."""
    if "新規" in query.question:
        hits = tuple(hit for hit in hits if _is_new(hit, index))
    near = [hit for hit in hits if hit.score >= NEAR * hits[0].score]
    told = [sentence for hit in near[:MOST] if (sentence := _line(hit, index))]
    if not told:
        return []
    more = f"（ほか{'多数' if len(near) > 2 * MOST else 'にもあります'}）" if len(near) > MOST else ""
    return [DraftSentence(f"収録した資料では、次の事業・制度が当てはまります{more}。"), *told]


def _is_new(hit: Hit, index: Index) -> bool:
    return any({"新規", "一部新規"} & set(fact.flags) for fact in index.facts_of(hit.program.id))


def _line(hit: Hit, index: Index) -> DraftSentence | None:
    program = hit.program
    source = _named_line(hit)
    if source is None:
        return None
    region = index.documents[program.document].region
    return DraftSentence(f"\n・{called(program)}（{where_from(program, region)}）", quotes=(source,))


def _named_line(hit: Hit) -> tuple[int, str] | None:
    """The line that prints the program's name, else the first of its passages: (passage id, exact line)."""
    lines = [
        (passage.id, line.strip()) for passage in hit.passages for line in passage.text.split("\n") if line.strip()
    ]
    names = [match_form(name) for name in (hit.program.program, *hit.program.aliases)]
    named = (one for one in lines if any(name in match_form(one[1]) for name in names))
    return next(named, lines[0] if lines else None)
