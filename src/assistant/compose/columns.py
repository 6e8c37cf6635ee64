"""Figures of one column of a table: what share of its printed sum a row has, how much comes to each of those counted.

::

    「創業資金の融資枠は全体の何%?」 ─▶ the row of 創業資金, the column 融資枠, the row 合計 of that column
    「1件あたりの交付額は?」          ─▶ the row, its columns 交付額 and 交付件数
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..figures import year_number
from ..index import Index
from ..lexicon import table
from ..programs.names import match_form
from ..records import Draft, DraftSentence, Fact, FactKind, Program, Query
from ..retrieve import scope_of
from ..retrieve.sums import is_plain, rows_named
from ..understand.reckoning import pieces_of, places_asked, says
from ..values.reckoning import COUNTS, computed, worth
from .figures import once
from .labels import called, fact_label, where_from
from .over_years import years_said

K = FactKind
_COLUMNS = frozenset({K.LOAN_POOL, K.BUDGET_REVISED, K.BREAKDOWN, K.OTHER, *COUNTS})
_AMOUNTS = frozenset({K.OTHER, K.BUDGET, K.BREAKDOWN})
_BY_ITEM = frozenset({K.BREAKDOWN, K.OTHER, *COUNTS})
_YEAR = re.compile(r"(?:令和|平成|r|h)?[0-9元]+(?:年度|年)?")
_ASKED_FOR = re.compile("応募|申請|申込|申し込み")  # what was asked for, and not what was given
_LEAST = 2  # letters of a column's name that say it
_STRETCH = 5  # letters of a row's name that say it


def of_columns(query: Query, index: Index) -> Draft | None:
    """What is reckoned of the columns of one row; None where a question asks for no such thing."""
    return share_of_column(query, index) or for_each(query, index) or rate_of_counts(query, index)


def share_of_column(query: Query, index: Index) -> Draft | None:
    """A row's figure of a column that the question says, as a share of the printed sum of that column."""
    if query.operation != "share" or not says(query.question, "of_all"):
        return None
    found = []
    for row in _rows_said(query, index):
        part = _of_column(query, row, index)
        whole = _sum_of(part, row, index) if part is not None else None
        if part is not None and whole is not None:
            found.append((part, whole))
    if not found:
        return _of_total(query, index)
    if len(found) != 1:
        return None
    part, whole = found[0]
    share = computed("share", (part, whole), places=places_asked(query.question))
    if share is None:
        return None
    row, total = index.programs[part.program_id], index.programs[whole.program_id]
    text = f"{_from(row, index)}{called(total)}の{_label(whole)}に占める{called(row)}の割合は、{{=0}}です。"
    return Draft("answered", None, (DraftSentence(text, computed=(share,)), *_operands((part, whole), index)))


def _of_total(query: Query, index: Index) -> Draft | None:
    """「保証料補助は計の何%」: an item of the printed total itself, where no row is said."""
    documents = _documents(query, index)
    totals = [one for one in index.programs.values() if one.document in documents and is_plain(one.program)]
    said = match_form(query.question)
    found = [
        (part, whole)
        for row in totals
        for part in index.facts_of(row.id)
        for whole in index.facts_of(row.id)
        if part.kind is K.BREAKDOWN and whole.kind is K.BUDGET and whole.fiscal_year == part.fiscal_year
        if part.item and len(column_name(part)) >= _STRETCH and column_name(part) in said and not whole.condition
    ]
    share = computed("share", found[0], places=places_asked(query.question)) if len(found) == 1 else None
    if share is None or query.named:
        return None
    part, whole = found[0]
    row = index.programs[part.program_id]
    text = f"{_from(row, index)}{called(row)}の{_label(whole)}に占める{_label(part)}の割合は、{{=0}}です。"
    return Draft("answered", None, (DraftSentence(text, computed=(share,)), *_operands(found[0], index)))


def for_each(query: Query, index: Index) -> Draft | None:
    """「1件あたりいくら」: an amount of a program by how many it was for, both of one table and year."""
    if not says(query.question, "for_each") or query.premises:
        return None
    found = [(amount, count) for row in _rows_said(query, index) for amount, count in _paid_for(query, row, index)]
    if len(found) != 1:
        return None
    amount, count = found[0]
    each = computed("per", (amount, count))
    if each is None:
        return None
    row = index.programs[amount.program_id]
    text = f"{_from(row, index)}{called(row)}の{_label(amount)}を{_label(count)}で平均すると、{{=0}}です。"
    return Draft("answered", None, (DraftSentence(text, computed=(each,)), *_operands((amount, count), index)))


