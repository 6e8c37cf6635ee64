"""A text that somebody wrote → its figures, each verified, contradicted or unsupported by the fact table.

``statements`` cuts the text, ``sharing`` what it tells of several names at once; ``hearing`` says which program a
figure is of, ``strangers`` that it is of none; ``place`` is a figure in its sentence; ``words`` tell its kinds;
``aside`` tells which figures are no program's; ``scope`` chooses the facts a figure is held against; ``rounding``
knows rough ones.
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
from .cases import of_condition
from .hearing import Hearing
from .place import Place, counts_one, moved
from .rounding import says_roughly
from .scope import Context, facts_about, of_base, of_item, of_name, of_stage, of_term, of_year
from .sharing import shared
from .statements import Statement, statements
from .words import BUDGETS, GREW, kinds_said

__all__ = ["Finding", "check_text"]

LONGEST = 200_000
_DAY = re.compile(r"([0-9]+)月([0-9]+)日")
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
    """Every figure of a text against the facts of the program that its sentence, or the one before, names."""
    context = Context(programs=_programs_like(program, index) if program else (), fixed=bool(program))
    fixed = context.programs
    findings: list[Finding] = []
    stated = [(one, vocabulary.mentions(one.said)) for one in statements(text[:LONGEST])]
    context.programs = context.programs or _only_one(stated)
    hearing = Hearing(index, vocabulary, fixed)
    for statement, named in stated:
        context.asked = context.asked or "要求" in statement.said
        names = hearing.knows(context, named).said(statement.said, named)
        for one in shared(statement, names, find_figures(statement.said)):
            findings += _checked(text, one, context, hearing)
    return _once(findings)


def _checked(text: str, statement: Statement, context: Context, hearing: Hearing) -> Iterator[Finding]:
    """The findings of a statement; the context goes on with what it was about."""
    sentence = statement.said
    figures = tuple(part for figure in find_figures(sentence) for part in moved(figure, sentence))
    mentions = hearing.begin(statement, figures, context)
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


def _programs_like(name: str, index: Index) -> tuple[str, ...]:
    part = fold(name)
    return tuple(
        program.id
        for program in index.programs.values()
        if any(part in fold(other) for other in (program.program, *program.aliases, *program.subprograms))
    )


def _judge(place: Place, context: Context, index: Index) -> tuple[str, list[Fact]]:
    """What is to be said of a figure, and the facts that say it."""
    if place.of_whole:
        context = replace(context, subprogram=None)
    facts = [fact for program in context.programs for fact in facts_about(program, context, index)]
    cases = {fact.condition for fact in facts if fact.condition}
    place = replace(place, cases=tuple(sorted(cases, key=lambda case: (-len(case), case))))
    if is_sum(place):
        return _judge_sum(place, facts)
    kinds, sure = kinds_said(place, context.subprogram)
    if is_of_another(place, facts, called=sure or bool(place.mentions)):
        return "unsupported", []
    facts = of_stage(place, context, of_year(place, facts, kinds if sure else ()))
    facts = of_base(place, of_term(place, of_condition(place, facts)))
    if FactKind.BUDGET in kinds and any(fact.kind is FactKind.BREAKDOWN and fact.condition for fact in facts):
        kinds = (*kinds, FactKind.BREAKDOWN)  # the budget of a case that the sentence names
    kinds = kinds or _DEFAULT.get(place.figure.kind, ())
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
    silent = own or speaks_of_several(place) or is_supposed(place)
    return ("contradicted", about) if about and kinds and not silent else ("unsupported", [])


def _judge_sum(place: Place, facts: list[Fact]) -> tuple[str, list[Fact]]:
    """A sum of amounts told before: that of one program may be its budget; of several, no program states it."""
    one = len({mention.programs for mention in place.mentions}) == 1
    same = _same([fact for fact in facts if one and fact.kind in BUDGETS], place)
    return ("verified", same) if same else ("unsupported", [])


def _same(facts: list[Fact], place: Place) -> list[Fact]:
    """The facts that a figure states: exactly, else those that it rounds, where it is told as a rough one."""
    exact = [fact for fact in facts if _says_same(fact, place)]
    return exact or [fact for fact in facts if says_roughly(as_figure(fact), place)]


def _told(text: str, span: tuple[int, int], figure: Figure, status: str, facts: list[Fact]) -> Finding:
    start, end = span
    line_start = text.rfind("\n", 0, start) + 1
    return Finding(
        text[start:end], figure.kind.value, status, text.count("\n", 0, start) + 1, start - line_start,
        end - line_start, facts[0].program if facts else None, tuple(facts),
    )  # fmt: skip


def _says_same(fact: Fact, place: Place) -> bool:
    """Equal values; 「4.6%の減」 is ▲4.6 and never 4.6."""
    value, figure = as_figure(fact), place.figure
    if figure.kind is FigureKind.PERIOD and figure.number_min is None:
        days = _DAY.findall(fold(figure.text))
        return bool(days) and days == _DAY.findall(
            fold(value.text)
        )  # 「7月1日から8月21日まで」 of the year in question
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
