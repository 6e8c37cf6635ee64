"""A text that somebody wrote → its figures, each verified, contradicted or unsupported by the fact table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .facts.cues import nearest_cue
from .figures import find_figures, fiscal_year, same_value, year_number
from .index import Index
from .records import Fact, FactKind, Figure, FigureKind
from .tokens import fold
from .understand import Vocabulary
from .understand.places import regions_in
from .values import as_figure

LONGEST = 200_000
_SENTENCE = re.compile(r"[^。\n]*[。\n]?")
_DEFAULT = {
    FigureKind.RATE: (FactKind.SUBSIDY_RATE,),
    FigureKind.MONEY: (FactKind.BUDGET, FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT),
    FigureKind.PHONE: (FactKind.PHONE,),
}
_YEARS = frozenset({FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED})


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


@dataclass
class _Context:
    """What the text has said so far."""

    programs: tuple[str, ...] = ()
    subprogram: str | None = None
    regions: tuple[str, ...] = ()


def check_text(text: str, index: Index, vocabulary: Vocabulary, program: str | None = None) -> list[Finding]:
    """Every figure of a text against the facts of the program that its sentence, or the one before, names."""
    context = _Context(programs=_programs_like(program, index) if program else ())
    fixed = context.programs
    findings: list[Finding] = []
    for start, sentence in _sentences(text[:LONGEST]):
        _listen(sentence, context, vocabulary, fixed)
        for figure in find_figures(sentence):
            if figure.kind is not FigureKind.YEAR:
                findings.append(_judge(text, start, sentence, figure, context, index))
    return findings


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


def _listen(sentence: str, context: _Context, vocabulary: Vocabulary, fixed: tuple[str, ...]) -> None:
    """A sentence that names programs speaks of them from here on."""
    named, subprogram, spans = vocabulary.find(sentence)
    regions, _ = regions_in(vocabulary.without(sentence, spans))
    context.regions = regions or context.regions
    if named:
        context.programs = tuple(one for one in named if not fixed or one in fixed) or fixed or named
        context.subprogram = subprogram
    elif subprogram is None and not context.programs:
        context.programs = fixed


def _judge(text: str, start: int, sentence: str, figure: Figure, context: _Context, index: Index) -> Finding:
    facts = [fact for program in context.programs for fact in _facts(program, context, index)]
    facts = _of_year(sentence[: figure.start], facts)
    facts = _of_condition(sentence[: figure.start], facts)
    cue = nearest_cue(sentence[: figure.start], sentence[figure.end :], figure)
    kinds = (cue.kind,) if cue else _DEFAULT.get(figure.kind, ())
    about = [fact for fact in facts if fact.kind in kinds] if kinds else facts
    same = [fact for fact in about if same_value(as_figure(fact), figure)]
    if not same and not cue:
        same = [fact for fact in facts if same_value(as_figure(fact), figure)]
    if same:
        status, told = "verified", same
    elif about and kinds:
        status, told = "contradicted", about
    else:
        status, told = "unsupported", []
    place = start + figure.start
    line_start = text.rfind("\n", 0, place) + 1
    return Finding(
        figure.text, figure.kind.value, status, text.count("\n", 0, place) + 1, place - line_start,
        place - line_start + len(figure.text), told[0].program if told else None, tuple(told),
    )  # fmt: skip


def _facts(program: str, context: _Context, index: Index) -> Iterator[Fact]:
    region = index.documents[index.programs[program].document].region
    if context.regions and region not in context.regions:
        return
    facts = [fact for fact in index.facts_of(program) if "example" not in fact.flags]
    own = [fact for fact in facts if context.subprogram and fact.subprogram == context.subprogram]
    yield from own or facts


def _of_condition(before: str, facts: list[Fact]) -> list[Fact]:
    """Facts of the case (原則枠, 設備資金 …) that was named last before the figure."""
    plain = fold(before)
    places = {fact.condition: plain.rfind(fold(fact.condition)) for fact in facts if fact.condition}
    named = {condition: place for condition, place in places.items() if place >= 0}
    if not named:
        return facts
    last = max(named, key=lambda condition: (named[condition], len(condition)))
    return [fact for fact in facts if fact.condition == last or fact.condition is None]


def _of_year(before: str, facts: list[Fact]) -> list[Fact]:
    """Facts of the year that the sentence names, if it names one."""
    said = fiscal_year(before)
    if said is None:
        return [fact for fact in facts if fact.kind not in (FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED)] or facts
    return [fact for fact in facts if year_number(fact.fiscal_year) == year_number(said)]
