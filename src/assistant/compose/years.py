"""Which year or base a change is reckoned against, and which source of money is asked for by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..figures import find_figures, previous_year, year_number
from ..index import Index
from ..records import Fact, FactKind, FigureKind, Query
from ..retrieve import Retrieval
from ..tokens import fold
from ..understand import wanted
from ..understand.years import LAST_YEAR
from ..values.dated import year_of
from .heard import Heard

_BASE = re.compile(r"/[（(]?(?P<letter>[a-z])(?![a-z])")
_LETTER = r"[（(]{}[)）]"
_REVISED = re.compile(r"現計|補正後|最終予算")
_FIRST = re.compile(r"当初")
_FUNDING = {
    FactKind.FUNDING_NATIONAL: re.compile(r"国庫|国費|国の(?:お金|負担|補助|分|持ち)|国から"),
    FactKind.FUNDING_OTHER: re.compile(r"その他|他の財源|国以外|県債|基金|繰入|特定財源"),
    FactKind.FUNDING_GENERAL: re.compile(r"一般財源|県費|県単|持ち出し|持出|自前|一般会計"),
}
#: This year's budget and last year's.
BOTH = (FactKind.BUDGET, FactKind.BUDGET_PREVIOUS)
_LAST = re.compile(r"前年(?:度|の)|昨年|去年|昨年度|前の年|前回")
_THIS = re.compile(r"今年|本年|当年|今回|令和[0-9]")
_ALL = re.compile(r"内訳|それぞれ|すべて|全て|全部|以外|構成|内分け")


def of_figure_year(query: Query, retrieval: Retrieval, index: Index) -> Query:
    """A question of a year that no document here is of asks for that year's figures in the documents found."""
    if query.figure_year == LAST_YEAR and retrieval.hits:
        own = index.documents[retrieval.hits[0].program.document].fiscal_year
        return replace(query, figure_year=previous_year(own) if year_number(own) is not None else None)
    if not query.fiscal_year or query.figure_year or not retrieval.hits or not wanted(query):
        return query
    asked = year_number(query.fiscal_year)
    years = {year_number(index.documents[hit.program.document].fiscal_year) for hit in retrieval.hits}
    return query if asked is None or years & {asked, None} else replace(query, figure_year=query.fiscal_year)


def of_said_year(year: str | None, facts: list[Fact], home: str = "") -> list[Fact]:
    """The facts of a year that is not their document's own: by their year, else by the year that their case says.

    ``home``: the fiscal year of the document.
    """
    number = year_number(year) if year else None
    if number is None:
        return facts
    return [fact for fact in facts if number in (year_of(fact, home), *_years_of(fact))]


def of_asked_year(question: str, year: str | None, home: str, facts: Sequence[Fact]) -> list[Fact]:
    """The facts of the year asked of; where none is, without those of an earlier year that stand beside this year's.

    ``year`` is one that the question names, ``home`` the fiscal year of the document.  「（前年度はプレミアム率20％）」
    is no answer beside this year's 30％.
    """
    last, this = _LAST.search(question), year_number(home) or 0
    if last and _THIS.search(question):
        return list(facts)
    year = year or (previous_year(home) if last and this else None)
    if year:
        return of_said_year(year, list(facts), home)
    past = {fact.fact_id for fact in facts if (year_of(fact, home) or this) < this}
    own = {(fact.kind, fact.item, fact.unit) for fact in facts if fact.fact_id not in past}
    return [fact for fact in facts if fact.fact_id not in past or (fact.kind, fact.item, fact.unit) not in own]


def _years_of(fact: Fact) -> set[int | None]:
    said = f"{fact.condition or ''} {fact.item or ''}"
    return {year_number(figure.text) for figure in find_figures(said) if figure.kind is FigureKind.YEAR}


def both_years(query: Query, facts: Sequence[Fact], both: Sequence[Fact]) -> list[Fact]:
    """「増えた? 減った?」 where no change is printed: the budgets of both years; a rate is not made of them."""
    if FactKind.BUDGET_CHANGE not in query.kinds or any(fact.kind is FactKind.BUDGET_CHANGE for fact in facts):
        return []
    whole = [fact for fact in both if fact.kind in BOTH and not fact.subprogram]
    rate = re.search(r"[率比%％割]|パーセント", query.question)
    return [] if rate or {fact.kind for fact in whole} != set(BOTH) else whole


def of_year(heard: Heard, facts: list[Fact], every: Sequence[Fact]) -> list[Fact]:
    """Changes against the base that is asked for, and sources of money that are named, without the others.

    ``every`` are all facts of the program: the base of a change in letters, (a-c)/c, is the column (c).
    """
    return _of_source(heard, _of_base(heard, facts, every))


def _of_base(heard: Heard, facts: list[Fact], every: Sequence[Fact]) -> list[Fact]:
    changes = [fact for fact in facts if fact.kind is FactKind.BUDGET_CHANGE]
    base = _REVISED if _REVISED.search(heard.meant) else _FIRST if _FIRST.search(heard.meant) else None
    if base is None or len(changes) < 2:
        return facts
    found = [fact for fact in changes if base.search(_base_of(fact, every))]
    return [fact for fact in facts if fact not in changes or fact in found] if found else facts


def _base_of(fact: Fact, every: Sequence[Fact]) -> str:
    """What a change is against: its own words, else those of the column that its formula divides by."""
    own = fold(f"{fact.condition or ''}{fact.item or ''}")
    letter = _BASE.search(own)
    if letter is None:
        return own
    column = re.compile(_LETTER.format(letter["letter"]))
    return "".join(
        fold(other.item or "")
        for other in every
        if column.search(fold(other.item or "")) and other.kind is not fact.kind
    )


def _of_source(heard: Heard, facts: list[Fact]) -> list[Fact]:
    """「財源のうちその他は」: that source alone; all of them when 内訳 is asked for or none is named."""
    named = {kind for kind, words in _FUNDING.items() if words.search(heard.meant)}
    if not named or _ALL.search(heard.plain):
        return facts
    found = [fact for fact in facts if fact.kind in named]
    return [fact for fact in facts if fact.kind not in _FUNDING or fact in found] if found else facts
