"""All that a document sums up, asked for in wide words: 「松浜県の商工の予算、全体では?」, in one region or several."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import year_number
from ..index import Index
from ..lexicon import table
from ..records import Draft, DraftSentence, Fact, FactKind, Program, Query
from ..retrieve.delimiters import measure_of, title_of
from ..retrieve.sums import rows_named, totals_of
from ..tokens import fold, search_form
from ..understand.places import regions_in
from ..understand.reckoning import says
from .comparing import set_apart
from .figures import once
from .labels import called, fact_label, where_from
from .over_years import years_said
from .within import growth

K = FactKind
# 「何%」 of a budget may be read as a figure of another sort
_MAY_MEAN = frozenset({K.BUDGET, K.BUDGET_PREVIOUS, K.BUDGET_CHANGE, K.BUDGET_REVISED, K.OTHER, K.TARGET})
_LEFT = 3  # hiragana that may be left of a question that says nothing else
_IN_KANA = re.compile(r"^[ぁ-ん]{2,6}(?:けん|し)(?=[のはでに 　])")
_NO_PARTICLE = re.compile(r"[^ぁ-ん]|[のはがをにでともや]")
_SET_APART = ("compare", "difference", "ratio", "sum")


def of_wholes(query: Query, index: Index) -> Draft | None:
    """The printed total of each region that a question names, this year's or last year's, or how it moved."""
    if not query.regions or query.carried or query.premises or set(query.kinds) - _MAY_MEAN:
        return None
    if any(index.programs[one].role == "program" for one in query.named):
        return None
    if strange := _of_another_field(query, index):
        return strange
    rows = [_row(query, region, index) for region in query.regions]
    known = [row for row in rows if row is not None]
    if not known or len(known) < len(rows):
        return None
    moved = says(query.question, "growth") or says(query.question, "rate") or (len(rows) == 1 and _beside(query))
    told = [one for row in known for one in (_moved(query, row, index) if moved else _figure(query, row, index))]
    if not told:
        return None
    return Draft("answered", None, (*(_set_apart(query, known, index) if not moved else []), *told))


def _of_another_field(query: Query, index: Index) -> Draft | None:
    """「山形県の農業の予算は全部で?」: nothing in the documents of the one region asked about is called so."""
    said = [word for word in table("scopes")["wholes"]["fields"] if word in query.question]
    held = [one for one in index.documents.values() if one.region in query.regions]
    names = "".join(title_of(index, one.id) + one.publisher for one in held)
    names += "".join(
        "".join((one.program, *one.section, *one.departments))
        for one in index.programs.values()
        if index.documents[one.document] in held
    )
    if not said or not held or len(query.regions) != 1 or any(word in names for word in said):
        return None
    plain = re.sub("|".join(said), "", query.question)
    if not all(_says_all(plain, one.id, index) for one in held):
        return None
    none = f"ご質問に当たる支援制度は、収録した{query.regions[0]}の資料に見当たりません。"
    return Draft("abstained", "not_in_corpus", (DraftSentence(none),))


def _beside(query: Query) -> bool:
    return query.operation in ("compare", "difference") and says(query.question, "before")


def _row(query: Query, region: str, index: Index) -> Program | None:
    """The one total of a region's one document, or the account that is left; None where a question says more."""
    documents = [one.id for one in index.documents.values() if one.region == region]
    totals = totals_of(index, documents)
    if len(documents) != 1 or len(totals) != 1 or not _says_all(query.question, documents[0], index):
        return None
    if re.search(table("scopes")["sums"]["left_out"], fold(query.question)):
        rest = rows_named(query.question, index, documents)
        return rest[0] if len(rest) == 1 else None
    return totals[0]


def _says_all(question: str, document: str, index: Index) -> bool:
    """Whether a question says no more than a document's field, that all of it is meant, and what is asked of it."""
    rules = table("scopes")["wholes"]
    text = regions_in(search_form(question), ())[1]
    if not re.search(rules["all"], text):
        return False
    title = fold(title_of(index, document) + index.documents[document].publisher)
    own = [word for word in rules["fields"] if word in title]
    text = re.sub("|".join((*own, *rules["general"])), " ", _IN_KANA.sub("", text))
    for _ in range(2):  # 「部予算」: 部 stands alone when 予算 is gone
        text = re.sub("|".join(rules["fillers"]), " ", text)
    return re.search(r"[一-龠ァ-ヴA-Za-z0-9]", text) is None and len(_NO_PARTICLE.sub("", text)) <= _LEFT


def _figure(query: Query, row: Program, index: Index) -> list[DraftSentence]:
    """This year's total; last year's where that year alone is said."""
    years, last = years_said(query.question), says(query.question, "last_year")
    now = measure_of(row, (K.BUDGET,), index)
    before = measure_of(row, (K.BUDGET_PREVIOUS,), index)
    if years and now is not None and year_number(now.fiscal_year) in years:
        last = False
    elif years:
        last = before is not None and year_number(before.fiscal_year) in years
        if not last:
            return []
    fact = before if last else now
    source = f"{where_from(row, index.documents[row.document].region)}の資料では、"
    if fact is None:
        what = "前年度の予算額" if last else "予算額"
        return [DraftSentence(f"{called(row)}の{what}は、収録した資料に記載がありません。")] if last else []
    return [DraftSentence(f"{source}{called(row)}の{fact_label(fact)}は、{{0}}です。", (fact,))]


def _moved(query: Query, row: Program, index: Index) -> list[DraftSentence]:
    """By how much a total moved, and the rate that is printed for it."""
    asked = replace(query, kinds=(K.BUDGET, K.BUDGET_CHANGE), operation="compare", named=(row.id,))
    told = growth(asked, row, index)
    if told is not None:
        return list(told.sentences)
    rates = once([fact for fact in index.facts_of(row.id) if fact.kind is K.BUDGET_CHANGE])
    source = f"{where_from(row, index.documents[row.document].region)}の資料では、"
    printed = [DraftSentence(f"{source}{called(row)}の{fact_label(one)}は、{{0}}です。", (one,)) for one in rates[:1]]
    return [*printed, *_figure(replace(query, question=""), row, index)] if printed else []


def _set_apart(query: Query, rows: list[Program], index: Index) -> list[DraftSentence]:
    facts: list[Fact] = [fact for row in rows if (fact := measure_of(row, (K.BUDGET,), index)) is not None]
    if (
        len(rows) < 2
        or len(facts) < len(rows)
        or query.operation not in _SET_APART
        or says(query.question, "last_year")
    ):
        return []
    return set_apart(query, facts, {fact.fact_id: called(row) for fact, row in zip(facts, rows, strict=True)})