def rate_of_counts(query: Query, index: Index) -> Draft | None:
    """「採択率は?」: of two counts of one line the part by the whole, where no rate is printed or it is doubted."""
    rules = table("reckoning")["rate_of_counts"]
    if not says(query.question, "rate_of_counts") or query.premises:
        return None
    found = []
    for row in _rows_said(query, index):
        facts = [one for one in _of_time(query, row, _own(row, index)) if one.kind in COUNTS and one.yen is None]
        parts = [one for one in facts if re.search(rules["part"], one.item or "")]
        wholes = [one for one in facts if re.search(rules["whole"], one.item or "") and one not in parts]
        found += [(part, whole) for part in parts for whole in wholes if part.line_start == whole.line_start]
    printed = _printed_rates(found[0][0], index) if len(found) == 1 else []
    if len(found) != 1 or (printed and not re.search(rules["again"], query.question)):
        return None
    part, whole = found[0]
    share = computed("share", (part, whole), places=places_asked(query.question))
    if share is None:
        return None
    row = index.programs[part.program_id]
    text = f"{_from(row, index)}{called(row)}の{_label(part)}は、{_label(whole)}の{{=0}}に当たります。"
    return Draft("answered", None, (DraftSentence(text, computed=(share,)), *_operands((part, whole, *printed), index)))


def _printed_rates(part: Fact, index: Index) -> list[Fact]:
    line = [one for one in index.facts_of(part.program_id) if one.line_start == part.line_start]
    return [one for one in line if one.unit in ("%", "％") and "率" in (one.item or "")]


def _from(row: Program, index: Index) -> str:
    return f"{where_from(row, index.documents[row.document].region)}の資料では、"


def _label(fact: Fact) -> str:
    return f"「{fact.item}」" if fact.kind in _BY_ITEM and fact.item else fact_label(fact)


def _operands(facts: Sequence[Fact], index: Index) -> list[DraftSentence]:
    return [
        DraftSentence(f"{called(index.programs[fact.program_id])}の{_label(fact)}は、{{0}}です。", (fact,))
        for fact in facts
    ]


# ---- rows and columns


def _rows_said(query: Query, index: Index) -> list[Program]:
    """The rows that a question names: programs, accounts and offices; else those it says a long stretch of."""
    documents = _documents(query, index)
    held = [one for one in index.programs.values() if one.document in documents and not is_plain(one.program)]
    said = match_form(query.question)
    named = [one for one in held if any(name in said for name in _names(one))]
    named += [one for one in held if one.id in query.named and one not in named]
    rows = [one for one in rows_named(query.question, index, documents) if not is_plain(one.program)]
    named += [one for one in rows if one not in named]
    if not named:
        pieces = [match_form(piece.text) for piece in pieces_of(query.question).pieces]
        long = [piece for piece in pieces if len(piece) >= _STRETCH]
        named = [one for one in held if any(piece in match_form(one.program) for piece in long)]
    words = {one.id: max((name for name in _names(one) if name in said), key=len, default="") for one in named}
    said_so = set(words.values()) - {""}
    return [one for one in named if not any(words[one.id] in longer != words[one.id] for longer in said_so)]


def _names(program: Program) -> list[str]:
    return [match_form(name) for name in (program.program, *program.aliases)]


def _documents(query: Query, index: Index) -> set[str]:
    """Ids of the documents asked about; a year that none of them is of is that of a column: 「R6の実績」."""
    found = scope_of(query, index)
    return found or scope_of(replace(query, fiscal_year=None), index) or set()


def _own(row: Program, index: Index) -> list[Fact]:
    """The figures of a row that may be reckoned with."""
    facts = [one for one in index.facts_of(row.id) if worth(one) is not None and one.per is None]
    return [one for one in facts if not {"example", "再掲"} & set(one.flags) and one.unit not in ("%", "％")]


