"""A text that somebody wrote → its figures, each verified, contradicted or unsupported by the fact table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .facts.cues import nearest_cue
from .figures import find_figures, fiscal_year, same_value, year_number
from .index import Index
from .records import Fact, FactKind, Figure, FigureKind
from .tokens import fold
from .understand import Mention, Vocabulary
from .understand.places import regions_in
from .values import as_figure

LONGEST = 200_000
_SENTENCE = re.compile(r"[^。\n]*[。\n]?")
_DEFAULT = {
    FigureKind.RATE: (FactKind.SUBSIDY_RATE,),
    FigureKind.MONEY: (FactKind.BUDGET, FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT),
    FigureKind.PHONE: (FactKind.PHONE,),
    FigureKind.PERIOD: (FactKind.PERIOD,),
}
_BUDGETS = (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED)


_FITS = {
    FigureKind.MONEY: frozenset(
        {*_BUDGETS, FactKind.FUNDING_NATIONAL, FactKind.FUNDING_GENERAL, FactKind.FUNDING_OTHER, FactKind.TARGET}
    ),
    FigureKind.PERCENT: frozenset({FactKind.BUDGET_CHANGE, FactKind.TARGET}),
    FigureKind.COUNT: frozenset({FactKind.TARGET}),
    FigureKind.PERIOD: frozenset({FactKind.PERIOD}),
    FigureKind.DURATION: frozenset({FactKind.PERIOD}),
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
        mentions = vocabulary.mentions(sentence)
        _hear_region(sentence, mentions, context)
        for figure in find_figures(sentence):
            _hear(mentions, figure.start, context, fixed)
            if figure.kind is not FigureKind.YEAR:
                findings.append(_judge(text, start, sentence, figure, context, index))
        _hear(mentions, len(sentence), context, fixed)
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


def _hear_region(sentence: str, mentions: list[Mention], context: _Context) -> None:
    spans = tuple((mention.start, mention.end) for mention in mentions)
    regions, _ = regions_in(Vocabulary.without(sentence, spans))
    context.regions = regions or context.regions


def _hear(mentions: list[Mention], place: int, context: _Context, fixed: tuple[str, ...]) -> None:
    """The name said last before a figure is what it is about; before the first name, the one that follows."""
    said = [mention for mention in mentions if mention.start < place] or ([] if context.programs else mentions[:1])
    if not said:
        return
    last = said[-1]
    context.programs = tuple(one for one in last.programs if not fixed or one in fixed) or fixed or last.programs
    context.subprogram = last.subprogram


def _judge(text: str, start: int, sentence: str, figure: Figure, context: _Context, index: Index) -> Finding:
    facts = [fact for program in context.programs for fact in _facts(program, context, index)]
    facts = _of_year(sentence[: figure.start], facts)
    facts = _of_condition(sentence[: figure.start], facts)
    kinds = _kinds_said(sentence, figure)
    cue = bool(kinds)
    kinds = kinds or _DEFAULT.get(figure.kind, ())
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


def _kinds_said(sentence: str, figure: Figure) -> tuple[FactKind, ...]:
    """The kinds that the words nearest before a figure (or right behind it) call it; () when none does."""
    before = sentence[: figure.start]
    fits = _FITS.get(figure.kind, frozenset())
    words = [(word, kinds) for word, kinds in _words_of_kinds() if word in before and set(kinds) & fits]
    named = [(before.rfind(word) + len(word), kinds) for word, kinds in words]
    end, kinds = max(named, default=(-1, ()), key=lambda pair: pair[0])
    cue = nearest_cue(before, sentence[figure.end :], figure)
    if cue is None or (cue.end < end and cue.start >= 0):
        return kinds
    return _BUDGETS if cue.kind is FactKind.BUDGET else (cue.kind,)


@cache
def _words_of_kinds() -> tuple[tuple[str, tuple[FactKind, ...]], ...]:
    """Words that call a figure something where the documents' own cues do not."""
    return (
        ("国庫", (FactKind.FUNDING_NATIONAL,)),
        ("国費", (FactKind.FUNDING_NATIONAL,)),
        ("一般財源", (FactKind.FUNDING_GENERAL,)),
        ("その他の財源", (FactKind.FUNDING_OTHER,)),
        ("その他財源", (FactKind.FUNDING_OTHER,)),
        ("前年度の予算", (FactKind.BUDGET_PREVIOUS,)),
        ("現計", (FactKind.BUDGET_REVISED,)),
        ("増減率", (FactKind.BUDGET_CHANGE,)),
        ("前年度比", (FactKind.BUDGET_CHANGE,)),
        ("事業期間", (FactKind.PERIOD,)),
        ("目標", (FactKind.TARGET,)),
        ("予算", _BUDGETS),
        ("事業費", _BUDGETS),
    )


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
    stated = {fact.kind for fact in facts if fact.condition == last}
    return [fact for fact in facts if fact.condition == last or (fact.condition is None and fact.kind not in stated)]


def _of_year(before: str, facts: list[Fact]) -> list[Fact]:
    """Facts of the year that the sentence names, if it names one."""
    said = fiscal_year(before)
    if said is None:
        return [fact for fact in facts if fact.kind not in (FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED)] or facts
    return [fact for fact in facts if year_number(fact.fiscal_year) == year_number(said)]
