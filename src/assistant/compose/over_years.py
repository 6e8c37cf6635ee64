"""One program's figure in two years: its budget by the year before, and figures that two years are printed for."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import find_figures, year_number
from ..index import Index
from ..records import Draft, DraftSentence, Fact, FactKind, FigureKind, Program, Query
from ..tokens import search_form
from ..understand.reckoning import says
from ..values.reckoning import computed, worth
from .comparing import kinds_asked
from .figures import once
from .labels import called, fact_label, where_from

K = FactKind
_YEAR = re.compile(
    r"(?:令和|れいわ|[rR])(?P<era>元|[0-9]{1,2})(?![0-9.])"
    r"|(?<![0-9.成h])(?P<bare>元|[0-9]{1,2})(?:年度|ねんど)"
)
_TWO = (K.LOAN_POOL, K.LOAN_LIMIT, K.LOAN_RATE, K.SUBSIDY_LIMIT, K.SUBSIDY_RATE, K.COUNT, K.GUARANTEE_RATE)


def years_said(question: str) -> set[int]:
    """The western years of those that a question says: 「R2当初とR1当初」; without an era of 令和: 「7年度と8年度」."""
    found = (match["era"] or match["bare"] for match in _YEAR.finditer(search_form(question)))
    printed = {year_number(one.text) for one in find_figures(question) if one.kind is FigureKind.YEAR} - {None}
    return {2018 + (1 if one == "元" else int(one)) for one in found} | {one for one in printed if one}


def of_years_said(query: Query, facts: tuple[Fact, ...]) -> bool:
    """Whether the figures are of the years that a question says."""
    return years_said(query.question) <= {year_number(fact.fiscal_year) for fact in facts}


def in_two_years(query: Query, program: Program, index: Index) -> Draft | None:
    """「融資枠は4年度と5年度でどう変わった?」: a figure that is no budget, as two years are printed for."""
    kinds = [kind for kind in kinds_asked(query) if kind in _TWO]
    for kind in kinds if says(query.question, "years") else ():
        facts = [fact for fact in index.facts_of(program.id) if fact.kind is kind and worth(fact) is not None]
        facts = [fact for fact in facts if not fact.condition and not fact.subprogram]
        facts = once([fact for fact in facts if "example" not in fact.flags])
        facts.sort(key=lambda fact: year_number(fact.fiscal_year) or 0)
        if len(facts) == 2 and facts[0].fiscal_year != facts[1].fiscal_year and of_years_said(query, tuple(facts)):
            return _told(program, facts[0], facts[1], index)
    return None


def _told(program: Program, past: Fact, now: Fact, index: Index) -> Draft:
    source = f"{where_from(program, index.documents[program.document].region)}の資料では、"
    name, label = called(program), fact_label(now)
    more = (worth(now) or 0) > (worth(past) or 0)
    change = computed("difference", (now, past) if more else (past, now)) if worth(now) != worth(past) else None
    told = [DraftSentence(f"{name}の{fact.fiscal_year}の{label}は、{{0}}です。", (fact,)) for fact in (past, now)]
    if change is None:
        return Draft("answered", None, (replace(told[0], text=source + told[0].text), told[1]))
    moved = "増えて" if more else "減って"
    text = f"{source}{name}の{label}は、{past.fiscal_year}と比べて、{now.fiscal_year}は{{=0}}{moved}います。"
    return Draft("answered", None, (DraftSentence(text, computed=(change,)), *told))