def _in_year(query: Query, row: Program, facts: list[Fact]) -> list[Fact]:
    years = years_said(query.question)
    of_years = [one for one in facts if year_number(one.fiscal_year) in years]
    own = [one for one in facts if one.fiscal_year == row.fiscal_year]
    return of_years if years else own or facts


def _of_time(query: Query, row: Program, facts: list[Fact]) -> list[Fact]:
    """Those of the years said, or of the year before where that is said; else all."""
    if years_said(query.question):
        return _in_year(query, row, facts)
    now = year_number(row.fiscal_year)
    before = [one for one in facts if now is not None and year_number(one.fiscal_year) == now - 1]
    return before if says(query.question, "last_year") else facts


def column_name(fact: Fact) -> str:
    """What a column is called, without the year in it: 「令和6年度融資枠」 → 融資枠."""
    return _YEAR.sub("", re.sub(r"\([^()]*\)", "", match_form(fact.item or fact.subprogram or "")))


def _of_column(query: Query, row: Program, index: Index) -> Fact | None:
    """The one figure of a row whose column the question says, by its name or its kind."""
    facts = [one for one in _own(row, index) if one.kind in _COLUMNS]
    said = match_form(query.question).replace(match_form(row.program), "〓")
    of_kind = [one for one in facts if one.kind in query.kinds and one.kind not in _BY_ITEM]
    by_name = _said_of([one for one in facts if one.kind in _BY_ITEM], said)
    chosen = once(_in_year(query, row, by_name or of_kind))
    return chosen[0] if len(chosen) == 1 else None


def _sum_of(part: Fact, row: Program, index: Index) -> Fact | None:
    """The figure of the same column in the printed row of sums of its document."""
    rows = [one for one in index.programs.values() if one.document == row.document and is_plain(one.program)]
    key = (part.kind, part.item, part.condition, part.subprogram, part.fiscal_year, part.yen is None)
    found = [
        fact
        for one in rows
        for fact in index.facts_of(one.id)
        if (fact.kind, fact.item, fact.condition, fact.subprogram, fact.fiscal_year, fact.yen is None) == key
    ]
    found = [one for one in found if worth(one) is not None and (worth(one) or 0) > (worth(part) or 0)]
    below = sorted((one for one in found if one.line_start >= part.line_start), key=lambda one: one.line_start)
    totals = [one for one in below if index.programs[one.program_id].role == "total"] or below
    return totals[0] if totals else None


def _paid_for(query: Query, row: Program, index: Index) -> list[tuple[Fact, Fact]]:
    """An amount of a row and how many it was for: of the names said, else what one table prints beside each other."""
    said = match_form(query.question).replace(match_form(row.program), "〓")
    facts = _of_time(query, row, _own(row, index))
    unit = re.search(table("reckoning")["for_each"]["unit"], query.question)
    counts = [one for one in facts if one.kind in COUNTS and one.yen is None and _counts(one, unit[1] if unit else "")]
    amounts = [one for one in facts if one.kind in _AMOUNTS and one.yen is not None]
    counts = _said_of(counts, said) or [one for one in counts if not _ASKED_FOR.search(one.item or "")] or counts
    named = _said_of(amounts, said)
    pairs = [(one, other) for one in named or amounts for other in counts if _beside(one, other)]
    of_results = [pair for pair in pairs if pair[0].kind is K.OTHER]
    if says(query.question, "spent") and not named:
        pairs = [pair for pair in pairs if pair[0].kind is K.BUDGET] or pairs
    elif of_results:
        pairs = of_results
    return pairs if len(pairs) == 1 else []


def _said_of(facts: list[Fact], said: str) -> list[Fact]:
    return [one for one in facts if one.item and len(column_name(one)) >= _LEAST and column_name(one) in said]


def _counts(fact: Fact, unit: str) -> bool:
    return unit[:1] in (fact.unit or "")[:1] or (bool(unit) and unit in (fact.item or ""))


def _beside(amount: Fact, count: Fact) -> bool:
    """Whether an amount and a count may be divided: of one year and part, and both results or both planned."""
    if (amount.fiscal_year, amount.subprogram) != (count.fiscal_year, count.subprogram):
        return False
    if amount.kind is K.BUDGET:
        return count.kind is K.COUNT and not amount.condition
    return amount.line_start == count.line_start
