"""A text that somebody wrote → its figures, each verified, contradicted or unsupported by the fact table.

``statements`` cuts the text, ``sharing`` what it tells of several names at once; ``hearing`` says which program a
figure is of, ``strangers`` that it is of none; ``place`` is a figure in its sentence; ``words`` tell its kinds;
``aside`` tells which figures are no program's; ``scope`` chooses the facts a figure is held against; ``rounding``
knows rough ones; ``bounds`` and ``growth`` what turns an amount round; ``own`` a customer's; ``doubt`` when to be
silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..figures import find_figures, same_value
from ..index import Index
from ..records import Fact, FactKind, Figure, FigureKind
from ..tokens import fold
from ..understand import Mention, Vocabulary
from ..values import as_figure
from .aside import is_of_another, is_sum, is_supposed, speaks_of_several
from .bounds import HIGHEST, is_share, is_turned
from .cases import of_condition
from .doubt import is_doubtful
from .growth import says_same_change
from .hearing import Hearing
from .meant import Meant, programs_meant
from .own import goes_on, is_own, is_result
from .place import Place, counts_one, moved
from .rounding import says_end, says_in_percent, says_roughly
from .scope import Context, facts_about, of_base, of_item, of_name, of_stage, of_term, of_year
from .sharing import shared
from .statements import Statement, statements
from .words import BUDGETS, kinds_said

__all__ = ["Finding", "Meant", "check_text", "programs_meant"]

LONGEST = 200_000
_DAY = re.compile(r"([0-9]+)月([0-9]+)日")
_EMPTY_LINE = re.compile(r"\n[ \t　\r]*\n")
_DEFAULT = {
    FigureKind.RATE: (FactKind.SUBSIDY_RATE,),
    FigureKind.MONEY: (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT),
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
    """Every figure of a text against the facts of the program that its sentence, or the one before, names.

    ``program`` names the one that it is about; where that is none, or many of different names, nothing is verified
    against it (:func:`programs_meant` tells).
    """
    meant = programs_meant(program, index, vocabulary) if program else Meant()
    context = Context(programs=meant.programs, subprogram=meant.part, fixed=bool(program))
    fixed = context.programs
    findings: list[Finding] = []
    place = 0  # where the statement before ends
    stated = [(one, vocabulary.mentions(one.said)) for one in statements(text[:LONGEST])]
    context.programs = context.programs or _only_one(stated)
    hearing = Hearing(index, vocabulary, fixed)
    for statement, named in stated:
        new = _is_paragraph(text, statement, place)
        place = max(statement.places, default=place)
        context.story = goes_on(context.story, statement.said, named=bool(named), new=new)
        context.asked = context.asked or "要求" in statement.said
        names = hearing.knows(context, named).said(statement.said, named)
        for one in shared(statement, names, find_figures(statement.said)):
            findings += _checked(
                text, one, named if one is statement else vocabulary.mentions(one.said), context, hearing
            )
    return _once(findings)


def _checked(
    text: str, statement: Statement, named: list[Mention], context: Context, hearing: Hearing
) -> Iterator[Finding]:
    """The findings of a statement that says these names; the context goes on with what it was about."""
    sentence = statement.said
    figures = tuple(part for figure in find_figures(sentence) for part in moved(figure, sentence))
    mentions = hearing.begin(statement, named, figures, context)
    for figure in figures:
        about = hearing.of_figure(statement, figure, context)
        span = statement.span(figure.start, figure.end)
        if figure.kind is not FigureKind.YEAR and any(span) and not counts_one(figure, figures):
            place = Place(sentence, figure, figures, tuple(mentions))
            told = ("unsupported", []) if statement.open else _judge(place, about, hearing.index)
            yield _told(text, span, figure, *told)
    hearing.end(statement, context)


def _once(findings: list[Finding]) -> list[Finding]:
    """A figure that is told of several names holds when it does for each, and is wrong when it is for each."""
    found: dict[tuple[int, int], Finding] = {}
    for one in findings:
        place = (one.line, one.start)
        other = found.setdefault(place, one)
        if other is not one:
            same = other.status == one.status != "unsupported"
            facts = tuple(dict.fromkeys((*other.facts, *one.facts))) if same else ()
            status, program = (one.status, other.program) if same else ("unsupported", None)
            found[place] = replace(other, status=status, facts=facts, program=program)
    return list(found.values())


def _only_one(stated: list[tuple[Statement, list[Mention]]]) -> tuple[str, ...]:
    """The one program that a text names, which is what it is about from its first word (its name may stand below)."""
    said = {mention.programs for _, named in stated for mention in named}
    return next(iter(said)) if len(said) == 1 else ()


def _judge(place: Place, context: Context, index: Index) -> tuple[str, list[Fact]]:
    """What is to be said of a figure, and the facts that say it."""
    if place.of_whole:
        context = replace(context, subprogram=None)
    facts = [fact for program in context.programs for fact in facts_about(program, context, index)]
    cases = {fact.condition for fact in facts if fact.condition}
    place = replace(place, cases=tuple(sorted(cases, key=lambda case: (-len(case), case))))
    if is_sum(place) or is_result(place):
        return _judge_sum(place, facts)
    if is_own(place, story=context.story):
        return "unsupported", []
    kinds, sure = kinds_said(place, context.subprogram)
    if is_of_another(place, facts, called=sure or bool(place.mentions)):
        return "unsupported", []
    whole = facts
    facts = of_stage(place, context, of_year(place, facts, kinds if sure else ()))
    facts = of_base(place, of_term(place, of_condition(place, facts)))
    if FactKind.BUDGET in kinds and any(fact.kind is FactKind.BREAKDOWN and fact.condition for fact in facts):
        kinds = (*kinds, FactKind.BREAKDOWN)  # the budget of a case that the sentence names
    called, kinds = bool(kinds), kinds or _DEFAULT.get(place.figure.kind, ())
    if items := of_item(place, facts) or (of_name(place, context.subprogram, facts) if not kinds else []):
        kinds = tuple({fact.kind for fact in items})
    about = items or [fact for fact in facts if fact.kind in kinds or not kinds]
    if not about and not sure:
        kinds = _DEFAULT.get(place.figure.kind, ())  # the word was another name's
        about = [fact for fact in facts if fact.kind in kinds]
    same = _same(about, place) or ([] if sure else _same(_loose(place, context, facts), place))
    if same:
        return "verified", same
    if FactKind.BUDGET in kinds and context.subprogram and not context.part_here:
        return _judge(place, replace(context, subprogram=None), index)  # not that of the part spoken of before
    own = place.figure.kind is FigureKind.PHONE and not place.mentions and not context.fixed  # the sender's
    misprinted = any("suspect" in fact.flags for fact in about)  # what is doubtful itself corrects nobody
    silent = own or misprinted or speaks_of_several(place) or is_supposed(place)
    every = [fact for fact in whole if fact.kind in kinds]
    silent = silent or is_doubtful(place, about, every, context.subprogram, called=called)
    return ("contradicted", about) if about and kinds and not silent else ("unsupported", [])


def _judge_sum(place: Place, facts: list[Fact]) -> tuple[str, list[Fact]]:
    """A sum of amounts told before: that of one program may be its budget; of several, no program states it."""
    one = len({mention.programs for mention in place.mentions}) == 1
    same = _same([fact for fact in facts if one and fact.kind in BUDGETS], place)
    return ("verified", same) if same else ("unsupported", [])


def _same(facts: list[Fact], place: Place) -> list[Fact]:
    """The facts that a figure states: exactly, else those that it rounds, where it is told as a rough one."""
    exact = [
        fact
        for fact in facts
        if (_says_same(fact, place) and not is_turned(fact, place))
        or (says_end(as_figure(fact), place) and not is_share(fact, place))
    ]
    return exact or [
        fact
        for fact in facts
        if says_roughly(as_figure(fact), place) and not (is_turned if fact.kind in HIGHEST else is_share)(fact, place)
    ]


def _told(text: str, span: tuple[int, int], figure: Figure, status: str, facts: list[Fact]) -> Finding:
    start, end = span
    line_start = text.rfind("\n", 0, start) + 1
    return Finding(
        text[start:end], figure.kind.value, status, text.count("\n", 0, start) + 1, start - line_start,
        end - line_start, facts[0].program if facts else None, tuple(facts),
    )  # fmt: skip


def _says_same(fact: Fact, place: Place) -> bool:
    """Equal values; 「4.6%の減」 is ▲4.6 and never 4.6, and 66.7% is 2/3."""
    value, figure = as_figure(fact), place.figure
    if figure.kind is FigureKind.PERIOD and figure.number_min is None:
        days = _DAY.findall(fold(figure.text))
        return bool(days) and days == _DAY.findall(
            fold(value.text)
        )  # 「7月1日から8月21日まで」 of the year in question
    if fact.kind is FactKind.BUDGET_CHANGE:
        return says_same_change(fact, place)
    return same_value(value, figure) or says_in_percent(value, figure)


def _loose(place: Place, context: Context, facts: list[Fact]) -> list[Fact]:
    """What a figure may be that no word calls anything: an amount is a budget or a limit, a part only when named."""
    if place.figure.kind is not FigureKind.MONEY:
        return facts
    kinds = {*BUDGETS, FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.LOAN_POOL}
    if context.subprogram or re.search(r"うち|内訳", place.before):
        kinds.add(FactKind.BREAKDOWN)
    return [fact for fact in facts if fact.kind in kinds]


def _is_paragraph(text: str, statement: Statement, before: int) -> bool:
    """Whether an empty line stands before a statement; ``before`` is the place of the last letter before it."""
    first = next((place for place in statement.places if place >= 0), 0)
    return bool(_EMPTY_LINE.search(text, before, max(before, first)))
