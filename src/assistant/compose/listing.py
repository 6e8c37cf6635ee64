"""Lists of programs, a line each: those that fit a need, and all of a set that the question delimits."""

from __future__ import annotations

from ..index import Index
from ..programs.names import match_form
from ..records import DraftSentence, Fact, FactKind, Hit, Passage, Program, Query
from ..retrieve.delimiters import Delimited, measure_of, stated_as
from .labels import called, fact_label, where_from

MOST = 8  # programs that fit a need
NEAR = 0.6  # of the best score
LONGEST = 30  # programs of a set, a line each
#: What a program offers in a few words, the first kind that it states once.
OFFERED = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.SUBSIDY_RATE, FactKind.BUDGET)


def list_programs(query: Query, hits: tuple[Hit, ...], index: Index) -> list[DraftSentence]:
    """An opening sentence and one sentence a program that fits; [] when none is left."""
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
    """A program that fits, with what it offers where it states that once."""
    program = hit.program
    region = index.documents[program.document].region
    offered = _offered(program, index)
    if offered is not None:
        text = f"\n・{called(program)}（{where_from(program, region)}）の{fact_label(offered)}は{{0}}です"
        return DraftSentence(text, (offered,))
    source = named_line(program, hit.passages)
    if source is None:
        return None
    return DraftSentence(f"\n・{called(program)}（{where_from(program, region)}）", quotes=(source,))


def _offered(program: Program, index: Index) -> Fact | None:
    """The one limit, rate or budget of a program that needs no case to be told with it."""
    facts = [fact for fact in index.facts_of(program.id) if "example" not in fact.flags]
    for kind in OFFERED[:-1]:
        same = [fact for fact in facts if fact.kind is kind]
        if same:
            first = same[0]
            plain = first.condition is None and first.subprogram is None and not set(first.flags) & {"suspect"}
            return first if len(same) == 1 and plain else None
    budget = measure_of(program, (FactKind.BUDGET,), index)
    return budget if budget is not None and not set(budget.flags) & {"suspect", "の一部"} else None


def list_set(
    programs: tuple[Program, ...],
    index: Index,
    *,
    names_only: bool = False,
    with_last_year: bool = False,
    stated: tuple[Delimited, ...] = (),
) -> list[DraftSentence]:
    """Every program of a set, a line each with its budget (and last year's); 記載なし where none is stated.

    Where the set is told by a figure that its programs state (``stated``), each line tells that figure.
    """
    several = len({program.document for program in programs}) > 1
    kinds = (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS) if with_last_year else (FactKind.BUDGET,)
    lines = [
        _stated_line(program, index, several, stated) or _line_of(program, index, several, () if names_only else kinds)
        for program in programs[:LONGEST]
    ]
    told = [line for line in lines if line is not None]
    if len(programs) > LONGEST:
        told.append(DraftSentence("\nほかにもあります。見出しや担当課、年度で絞ってお尋ねください。"))
    return told


def _stated_line(program: Program, index: Index, several: bool, stated: tuple[Delimited, ...]) -> DraftSentence | None:
    """A program with the figures by which it belongs to the set; None where it is told by none."""
    found = [stated_as(program, figure, one.kinds, index) for one in stated for figure in one.figures]
    facts = [fact for fact in found if fact is not None and "suspect" not in fact.flags]
    if not facts:
        return None
    region = index.documents[program.document].region
    place = f"（{where_from(program, region)}）" if several else ""
    told = [f"{_case(fact)}{fact_label(fact)}{{{number}}}" for number, fact in enumerate(facts)]
    return DraftSentence(f"\n・{called(program)}{place}：{'、'.join(told)}", tuple(facts))


def _line_of(program: Program, index: Index, several: bool, kinds: tuple[FactKind, ...]) -> DraftSentence | None:
    region = index.documents[program.document].region
    name = f"\n・{called(program)}" + (f"（{where_from(program, region)}）" if several else "")
    facts = [fact for kind in kinds if (fact := measure_of(program, (kind,), index)) is not None]
    if facts:
        doubt = "（この資料の表記には疑いがあります）" if "suspect" in facts[0].flags else ""
        told = [f"{_case(fact)}{fact_label(fact)}{{{place}}}" for place, fact in enumerate(facts)]
        return DraftSentence(f"{name}：{'、'.join(told)}{doubt}", tuple(facts))
    quote = named_line(program, index.passages_of(program.id))
    if quote is None:
        return None
    return DraftSentence(f"{name}{'（予算額は記載なし）' if kinds else ''}", quotes=(quote,))


def _case(fact: Fact) -> str:
    return f"{fact.condition} " if fact.condition else ""


def named_line(program: Program, passages: tuple[Passage, ...]) -> tuple[int, str] | None:
    """The line that prints the program's name, else the first of its passages: (passage id, exact line)."""
    lines = [(passage.id, line.strip()) for passage in passages for line in passage.text.split("\n") if line.strip()]
    names = [match_form(name) for name in (program.program, *program.aliases)]
    named = (one for one in lines if any(name in match_form(one[1]) for name in names))
    return next(named, lines[0] if lines else None)
