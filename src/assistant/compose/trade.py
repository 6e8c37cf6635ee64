"""Which kinds a question means of this program: a fund lends, an aid pays, the nation has no other payer.

「期間と額」, 「率は」 and 「国はいくら」 mean another kind of a program that states none of the first.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..index import Index
from ..placenames import NATION
from ..records import FactKind, Program, Query
from ..tokens import search_form, tokens

K = FactKind
FUNDING = (K.FUNDING_NATIONAL, K.FUNDING_OTHER, K.FUNDING_GENERAL)
_LENDING = frozenset({K.LOAN_POOL, K.LOAN_LIMIT, K.LOAN_RATE, K.LOAN_TERM})
_LIMITS = frozenset({K.SUBSIDY_LIMIT, K.LOAN_LIMIT, K.LIMIT_ADDITION})
_OF_LOANS = re.compile("融資|貸|借|保証|ローン")
_OF_AID = re.compile("補助|助成|支給|給付|交付|何割|何分")
_BARE_RATE = re.compile(r"(?<![一-龠])率|何(?:%|パーセント)")
_OWN_WORDS = 0.5  # of a program's name, behind 「うち」


def by_trade(query: Query, program: Program, index: Index) -> Query:
    """The question with the kinds that it means of this program."""
    own = index.kinds_of(program.id)
    swap: dict[FactKind, FactKind] = {}
    if K.BUDGET in own:
        swap |= _to_the_budget(query, program, own, index)
    if K.LOAN_LIMIT in query.kinds and K.SUBSIDY_LIMIT not in query.kinds and not own & _LENDING:
        paid = K.SUBSIDY_LIMIT if K.SUBSIDY_LIMIT in own else K.BUDGET
        if paid in own and not _OF_LOANS.search(query.question):
            swap[K.LOAN_LIMIT] = paid
    if own & _LIMITS == {K.LOAN_LIMIT}:
        swap[K.SUBSIDY_LIMIT] = K.LOAN_LIMIT
    if K.SUBSIDY_RATE not in own and K.LOAN_RATE in own and _BARE_RATE.search(query.question):
        swap |= {} if _OF_AID.search(query.question) else {K.SUBSIDY_RATE: K.LOAN_RATE}
    kinds = tuple(dict.fromkeys(swap.get(kind, kind) for kind in query.kinds))
    return query if kinds == query.kinds else replace(query, kinds=kinds)


def _to_the_budget(query: Query, program: Program, own: frozenset[FactKind], index: Index) -> dict[FactKind, FactKind]:
    """「国はいくら」 of the nation's own program, 「枠は何円」 of one that lends nothing, a piece that is one."""
    swap = {}
    if index.documents[program.document].region == NATION and not own & set(FUNDING):
        swap[K.FUNDING_NATIONAL] = K.BUDGET
    if not own & _LENDING and not _OF_LOANS.search(query.question):
        swap[K.LOAN_POOL] = K.BUDGET
    if K.BREAKDOWN not in own and _is_the_piece(query, program):
        swap[K.BREAKDOWN] = K.BUDGET
    return swap


def _is_the_piece(query: Query, program: Program) -> bool:
    """「…のうち上海事務所に回るのは」: the piece that is asked for is a program of its own, this one."""
    _, cut, piece = search_form(query.question).rpartition("うち")
    own = set(tokens(program.program))
    return bool(cut) and len(own & set(tokens(piece))) >= _OWN_WORDS * len(own)
