"""Answers about a set of programs: a list, a count, the largest or the smallest, a sum, and printed rows of sums."""

from __future__ import annotations

import re

from ..index import Index
from ..records import Draft, DraftSentence, Fact, FactKind, Program, Query
from ..retrieve import scope_of
from ..retrieve.delimiters import asked_of, measure_of
from ..retrieve.scope import Scope, delimit
from ..understand.places import regions_in
from ..values.reckoning import computed
from .labels import fact_label, source
from .listing import list_set
from .premise import premise_sentences
from .printed_sums import row_sentences
from .ranking import ranked

_NAMES_ONLY = re.compile(
    r"名前だけ|事業名だけ|名称だけ|名前を(?:並べ|挙げ|列挙|教え)|(?:金額|予算)(?:は|なんか)?(?:いらない|不要|なし)"
)
LISTED = 12  # programs of a counted or summed set that are told beside the figure


def scoped(query: Query, index: Index, *, rows_only: bool = False) -> Draft | None:
    """A draft about the set that a question delimits; None when it is about no set, or the set cannot be told.

    With ``rows_only`` it is about printed rows of sums that no name of a program stands beside.
    """
    if rows_only and (query.named or not asked_of(query.question) & {"row", "share", "difference"}):
        return None
    documents = scope_of(query, index)
    scope = delimit(query, index, documents) if documents else None
    if scope is None or (rows_only and not scope.rows):
        return None
    if not scope.programs and not scope.rows:
        told = f"収録した資料には、{''.join(scope.told)}事業の記載がありません。"
        return Draft("abstained", "not_stated", (DraftSentence(told),))
    sentences = _sentences(query, scope, index)
    return Draft("answered", None, tuple(sentences)) if sentences else None


def _sentences(query: Query, scope: Scope, index: Index) -> list[DraftSentence]:
    asks = scope.asks
    if query.intent == "check":
        if query.named:
            return []
        return [one for row in scope.rows for one in premise_sentences(query, row, index, False)]
    if asks & {"most", "least"}:
        return ranked(scope, index, place_of(scope, index), what_of(scope, index))
    if scope.rows and (told := row_sentences(query, scope, index, place_of(scope, index))):
        counted = asks >= {"count", "sum"} and not asks & {"share", "difference"} and scope.programs
        return [*(_count(scope, index) if counted else []), *told]
    if asks & {"share", "difference"} or not scope.programs or asks <= {"row"}:
        return []
    figures = [*_count(scope, index), *_sum(scope, index)]
    if asks & {"count", "sum"} and not figures and ("count" in asks or len(scope.programs) > 1):
        return []
    figures += _reckoned(scope, index) if figures else []
    names_only = bool(_NAMES_ONLY.search(query.question)) and not asks & {"sum"}
    if figures and len(scope.programs) > LISTED and "list" not in asks:
        return figures
    told = list_set(scope.programs, index, names_only=names_only, with_last_year="moved" in asks, stated=scope.stated)
    return [*(figures or [_opening(scope, index)]), *told, *_again(scope)] if told else []


def _opening(scope: Scope, index: Index) -> DraftSentence:
    return DraftSentence(f"{place_of(scope, index)}{what_of(scope, index)}は、次のとおりです。")


def _again(scope: Scope) -> list[DraftSentence]:
    """What the heading lists a second time is said, and not counted."""
    if not scope.relisted or not scope.asks & {"list", "count"}:
        return []
    names = "".join(f"「{one.program.replace('「', '『').replace('」', '』')}」" for one in scope.relisted[:LISTED])
    return [DraftSentence(f"\nほかの項目から再掲されている事業に、{names}があります。")]


def _count(scope: Scope, index: Index) -> list[DraftSentence]:
    if "count" not in scope.asks:
        return []
    facts = [_any_fact(program, index) for program in scope.programs]
    counted = computed("count", [fact for fact in facts if fact is not None])
    if counted is None or None in facts:
        return []
    told = f"{place_of(scope, index)}{what_of(scope, index)}" if _is_plain(scope, index) else "当てはまる事業"
    return [DraftSentence(f"{told}は{{=0}}です。", computed=(counted,))]


def _sum(scope: Scope, index: Index) -> list[DraftSentence]:
    if "sum" not in scope.asks or len(scope.programs) < 2:
        return []
    facts = [measure_of(program, scope.kinds, index) for program in scope.programs]
    stated = [fact for fact in facts if fact is not None]
    total = computed("sum", stated)
    if total is None or len(stated) < len(facts):
        return []
    first = "" if "count" in scope.asks else place_of(scope, index)
    told = f"{first}{what_of(scope, index)}の" if first else f"{what_of(scope, index)[1:]}の"
    told = told if _is_plain(scope, index) else ""
    return [DraftSentence(f"{told}{fact_label(stated[0])}の合計は{{=0}}です。", computed=(total,))]


def _reckoned(scope: Scope, index: Index) -> list[DraftSentence]:
    """Of what was counted or summed, where the figure's own sentence does not say it."""
    if _is_plain(scope, index):
        return []
    done = (
        "数えて足しました"
        if scope.asks >= {"count", "sum"}
        else "数えました"
        if "count" in scope.asks
        else "足しました"
    )
    return [DraftSentence(f"{place_of(scope, index)}{what_of(scope, index)}を{done}。")]


def _is_plain(scope: Scope, index: Index) -> bool:
    """Whether a set is told by one document and heading alone, in words that may stand beside a computed figure."""
    said = all(_may_be_said(heading.words, index) for heading in scope.headings[:1])
    return said and not scope.told and len({one.document for one in scope.programs}) == 1


def _any_fact(program: Program, index: Index) -> Fact | None:
    budget = measure_of(program, (FactKind.BUDGET,), index)
    others = (
        fact for fact in index.facts_of(program.id) if "example" not in fact.flags and fact.kind is not FactKind.PHONE
    )
    return budget or next(others, None)


def place_of(scope: Scope, index: Index) -> str:
    """「青森県・令和5年度施策一覧の資料で」: where the set stands, when it stands in one document."""
    found = {program.document for program in (scope.rows or scope.programs)}
    if len(found) != 1:
        return "収録した資料"
    document = index.documents[found.pop()]
    return f"{source(document.region, document.fiscal_year, document.stage)}の資料"


def what_of(scope: Scope, index: Index) -> str:
    """「「…」にある事業」, 「「…課」が担当する事業」: how the set is called."""
    under = ""
    if scope.headings:
        words = scope.headings[0].words
        under = f"で「{words}」にある" if _may_be_said(words, index) else "でお尋ねの項目にある"
    told = "".join(scope.told)
    return f"{under or 'で'}{told}事業" if under or scope.told else "にある事業"


def _may_be_said(heading: str, index: Index) -> bool:
    """Whether a heading's words can stand in a sentence without looking like a figure, a region or a program."""
    return not re.search(r"[0-9０-９「」]", heading) and not regions_in(heading)[0] and not index.is_name(heading)
