"""What is paid of a cost: the lesser of cost × rate and the limit, each case of its own; and a limit for many."""

from __future__ import annotations

from dataclasses import replace

from ..figures import year_number
from ..index import Index
from ..records import Draft, DraftSentence, Fact, FactKind, Program, Query
from ..retrieve import Retrieval
from ..values.reckoning import computed
from .figures import once, sentences_of
from .labels import called, where_from
from .select import own_parts, stated

K = FactKind
MOST = 6  # cases told; of more, none is
_APPLICANTS = ("者", "社", "事業者", "件", "企業", "人", "店", "店舗", "団体", "事業所", "申請")
_CAUTION = "実際の額は、対象になる経費や審査により変わります。"


def paid_of(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    """「300万円の機械ならいくら出る?」; None when the program states no rate."""
    if query.cost is None or not retrieval.hits:
        return None
    programs = [hit.program for hit in (retrieval.hits if query.named else retrieval.hits[:1])]
    if len({(one.program, index.documents[one.document].region) for one in programs}) > 1:
        return None
    program = max(programs, key=lambda one: year_number(one.fiscal_year) or 0)  # of one name, that of the latest year
    own = replace(query, kinds=(K.SUBSIDY_RATE, K.SUBSIDY_LIMIT), premises=(), open_amount=False, operation=None)
    facts = once([fact for fact in stated(own, program, index, own.kinds) if not set(fact.flags) & {"example"}])
    rates = [fact for fact in facts if fact.kind is K.SUBSIDY_RATE and fact.number]
    limits = [fact for fact in facts if fact.kind is K.SUBSIDY_LIMIT and fact.yen]
    cases = [sentence for rate in rates for sentence in _cases(query, program, rate, limits)]
    if not cases or len(cases) > MOST:
        return None
    source = f"{where_from(program, index.documents[program.document].region)}の資料では、"
    first = replace(cases[0], text=source + cases[0].text)
    told = sentences_of(own, program, index, [fact for fact in facts if fact in rates or fact in limits])
    return Draft("answered", None, (first, *cases[1:], *told, DraftSentence(_CAUTION)))


def _cases(query: Query, program: Program, rate: Fact, limits: list[Fact]) -> list[DraftSentence]:
    """What is paid by one rate: with each limit of its case, or without a limit when none is stated."""
    if query.cost is None:
        return []
    own = [one for one in limits if (one.subprogram, one.condition) == (rate.subprogram, rate.condition)]
    own = own or [one for one in limits if _goes_with(one, rate)]
    told = []
    for limit in (one for one in own if one.per in (None, *_APPLICANTS)):
        paid = computed("lesser", (rate, limit), (query.cost,))
        if paid is not None:
            text = f"{_of(program, rate, limit)}{query.cost.text}の費用なら、最大{{=0}}です。"
            told.append(DraftSentence(text, computed=(paid,)))
    if not limits:
        paid = computed("product", (rate,), (query.cost,))
        if paid is not None:
            text = f"{_of(program, rate)}{query.cost.text}の費用に補助率をかけると、{{=0}}になります。"
            told.append(DraftSentence(text, computed=(paid,)))
    return told


def _goes_with(one: Fact, other: Fact) -> bool:
    parts = one.subprogram is None or other.subprogram in (None, one.subprogram)
    return parts and (one.condition is None or other.condition in (None, one.condition))


def _of(program: Program, *facts: Fact) -> str:
    """「…の「枠」では、…の場合、」: whose rate and limit it is."""
    part = next((fact.subprogram for fact in facts if fact.subprogram), None)
    case = next((fact.condition for fact in facts if fact.condition), None)
    return f"{called(program, part)}は、{f'「{case}」の場合、' if case else ''}"


def together(query: Query, retrieval: Retrieval, index: Index) -> Draft | None:
    """「上限の者数めいっぱいで組んだら?」: a limit for each by the greatest number of them."""
    if not retrieval.hits:
        return None
    for hit in retrieval.hits[:1]:
        parts = own_parts(query, hit.program)
        facts = [fact for fact in index.facts_of(hit.program.id) if "example" not in fact.flags]
        facts = [fact for fact in facts if fact.subprogram in (parts or (None,))]
        limits = [fact for fact in facts if fact.kind is K.SUBSIDY_LIMIT and fact.per and fact.yen]
        numbers = [fact for fact in facts if fact.kind is K.COUNT and fact.bound in ("まで", "以内", "最大", "上限")]
        if len(limits) == 1 and len(numbers) == 1 and numbers[0].unit and numbers[0].unit[0] in (limits[0].per or ""):
            return _times(query, hit.program, limits[0], numbers[0], index)
    return None


def _times(query: Query, program: Program, limit: Fact, number: Fact, index: Index) -> Draft | None:
    whole = computed("product", (limit, number))
    if whole is None:
        return None
    source = f"{where_from(program, index.documents[program.document].region)}の資料では、"
    name = called(program, limit.subprogram)
    text = f"{source}{name}の補助上限額に上限の{number.unit}数をかけると、{{=0}}になります。"
    told = sentences_of(query, program, index, [limit, number])
    return Draft("answered", None, (DraftSentence(text, computed=(whole,)), *told))
