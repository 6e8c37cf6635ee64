"""A text that somebody wrote → its figures, each verified, contradicted or unsupported by the fact table.

``place`` is a figure in its sentence; ``words`` tell its kinds; ``scope`` chooses the facts it is held against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..figures import find_figures, same_value
from ..index import Index
from ..records import Fact, FactKind, FigureKind
from ..tokens import fold
from ..understand import Mention, Vocabulary
from ..understand.places import Places, regions_in
from ..understand.vocabulary import bounded
from ..values import as_figure
from .place import Place, counts_one, moved
from .scope import Context, facts_about, of_condition, of_stage, of_term, of_year
from .words import BUDGETS, GREW, kinds_said

__all__ = ["Finding", "check_text"]

LONGEST = 200_000
# A sentence without an end (a table pasted as one line) is cut behind a comma, so that checking stays linear.
_SENTENCE = re.compile(r"[^。\n]{0,1000}[^。\n、 　]{0,200}[。\n、 　]?")
_DEFAULT = {
    FigureKind.RATE: (FactKind.SUBSIDY_RATE,),
    FigureKind.MONEY: (FactKind.BUDGET, FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT),
    FigureKind.PHONE: (FactKind.PHONE,),
    FigureKind.PERIOD: (FactKind.PERIOD,),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure of a text: ``status`` is verified, contradicted or unsupported.

    ``facts`` are what verifies it, or the right figures when it is contradicted; ``line`` is 1-based.
    """

    text: str
    kind: str
    status: str
    line: int
    start: int
    end: int
    program: str | None
    facts: tuple[Fact, ...]


def check_text(text: str, index: Index, vocabulary: Vocabulary, program: str | None = None) -> list[Finding]:
    """Every figure of a text against the facts of the program that its sentence, or the one before, names."""
    context = Context(programs=_programs_like(program, index) if program else ())
    fixed = context.programs
    findings: list[Finding] = []
    for start, sentence in _sentences(text[:LONGEST]):
        named = vocabulary.mentions(sentence)
        _hear_region(sentence, named, context, vocabulary.places)
        mentions = named or _sums(sentence, context, index)
        figures = tuple(part for figure in find_figures(sentence) for part in moved(figure, sentence))
        for figure in figures:
            _hear(mentions, figure.start, context, fixed)
            if figure.kind is not FigureKind.YEAR and not counts_one(figure, figures):
                place = Place(sentence, figure, figures, tuple(mentions))
                findings.append(_judge(text, start, place, context, index))
        _hear(mentions, len(sentence), context, fixed)
    return findings


def _sums(sentence: str, context: Context, index: Index) -> list[Mention]:
    """A sum of a region's document by its own name (部合計): only one that the document has once."""
    names: dict[str, list[str]] = {}
    for program in index.programs.values():
        if program.role in ("total", "subtotal") and index.documents[program.document].region in context.regions:
            names.setdefault(program.program, []).append(program.id)
    found = [
        Mention(place, place + len(name), tuple(programs), None)
        for name, programs in names.items()
        if len(name) > 1 and len({index.programs[one].document for one in programs}) == len(programs)
        and (place := sentence.find(name)) >= 0 and bounded(sentence, place, place + len(name))
    ]  # fmt: skip
    return sorted(found, key=lambda mention: (mention.start, -mention.end))


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    for match in _SENTENCE.finditer(text):
        if match.group().strip():
            yield match.start(), match.group()


def _programs_like(name: str, index: Index) -> tuple[str, ...]:
    part = fold(name)
    return tuple(
        program.id
        for program in index.programs.values()
        if any(part in fold(other) for other in (program.program, *program.aliases, *program.subprograms))
    )


def _hear_region(sentence: str, mentions: list[Mention], context: Context, places: Places) -> None:
    spans = tuple((mention.start, mention.end) for mention in mentions)
    regions, _ = regions_in(Vocabulary.without(sentence, spans), places)
    context.region_here = bool(regions)
    context.regions = regions or context.regions


def _hear(mentions: list[Mention], place: int, context: Context, fixed: tuple[str, ...]) -> None:
    """The name said last before a figure is what it is about; before the first name, the one that follows."""
    said = [mention for mention in mentions if mention.start < place] or ([] if context.programs else mentions[:1])
    if not said:
        return
    last = said[-1]
    context.programs = tuple(one for one in last.programs if not fixed or one in fixed) or fixed or last.programs
    context.subprogram = last.subprogram


def _judge(text: str, start: int, place: Place, context: Context, index: Index) -> Finding:
    figure = place.figure
    facts = [fact for program in context.programs for fact in facts_about(program, context, index)]
    cases = {fact.condition for fact in facts if fact.condition}
    place = replace(place, cases=tuple(sorted(cases, key=lambda case: (-len(case), case))))
    kinds, sure = kinds_said(place, context.subprogram)
    facts = of_stage(place, of_year(place, facts, kinds if sure else ()))
    facts = of_term(place, of_condition(place, facts))
    if FactKind.BUDGET in kinds and any(fact.kind is FactKind.BREAKDOWN and fact.condition for fact in facts):
        kinds = (*kinds, FactKind.BREAKDOWN)  # the budget of a case that the sentence names
    kinds = kinds or _DEFAULT.get(figure.kind, ())
    about = [fact for fact in facts if fact.kind in kinds] if kinds else facts
    same = [fact for fact in about if _says_same(fact, place)]
    if not same and not sure:
        loose = _loose(place, context, facts)
        same = [fact for fact in loose if _says_same(fact, place)]
    if same:
        status, told = "verified", same
    elif about and kinds:
        status, told = "contradicted", about
    else:
        status, told = "unsupported", []
    offset = start + figure.start
    line_start = text.rfind("\n", 0, offset) + 1
    return Finding(
        figure.text, figure.kind.value, status, text.count("\n", 0, offset) + 1, offset - line_start,
        offset - line_start + len(figure.text), told[0].program if told else None, tuple(told),
    )  # fmt: skip


def _says_same(fact: Fact, place: Place) -> bool:
    """Equal values; 「4.6%の減」 is ▲4.6 and never 4.6."""
    value, figure = as_figure(fact), place.figure
    if fact.kind is not FactKind.BUDGET_CHANGE or figure.number is None or value.number is None:
        return same_value(value, figure)
    grew = GREW.match(place.after)
    if grew is None or not (grew["less"] or grew["more"]):
        return same_value(value, figure)
    size = abs(figure.number)
    return same_value(value, replace(figure, number=-size if grew["less"] else size))


def _loose(place: Place, context: Context, facts: list[Fact]) -> list[Fact]:
    """What a figure may be that no word calls anything: an amount is a budget or a limit, a part only when named."""
    if place.figure.kind is not FigureKind.MONEY:
        return facts
    kinds = {*BUDGETS, FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.LOAN_POOL}
    if context.subprogram or re.search(r"うち|内訳", place.before):
        kinds.add(FactKind.BREAKDOWN)
    return [fact for fact in facts if fact.kind in kinds]
