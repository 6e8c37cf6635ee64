"""Figures that only their own line explains (an age, a share to be passed on, a worked example): told by quoting it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..figures import find_figures, same_value
from ..index import Index
from ..lexicon import table
from ..records import DraftSentence, Fact, FactKind, FigureKind, Program, Query
from ..tokens import search_form
from ..understand.premises import is_own, said_figures
from ..values import as_figure
from .context import sentence_of
from .labels import called, where_from
from .telling import tellable
from .units import Unit, shown, units_of

LONGEST = 200  # characters of a quote
_PRINTED = (FigureKind.MONEY, FigureKind.PERCENT, FigureKind.RATE)
_MOST = 2  # lines that print a figure: of more it is not known which is meant
_FURNITURE = re.compile(r"^[\s\-*+・○●■◆#>①-⑳✓❑※]+|\*\*")
_SIGNS = re.compile(r"[\W\d_円万億千百年月日人社件%％]")
_WORDS = 3  # letters beside the figure, without which a quote explains nothing
_PROVISO = re.compile(r"^[（(※\s]*(?:ただし|但し)")
_STOP = re.compile(r"(?<=、)")


def is_told_by_its_line(fact: Fact) -> bool:
    """Whether a kind's name says nothing of a figure, or it is an example and no entitlement."""
    return fact.kind is FactKind.OTHER or "example" in fact.flags


def quoted_sentences(program: Program, facts: Sequence[Fact], index: Index, *, first: bool) -> list[DraftSentence]:
    """A sentence for each line that prints some of these figures; one that cannot be quoted is left out."""
    found = list(dict.fromkeys(quote for fact in facts if (quote := _quote(fact, index))))
    found = list(dict.fromkeys(one for quote in found for one in (quote, *_proviso(quote, program, index))))
    kept = [one for one in found if not any(one != other and one[1] in other[1] for other in found)]
    where = f"{where_from(program, index.documents[program.document].region)}の資料では、"
    told = []
    for place, (passage, words) in enumerate(kept):
        head = where if first and place == 0 else ""
        inner = shown(words).replace("「", "『").replace("」", "』")
        text = f"{head}{called(program)}について「{inner}」とあります。"
        told.append(DraftSentence(text, quotes=((passage, words),)))
    return told


def told_by_its_figure(query: Query, program: Program, index: Index) -> list[DraftSentence]:
    """「金利が0.20%下がるには何を受けていれば?」: the line of the figure that a question says, asking for words."""
    plain = search_form(query.question)
    rules = table("telling")["of_figure"]
    if not re.search(rules["asked"], plain) or re.search(rules["number"], plain):
        return []
    said = [one for one in said_figures(query.question) if one.kind in _PRINTED and not is_own(one, query.question)]
    rows = (one.id for one in index.programs.values() if one.document == program.document)
    own = (one for one in rows if index.programs[one].program == program.program)
    facts = [
        fact
        for one in own
        for fact in index.facts_of(one)
        if "example" not in fact.flags and any(same_value(as_figure(fact), figure) for figure in said)
    ]
    asked = [fact for fact in facts if fact.kind in query.kinds]  # 「金利が…」 asks of no fee
    told = quoted_sentences(program, asked or facts, index, first=True)
    return told if len(told) <= _MOST else []


def _proviso(quote: tuple[int, str], program: Program, index: Index) -> list[tuple[int, str]]:
    """「ただし、…」 right behind what is quoted: it says for whom that is not so."""
    for before, unit in pairwise(units_of(program, index)):
        if (before.passage, before.quote) == quote and _PROVISO.match(unit.text) and len(unit.text) <= LONGEST:
            return [(unit.passage, unit.quote)] if tellable(unit, program, index) == [unit] else []
    return []


def _quote(fact: Fact, index: Index) -> tuple[int, str] | None:
    """The passage and the exact words of a figure's sentence whose every figure the table knows."""
    own = [one for one in index.facts_of(fact.program_id) if one.line_start == fact.line_start]
    whole = _unit_of(fact, index)
    if whole is not None and tellable(whole, index.programs[fact.program_id], index) == [whole]:
        return whole.passage, whole.quote
    passage = next(
        (one for one in index.passages_of(fact.program_id) if one.line_start <= fact.line_start <= one.line_end), None
    )
    if passage is None:
        return None
    fitting = (
        one
        for one in _pieces(fact)
        if len(one) <= LONGEST and one in passage.text and len(_SIGNS.sub("", one)) >= _WORDS and _is_known(one, own)
    )
    return next(((passage.id, one) for one in fitting), None)


def _unit_of(fact: Fact, index: Index) -> Unit | None:
    """The sentence, item or cell of its program that prints a figure, over the lines that layout broke it into."""
    program = index.programs[fact.program_id]
    for unit in units_of(program, index):
        if unit.line <= fact.line_start <= unit.line + unit.quote.count("\n") and fact.text in unit.quote:
            plain = _SIGNS.sub("", unit.text)
            fits = len(plain) >= _WORDS and len(unit.text) <= LONGEST and unit.form != "head"
            return unit if fits else None
    return None


def _pieces(fact: Fact) -> Iterator[str]:
    """The sentence of a figure, then fewer and fewer of its clauses around it."""
    whole = _FURNITURE.sub("", sentence_of(fact)).strip()
    yield whole
    clauses = _STOP.split(whole)
    at = next((place for place, clause in enumerate(clauses) if fact.text in clause), None)
    if at is None:
        return
    for before, behind in ((3, 3), (2, 2), (1, 2), (1, 1), (0, 1), (1, 0), (0, 0)):
        yield "".join(clauses[max(0, at - before) : at + behind + 1]).strip("、 　")


def _is_known(text: str, facts: Sequence[Fact]) -> bool:
    return all(
        figure.kind is FigureKind.YEAR or any(same_value(as_figure(fact), figure) for fact in facts)
        for figure in find_figures(text)
    )
