"""A question that ends in a case and asks for nothing by name: 「…補助金、個人の店なら?」."""

from __future__ import annotations

import re
from dataclasses import replace

from ..index import Index
from ..records import FactKind, Query
from ..retrieve import Retrieval
from ..tokens import fold

K = FactKind
_SURE = 0.8  # of a program that is only described
_CASE = re.compile(
    r"(?:なら|だと|だったら|やったら|じゃったら|でしたら|[のるたい]場合|[のるたい]とき|[のるた]時|たら"
    r"|[るうくすつぬむぐぶい]と|れば|けりゃ)(?:は|、)*"
    r"(?:どう|どうなる|どうなります|どんな|いかが|どないな)?(?:る|ります|の|ん|です|でしょう|か|る?ん)*[?？。]*$"
)
_ALIKE = re.compile(r"(?:の(?:ほう|方)|[0-9一二三四五]年目|の年)(?:は|って|だと)?[?？。]*$")  # 「照明のほうは?」
_PER_CENT = re.compile(r"何(?:%|パーセント|パー)(?:$|[?？。、でにな])")
_PAID = (K.SUBSIDY_RATE, K.SUBSIDY_LIMIT, K.LIMIT_ADDITION)
_LENT = (K.LOAN_LIMIT, K.LOAN_RATE)
_ASKED = (*_PAID, *_LENT, K.LOAN_TERM, K.GUARANTEE_RATE)


def of_a_case(query: Query, retrieval: Retrieval, index: Index) -> Query:
    """The query with the kinds whose figures depend on cases: what is paid, else what is lent, by the program."""
    if query.named and not query.kinds and retrieval.hits and query.intent == "open" and not query.carried:
        query = _of_per_cent(query, index.kinds_of(retrieval.hits[0].program.id))
    asks = query.kinds or query.open_amount or query.premises or query.operation or query.unknown_kind
    if asks or query.intent not in ("open", "figure") or not retrieval.hits:
        return query
    plain = fold(query.question)
    put = _CASE.search(plain) or (query.carried and _ALIKE.search(plain))
    if not (query.named or retrieval.sure >= _SURE) or not put:
        return query
    stated = index.kinds_of(retrieval.hits[0].program.id)
    cased = {fact.kind for fact in index.facts_of(retrieval.hits[0].program.id) if fact.condition} & set(_ASKED)
    kinds = tuple(kind for kind in (_PAID if set(_PAID) & stated else _LENT) if kind in stated)
    if not kinds or not (cased or retrieval.hits[0].program.subprograms):
        return query
    return replace(query, kinds=kinds, intent="figure")


def _of_per_cent(query: Query, stated: set[FactKind] | frozenset[FactKind]) -> Query:
    """「12年借りるなら表の2.10%のままか、何%?」: the rate that the program is known by."""
    plain = fold(query.question)
    kinds = [kind for kind in (K.LOAN_RATE, K.SUBSIDY_RATE) if kind in stated]
    if not _PER_CENT.search(plain) or len(kinds) != 1 or query.operation or query.unknown_kind:
        return query
    return replace(query, kinds=tuple(kinds), intent="figure", premises=())
