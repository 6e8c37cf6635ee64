"""The printed total of a column, of the year that a question says: 「令和3年度の融資実績は合計何件」."""

from __future__ import annotations

import re

from ..figures import year_number
from ..index import Index
from ..lexicon import table
from ..programs.names import match_form
from ..records import Draft, DraftSentence, Fact, FactKind, Program, Query
from ..retrieve import scope_of
from ..retrieve.sums import is_plain
from ..tokens import search_form
from ..values.reckoning import computed, worth
from .columns import column_name
from .labels import called, where_from
from .over_years import years_said

K = FactKind
_KINDS = frozenset({K.COUNT, K.OTHER, K.BREAKDOWN})
_COUNTED = re.compile(r"何(件|社|者|人|名|回|団体)")
_LEAST = 2  # letters of a column's name that say it


def of_column_total(query: Query, index: Index) -> Draft | None:
    """What the row 合計 of one document prints in a column that the question says; None where it says none."""
    rules, said = table("reckoning")["column_total"], match_form(query.question)
    if query.named or query.premises or query.carried or not re.search(rules["total"], search_form(query.question)):
        return None
    documents = scope_of(query, index) or _of_any_year(query, index)
    if len(documents) != 1 or not (query.regions or len(index.documents) == 1):
        return None
    if K.LOAN_POOL in query.kinds or re.search(rules["pool"], query.question):
        return _pools(query, documents, index)
    years = years_said(query.question)
    rows = [one for one in index.programs.values() if one.document in documents and is_plain(one.program)]
    facts = [fact for row in rows for fact in index.facts_of(row.id) if fact.kind in _KINDS and worth(fact) is not None]
    facts = [one for one in facts if (year_number(one.fiscal_year) in years if years else _of_now(one, index))]
    by_name = [one for one in facts if len(column_name(one)) >= _LEAST and column_name(one) in said]
    counted = _COUNTED.search(query.question)
    by_unit = [one for one in facts if counted and one.unit == counted[1] and _is_headed(one, said)]
    found = {(one.item, one.condition): one for one in by_name or by_unit}
    if not found or len(found) < len(by_name or by_unit) or len({one.program_id for one in found.values()}) > 1:
        return None
    row = index.programs[next(iter(found.values())).program_id]
    return Draft("answered", None, tuple(_sentences(row, list(found.values()), index)))


def _of_any_year(query: Query, index: Index) -> set[str]:
    return {one.id for one in index.documents.values() if one.region in query.regions}


def _of_now(fact: Fact, index: Index) -> bool:
    return year_number(fact.fiscal_year) == year_number(index.documents[fact.document].fiscal_year)


def _is_headed(fact: Fact, said: str) -> bool:
    """Whether the heading that a column stands under is said: 融資実績."""
    return bool(fact.condition) and match_form(fact.condition or "") in said


def _sentences(row: Program, facts: list[Fact], index: Index) -> list[DraftSentence]:
    own = index.documents[row.document]
    told = []
    for place, one in enumerate(facts):
        source = f"{where_from(row, own.region)}の資料では、" if place == 0 else ""
        when = "" if one.fiscal_year == own.fiscal_year else f"{one.fiscal_year}の"
        told.append(DraftSentence(f"{source}{called(row)}の{when}「{one.item}」は、{{0}}です。", (one,)))
    return told


def _pools(query: Query, documents: set[str], index: Index) -> Draft | None:
    """「令和4年度の枠は二つ合わせると」: what all funds of a document may lend in one year, each printed once."""
    years = years_said(query.question)
    programs = [one for one in index.programs.values() if one.document in documents and one.role == "program"]
    every = [fact for one in programs for fact in index.facts_of(one.id) if fact.kind is K.LOAN_POOL]
    facts = [one for one in every if year_number(one.fiscal_year) in years and worth(one) is not None]
    owners = {one.program_id for one in facts}
    total = computed("sum", facts) if years and len(owners) == len(facts) > 1 else None
    if total is None or owners != {one.program_id for one in every}:
        return None
    names = "、".join(called(index.programs[one.program_id]) for one in facts)
    told = [
        DraftSentence(f"{called(index.programs[one.program_id])}の{one.fiscal_year}の融資枠は、{{0}}です。", (one,))
        for one in facts
    ]
    return Draft("answered", None, (DraftSentence(f"{names}の融資枠の合計は、{{=0}}です。", computed=(total,)), *told))
