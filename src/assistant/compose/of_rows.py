"""Printed rows of sums that a question names and no program: what is reckoned of offices, accounts and pillars."""

from __future__ import annotations

import re
from dataclasses import replace

from ..index import Index
from ..lexicon import table
from ..records import Draft, DraftSentence, Fact, FactKind, FigureKind, Program, Query
from ..retrieve import scope_of
from ..retrieve.delimiters import measure_of
from ..retrieve.sums import is_of_rows, is_plain, rows_said, totals_of
from ..understand.reckoning import says
from .comparing import set_apart
from .figures import once
from .growing import grown_apart
from .labels import called, fact_label, where_from
from .portions import against_row, says_together
from .refusals import ask_one_by_one
from .within import growth

K = FactKind
_FUNDING = (K.FUNDING_NATIONAL, K.FUNDING_OTHER, K.FUNDING_GENERAL)
_OF_BUDGET = frozenset({K.BUDGET, K.BUDGET_PREVIOUS, K.BUDGET_CHANGE, K.BUDGET_REVISED, K.OTHER, K.TARGET, *_FUNDING})
_ROUGHLY = 0.03  # share by which a rounded change may differ
_APART = ("sum", "difference", "ratio", "compare", "share")


def of_own_rows(query: Query, index: Index) -> Draft | None:
    """How the rows moved that a question names, 「…課は何%伸びた」; None where programs are meant."""
    documents = scope_of(query, index) or set()
    held = [index.programs[one] for one in query.named if index.programs[one].document in documents]
    named = [one for one in held if one.role == "program"]
    if named or query.carried or re.search(table("reckoning")["own_rows"]["others"], query.question):
        return None
    rows = [one for one in rows_said(query.question, index, documents) if not is_plain(one.program)]
    if not rows or len({one.document for one in rows}) > 1 or not is_of_rows(query.question, index, documents):
        return None
    if len(rows) > 1:
        compared = replace(query, kinds=(), operation="compare", premises=())
        return grown_apart(compared, rows, index) if query.operation in ("compare", "rank") else None
    if any(one.kind is not FigureKind.PERCENT for one in query.premises):
        return None
    told = _moved(query, rows[0], index)
    return told and replace(told, sentences=(*_verdict(query, rows[0], index), *told.sentences))


def _verdict(query: Query, row: Program, index: Index) -> list[DraftSentence]:
    """Whether a row moved by the rate, and in the direction, that a question takes for granted."""
    rates = [one.number for one in index.facts_of(row.id) if one.kind is K.BUDGET_CHANGE and one.number is not None]
    if not query.premises or query.premises[0].number is None or not rates:
        return []
    said = query.premises[0]
    wanted = -(said.number or 0) if says(query.question, "shrinking") else (said.number or 0)
    off = min(abs(rate - wanted) for rate in rates)
    if off <= abs(wanted) * _ROUGHLY:
        return [DraftSentence("はい、そのとおりです。" if off == 0 else "おおむねそのとおりです。")]
    turned = min(abs(rate + wanted) for rate in rates) == 0
    text = "いいえ、増減が逆です。" if turned else f"いいえ、{said.text}ではありません。"
    return [DraftSentence(text, allowed=() if turned else (said,))]


def of_rows(query: Query, index: Index) -> Draft | None:
    """The answer on rows of sums of one document; None where a program is named or other figures are asked for."""
    named = [one for one in query.named if index.programs[one].role == "program"]
    if named or query.carried or query.premises or set(query.kinds) - _OF_BUDGET:
        return None
    documents = scope_of(query, index) or set()
    rows = [one for one in rows_said(query.question, index, documents) if not is_plain(one.program)]
    if not rows or len({one.document for one in rows}) > 1:
        return None
    if len(rows) > 1 and query.operation == "share" and says_together(query.question):
        return ask_one_by_one()
    if len(rows) == 1 and query.operation == "share" and against_row(query.question):
        rows += [one for one in totals_of(index, [rows[0].document]) if one.id != rows[0].id]
    elif len(rows) == 1:
        return _moved(query, rows[0], index)
    kinds = tuple(kind for kind in query.kinds if kind in _FUNDING)[:1] or (K.BUDGET,)
    facts = [fact for row in rows if (fact := measure_of(row, kinds, index)) is not None]
    if query.operation not in _APART or len(facts) < len(rows):
        return None
    first = set_apart(query, facts, {fact.fact_id: called(index.programs[fact.program_id]) for fact in facts})
    return Draft("answered", None, (*first, *_each(facts, index))) if first else None


def _each(facts: list[Fact], index: Index) -> list[DraftSentence]:
    told: list[DraftSentence] = []
    for fact in facts:
        row = index.programs[fact.program_id]
        source = f"{where_from(row, index.documents[row.document].region)}の資料では、" if not told else ""
        told.append(DraftSentence(f"{source}{called(row)}の{fact_label(fact)}は、{{0}}です。", (fact,)))
    return told


def _moved(query: Query, row: Program, index: Index) -> Draft | None:
    """How the budget of one row moved, with the rate that is printed for it."""
    rate_alone = query.kinds == (K.BUDGET_CHANGE,) and re.search("率(?:は|って|を)", query.question)  # as it is printed
    moves = says(query.question, "growth") or (says(query.question, "rate") and says(query.question, "years"))
    if not moves or (rate_alone and query.operation is None and query.named):
        return None
    kinds = tuple(dict.fromkeys((*query.kinds, K.BUDGET, K.BUDGET_CHANGE)))
    asked = replace(query, kinds=kinds, operation="compare", named=(row.id,))
    if told := growth(asked, row, index):
        return told
    rates = once([fact for fact in index.facts_of(row.id) if fact.kind is K.BUDGET_CHANGE])
    return Draft("answered", None, tuple(_each(rates, index))) if len(rates) == 1 else None
