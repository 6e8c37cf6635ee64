"""One program's figure in two years: its budget by the year before, and figures that two years are printed for."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import find_figures, year_number
from ..index import Index
from ..programs.names import match_form
from ..records import Draft, DraftSentence, Fact, FactKind, FigureKind, Program, Query
from ..tokens import search_form
from ..understand.reckoning import says
from ..values.reckoning import COUNTS, computed, worth
from .comparing import kinds_asked
from .figures import once, sentences_of
from .labels import called, fact_label, where_from

K = FactKind
_YEAR = re.compile(
    r"(?:令和|れいわ|[rR])(?P<era>元|[0-9]{1,2})(?![0-9.])"
    r"|(?<![0-9.成h])(?P<bare>元|[0-9]{1,2})(?:年度|ねんど)"
)
_UNIT = re.compile(r"何(件|社|者|人|名|箇所|か所|ヶ所|カ所|回|店|団体|組)")
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
            counts = kind in COUNTS and worth(facts[0]) != worth(facts[1])
            counted = _counted(query, program, facts[0], facts[1], index) if counts else None
            return counted or _told(program, facts[0], facts[1], index)
    return _same_in_two_years(query, program, index)


def in_each_year(query: Query, program: Program, index: Index) -> Draft | None:
    """「7年度と8年度と9年度計画は?」: the one budget of each of three and more years that a question says."""
    years = years_said(query.question)
    of_budgets = (K.BUDGET, K.BUDGET_PREVIOUS, K.BUDGET_REVISED)
    facts = [fact for fact in index.facts_of(program.id) if fact.kind in of_budgets and not fact.subprogram]
    of_year = [once([fact for fact in facts if year_number(fact.fiscal_year) == year]) for year in sorted(years)]
    if len(years) < 3 or not set(query.kinds) <= set(of_budgets) or not all(len(own) == 1 for own in of_year):
        return None
    told = sentences_of(replace(query, kinds=of_budgets, operation=None), program, index, [own[0] for own in of_year])
    return Draft("answered", None, tuple(told))


def _same_in_two_years(query: Query, program: Program, index: Index) -> Draft | None:
    """「採択見込みは前年度より何件増える」: the two figures that count one thing in two years."""
    if query.operation != "difference":
        return None
    facts = [fact for fact in index.facts_of(program.id) if fact.kind in COUNTS and worth(fact) is not None]
    facts = [fact for fact in facts if not fact.subprogram and "example" not in fact.flags]
    unit = _UNIT.search(query.question)
    facts = [fact for fact in facts if _fits(fact, unit[1] if unit else "円")]
    years = years_said(query.question) & {year_number(fact.fiscal_year) for fact in facts}
    pairs = [
        (past, now)
        for now in facts
        for past in facts
        if (first := year_number(past.fiscal_year) or 0) < (last := year_number(now.fiscal_year) or 0)
        and years <= {first, last}
        and _one_thing(now, past)
    ]
    said = match_form(query.question)
    spoken = [pair for pair in pairs if any(_shares(fact, said) for fact in pair)] or pairs
    return _counted(query, program, *spoken[0], index) if len(spoken) == 1 else None


def _counted(query: Query, program: Program, past: Fact, now: Fact, index: Index) -> Draft | None:
    moved = sentence_of_change(program, past, now, (past.fiscal_year, now.fiscal_year), index)
    if moved is None:
        return None
    kinds = tuple(dict.fromkeys((now.kind, past.kind)))
    told = sentences_of(replace(query, kinds=kinds, operation=None), program, index, [now, past])
    return Draft("answered", None, (moved, *told))


def sentence_of_change(
    program: Program, past: Fact, now: Fact, times: tuple[str, str], index: Index, of: str = ""
) -> DraftSentence | None:
    """By how much a figure grew or shrank between two ``times``; ``of`` is what is said of the program (の予算額)."""
    more = (worth(now) or 0) > (worth(past) or 0)
    change = computed("difference", (now, past) if more else (past, now))
    if change is None:
        return None
    source = f"{where_from(program, index.documents[program.document].region)}の資料では、"
    moved = "増えて" if more else "減って"
    text = f"{source}{called(program)}{of}は、{times[0]}と比べて、{times[1]}は{{=0}}{moved}います。"
    return DraftSentence(text, computed=(change,))


def _fits(fact: Fact, unit: str) -> bool:
    return fact.yen is not None if unit == "円" else fact.yen is None and (fact.unit or "").startswith(unit[0])


def _one_thing(one: Fact, other: Fact) -> bool:
    """Whether two figures count the same: their names are one but for the year, or one of them has none."""
    names = [re.sub(r"(?:令和|平成)?[0-9０-９元]+年度?|全体|[のは]", "", fact.item or "") for fact in (one, other)]
    if one.unit != other.unit or (one.yen is None) != (other.yen is None):
        return False
    return names[0] in names[1] or names[1] in names[0]


def _shares(fact: Fact, said: str) -> bool:
    name = match_form(fact.item or "")
    return any(name[place : place + 3] in said for place in range(len(name) - 2))


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
