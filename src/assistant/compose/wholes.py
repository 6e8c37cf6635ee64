"""All that a document sums up, asked for in wide words: 「松浜県の商工の予算、全体では?」, in one region or several."""

from __future__ import annotations

import re
from dataclasses import replace

from ..figures import year_number
from ..index import Index
from ..lexicon import table
from ..records import Draft, DraftSentence, Fact, FactKind, Program, Query
from ..retrieve.delimited import title_of
from ..retrieve.delimiters import measure_of
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
_NAME = 6  # letters of a total's own name that mean it
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
    query = _of_same_year(query, known, index)
    if not known or len(known) < len(rows):
        return None
    moved = says(query.question, "growth") or says(query.question, "rate") or (len(rows) == 1 and _beside(query))
    told = [one for row in known for one in (_moved(query, row, index) if moved else _figure(query, row, index))]
    if not told:
        return None
    if not any(one.facts or one.computed for one in told):
        return Draft("abstained", "not_stated", tuple(told))
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
    plain = re.sub("|".join(said), "", query.placeless or query.question)
    if not all(_says_all(plain, one.id, index) for one in held):
        return None
    none = f"ご質問に当たる支援制度は、収録した{query.regions[0]}の資料に見当たりません。"
    return Draft("abstained", "not_in_corpus", (DraftSentence(none),))


def _of_same_year(query: Query, rows: list[Program], index: Index) -> Query:
    """「松浜県の前年度と、川辺県の同じ年度」: the year before of the one that is said first, for each of them."""
    if len(rows) < 2 or not re.search("同じ年|同年|おなじ年", query.question) or years_said(query.question):
        return query
    before = measure_of(rows[0], (K.BUDGET_PREVIOUS,), index)
    if before is None or not says(query.question, "last_year"):
        return query
    return replace(query, question=f"{query.question} {before.fiscal_year}")


def _beside(query: Query) -> bool:
    return query.operation in ("compare", "difference") and says(query.question, "before")


def _row(query: Query, region: str, index: Index) -> Program | None:
    """The one total of a region's one document, or the account that is left; None where a question says more."""
    documents = [one.id for one in index.documents.values() if one.region == region]
    totals = totals_of(index, documents)
    if len(documents) != 1 or len(totals) != 1:
        return None
    asked = query.placeless or query.question
    if not _says_all(asked, documents[0], index, called_so=_is_called(query.question, totals[0], region)):
        return None
    if re.search(table("scopes")["sums"]["left_out"], fold(query.question)):
        rest = rows_named(query.question, index, documents)
        return rest[0] if len(rest) == 1 else None
    return totals[0]


def _is_called(question: str, row: Program, region: str) -> bool:
    """「産業経済関連の当初予算」: whether a total is called by its own name, whatever joins the words."""
    name = fold(row.program).removeprefix(fold(region))
    return len(name) >= _NAME and name.replace("の", "") in fold(question).replace("の", "")


def _says_all(question: str, document: str, index: Index, *, called_so: bool = False) -> bool:
    """Whether a question says no more than a document's field, that all of it is meant, and what is asked of it."""
    rules = table("scopes")["wholes"]
    text = regions_in(search_form(question), ())[1]
    if not called_so and not re.search(rules["all"], text):
        return False
    title = fold(title_of(index, document) + index.documents[document].publisher)
    own = [word for word in rules["fields"] if word in title]
    text = re.sub("|".join((*own, *rules["general"])), " ", _IN_KANA.sub("", text))
    for _ in range(2):  # 「部予算」: 部 stands alone when 予算 is gone
        text = re.sub("|".join(rules["fillers"]), " ", text)
    return re.search(r"[一-龠ァ-ヴA-Za-z0-9]", text) is None and len(_NO_PARTICLE.sub("", text)) <= _LEFT


def _of_year(query: Query, row: Program, index: Index) -> tuple[Fact | None, bool]:
    """The total of the year that a question says, and whether that is the year before."""
    years, last = years_said(query.question), says(query.question, "last_year")
    now = measure_of(row, (K.BUDGET,), index)
    before = measure_of(row, (K.BUDGET_PREVIOUS,), index)
    if years and now is not None and year_number(now.fiscal_year) in years:
        only = last and len(years) == len(query.regions) == 1  # 「令和2年度の、前年度の合計は」
        return (before, True) if only else (now, False)
    if years and (before is None or year_number(before.fiscal_year) not in years):
        return None, False
    return (before, True) if years or last else (now, False)


def _figure(query: Query, row: Program, index: Index) -> list[DraftSentence]:
    """This year's total; last year's where that year alone is said."""
    fact, last = _of_year(query, row, index)
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
    found = [_of_year(query, row, index)[0] for row in rows]
    facts: list[Fact] = [fact for fact in found if fact is not None]
    if len(rows) < 2 or len(facts) < len(rows) or query.operation not in _SET_APART:
        return []
    return set_apart(query, facts, {fact.fact_id: called(row) for fact, row in zip(facts, rows, strict=True)})
