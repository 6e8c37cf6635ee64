"""Which facts a figure is held against: those of the program, part, case, year and stage that the text names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..facts.cues import nearest_cue
from ..figures import fiscal_year, year_number
from ..index import Index
from ..records import Fact, FactKind, FigureKind
from ..tokens import fold
from .place import BRACKET, PIECE, Place

LAST_YEAR = (FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED)
# What a program's page states for all its parts; its budget and its sources are not those of a part.
_COMMON = frozenset(
    {
        FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT, FactKind.LIMIT_ADDITION, FactKind.LOAN_LIMIT, FactKind.LOAN_RATE,
        FactKind.GUARANTEE_RATE, FactKind.LOAN_TERM, FactKind.PERIOD, FactKind.PHONE,
    }
)  # fmt: skip
_PREVIOUS = re.compile(r"(?<!対)(?:前年|昨年|去年)(?:度)?(?!度?(?:比|同|並|からの増|からの減|増減))")
_STAGES = ("概算要求", "当初予算", "補正予算")
_REACH = 20  # figures before a figure whose years may be its year


@dataclass
class Context:
    """What the text has said so far."""

    programs: tuple[str, ...] = ()
    subprogram: str | None = None
    regions: tuple[str, ...] = ()
    region_here: bool = False  # this sentence names the region, not an earlier one


def facts_about(program: str, context: Context, index: Index) -> Iterator[Fact]:
    """Facts of a program in the region named; of the part named, with what the program states for all its parts."""
    if context.regions and not _in_region(program, context, index):
        return
    facts = [fact for fact in index.facts_of(program) if "example" not in fact.flags]
    own = [fact for fact in facts if context.subprogram and fact.subprogram == context.subprogram]
    if not own:
        yield from facts
        return
    yield from own
    stated = {fact.kind for fact in own}
    for fact in facts:
        if fact.subprogram is None and fact.kind in _COMMON and (fact.condition or fact.kind not in stated):
            yield fact


def _in_region(program: str, context: Context, index: Index) -> bool:
    """An earlier sentence's region says which of several programs is meant, but bars no program of another region."""
    regions = {index.documents[index.programs[one].document].region for one in context.programs}
    if not context.region_here and not regions & set(context.regions):
        return True
    return index.documents[index.programs[program].document].region in context.regions


def of_condition(place: Place, facts: list[Fact]) -> list[Fact]:
    """Facts of the case (原則枠, 設備資金 …) that was named last before the figure, or in brackets behind it.

    Where no case is named, a figure that holds without one is meant, if the document states one.
    """
    behind = BRACKET.match(place.after)
    plain = fold(place.before + (behind.group() if behind else ""))
    places = {
        condition: _said_at(fold(condition), plain) for condition in {fact.condition for fact in facts} if condition
    }
    named = {condition: at for condition, at in places.items() if at >= 0}
    if not named:
        bare = {(fact.kind, fact.subprogram) for fact in facts if not fact.condition}
        bare |= {(FactKind.BREAKDOWN, fact.subprogram) for fact in facts}  # a share of a case speaks of it alone
        return [fact for fact in facts if not fact.condition or (fact.kind, fact.subprogram) not in bare]
    last = max(named, key=lambda condition: (named[condition], len(condition)))
    stated = {fact.kind for fact in facts if fact.condition == last}
    return [fact for fact in facts if fact.condition == last or (fact.condition is None and fact.kind not in stated)]


def _said_at(condition: str, plain: str) -> int:
    """Where a case is said last: by its whole name, or by the end of a long one (…専門家を活用する場合)."""
    place = plain.rfind(condition)
    if place >= 0 or len(condition) < 2 * PIECE:
        return place
    return plain.rfind(condition[-2 * PIECE :])


def of_term(place: Place, facts: list[Fact]) -> list[Fact]:
    """A term of grace (据置) is none of the loan."""
    cue = nearest_cue(place.before, place.after, place.figure)
    grace = cue is not None and "据置" in cue.word
    return [fact for fact in facts if fact.kind is not FactKind.LOAN_TERM or ("据置" in (fact.item or "")) == grace]


def of_stage(place: Place, facts: list[Fact]) -> list[Fact]:
    """A request is no budget: what a ministry asks for does not say what was voted, nor the other way round."""
    words = {word: place.before.rfind(word) for word in ("要求", "当初予算", "補正予算")}
    said = max(words, key=lambda word: words[word])
    if words[said] < 0 or place.figure.kind is not FigureKind.MONEY:
        return facts
    return [
        fact
        for fact in facts
        if fact.kind is not FactKind.BUDGET or ("要求" in fact.stage) == (said == "要求") or fact.stage not in _STAGES
    ]


def of_year(place: Place, facts: list[Fact], kinds: tuple[FactKind, ...]) -> list[Fact]:
    """Facts of the year that the sentence names, if it names one; else those of the document's own year."""
    said, previous = _year_said(place)
    if said is None and not previous:
        if kinds and set(kinds) <= set(LAST_YEAR):
            return facts
        return [fact for fact in facts if fact.kind not in LAST_YEAR]
    if said is None:
        own = {fact.document: year_number(fact.fiscal_year) for fact in facts if fact.kind not in LAST_YEAR}
        wanted = {document: year - 1 for document, year in own.items() if year}
        found = [fact for fact in facts if year_number(fact.fiscal_year) == wanted.get(fact.document)]
    else:
        found = [fact for fact in facts if year_number(fact.fiscal_year) == said - previous]
    return [fact for fact in found if fact.kind is not FactKind.BUDGET_REVISED or "当初" not in place.before[-12:]]


def _year_said(place: Place) -> tuple[int | None, int]:
    """The year said last before a figure, and 1 when 「前年度」 speaks of this amount.

    「前年度の10億円から9億円に」 and brackets with amounts (前年度 70億円) leave what follows as it was.
    """
    before, figures = place.before, [one for one in place.figures if one.end <= place.figure.start][-_REACH:]
    start = 0
    hidden = [
        match.span()
        for match in BRACKET.finditer(before)
        if any(match.start() < one.start < match.end() and one.kind is not FigureKind.YEAR for one in figures)
    ]
    years = []
    for one in figures:
        if one.kind is FigureKind.YEAR:
            if not any(begin < one.start < end for begin, end in hidden) and fiscal_year(one.text):
                years.append(one)
        else:
            if before.startswith("から", one.end):
                years.clear()
            start = one.end
    said = year_number(years[-1].text) if years else None
    relative = place.figure.kind is FigureKind.MONEY and list(_PREVIOUS.finditer(before, start))
    if relative and (not years or relative[-1].start() > years[-1].start):
        return said, 1
    return said, 0
