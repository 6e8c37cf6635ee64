"""A turn that reckons within the one program spoken of: its parts, its cases, its years.

What is reckoned is read from the words of a question, so such a turn is handed on with what it leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..records import FactKind, Query
from ..tokens import search_form
from .carrying import own_words
from .ground import Ground, Heard
from .pointing import Pointing
from .together import operation_in

BUDGETS = frozenset({FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED, FactKind.BUDGET_CHANGE})
_SUMS = BUDGETS | {FactKind.BREAKDOWN}
_FUNDING = frozenset({FactKind.FUNDING_NATIONAL, FactKind.FUNDING_OTHER, FactKind.FUNDING_GENERAL})
_APART = ("difference", "ratio", "share", "compare")
_COMPARED = re.compile("比べ|くらべ|比較")
_RATES = frozenset({FactKind.SUBSIDY_RATE, FactKind.BUDGET_CHANGE})
_SHARE = re.compile("(?:何|なん)(?:割|%|パーセント)|割合|比率|占め")
_OF_WHOLE = re.compile(
    "(?:全体|合計|総額|予算|事業費|そ|全部)の(?:うち(?:の)?)?(?:何|なん)|占め|に対して|全体(?:に|で|から)"
)
_GROWN = re.compile("増え|減っ|下が|上が|伸び|増減|増額|減額|縮|膨ら|増や|減ら|増加|減少|増分|減分")
_AS_RATE = re.compile("^(?:それ|これ)?(?:は|を|って)?、?(?:率|割合|%|パーセント)(?:に|で|だと|なら|は|としては)")
#: What each kind is called in a question.
_CALLED = {
    FactKind.SUBSIDY_LIMIT: "上限額",
    FactKind.SUBSIDY_RATE: "補助率",
    FactKind.LOAN_LIMIT: "融資限度額",
    FactKind.LOAN_RATE: "融資利率",
    FactKind.LOAN_TERM: "融資期間",
    FactKind.LOAN_POOL: "融資枠",
    FactKind.GUARANTEE_RATE: "保証料率",
    FactKind.BREAKDOWN: "額",
    FactKind.BUDGET: "予算",
    FactKind.COUNT: "件数",
}
_OF_ROWS = {
    FactKind.BUDGET: "予算額",
    FactKind.BUDGET_PREVIOUS: "前年度の予算額",
    FactKind.BUDGET_CHANGE: "予算額の前年度からの増減額",
}
_RULE = frozenset({"一般", "通常", "原則", "普通", "単独"})
_ENDS = {"difference": "差は?", "sum": "合計は?", "ratio": "比は何倍?", "compare": "どちらが大きい?"}


def reckoned_in_one(query: Query, earlier: Query, programs: Sequence[str], pointing: Pointing, ground: Ground) -> Query:
    """A turn about what was spoken of, with what it reckons."""
    kinds = set(query.kinds)
    if _COMPARED.search(pointing.said) and FactKind.BUDGET_CHANGE in earlier.kinds and kinds <= BUDGETS:
        return replace(query, kinds=(FactKind.BUDGET_CHANGE,), intent="figure", operation=None)
    if len(programs) != 1:
        return query
    for reading in (_as_share, _as_growth):
        if (told := reading(query, earlier, programs[0], pointing, ground)) is not None:
            return replace(told, named=tuple(programs), carried=True)
    if pointing.greatest and kinds <= _SUMS and ground.states(programs[0], replace(query, kinds=(FactKind.BREAKDOWN,))):
        said = re.sub(r"^[^、。]{0,8}?(?:で|の中で|では|は)、?", "", pointing.said)
        return ground.read(f"{ground.name(programs[0])}の内訳で{said}")
    apart = query.operation in _APART
    if query.intent == "aggregate" and kinds and not kinds & BUDGETS and not apart:
        return replace(query, intent="figure", operation=None)  # 「全部合わせると最高いくら?」: it may say so itself
    return query


def parts_meant(query: Query, program: str, said: str, depends: bool, ground: Ground) -> tuple[str, ...]:
    """The parts that a turn says; none where it is a case (``depends``) of what they do not state."""
    parts = ground.parts_said(program, said)
    return () if depends and parts and not ground.states(program, query, parts) else parts


def parts_kept(
    query: Query, earlier: Query, program: str, own: Sequence[str], goes_on: bool, ground: Ground
) -> tuple[str, ...]:
    """The parts of the turn before, where this one goes on with them or puts a case of theirs: 「設備だとどう?」."""
    going = goes_on and ground.states(program, query, earlier.subprograms)
    of_case = bool(earlier.subprograms) and ground.kinds_of_case(program, own, earlier.subprograms)
    return earlier.subprograms if going or of_case else ()


def of_row(query: Query, told: Sequence[str], rest: str, ground: Ground) -> Query:
    """「産業人材課は?」 after another office's budget: its sum is asked for, not the list of what it has."""
    if len(query.named) != 1 or len(query.kinds) != 1 or not told or rest.strip("は?？。、ってだとのほう方なら"):
        return query
    row = ground.row_said(told[0], ground.name(query.named[0]))
    called = _OF_ROWS.get(query.kinds[0])
    if row != query.named[0] or called is None:
        return query
    return replace(query, question=f"{ground.name(row)}の{called}は?")


def of_part(query: Query, alone: Query, program: str, parts: tuple[str, ...], ground: Ground) -> Query:
    """「調査のほうの額は?」 after a limit: what is spent on a part that has no such limit."""
    if not parts or alone.kinds or not query.kinds or ground.states(program, query, parts):
        return query
    return replace(query, kinds=(FactKind.BUDGET,)) if alone.open_amount else query


def _as_share(query: Query, earlier: Query, program: str, pointing: Pointing, ground: Ground) -> Query | None:
    """「二次交通の分は何割?」, 「全体の何%?」 after a budget: a part of the whole, where no rate is printed."""
    kinds, before = set(query.kinds), set(earlier.kinds)
    amounts = before <= _SUMS | _FUNDING and bool(before or earlier.open_amount)
    asked = kinds <= {FactKind.SUBSIDY_RATE, *before, *_FUNDING}
    if not (amounts and asked and _SHARE.search(search_form(pointing.said))):
        return None
    plainly = _OF_WHOLE.search(pointing.said) or kinds & _FUNDING
    if not plainly and ground.states(program, replace(query, kinds=(FactKind.SUBSIDY_RATE,))):
        return None
    part = "" if kinds & _FUNDING else "".join(f"{one}は" for one in earlier.subprograms[:1])
    again = ground.read(f"{ground.name(program)}のうち{part}{pointing.said}")
    return replace(again, subprograms=again.subprograms or earlier.subprograms) if again.operation == "share" else None


def _as_growth(query: Query, earlier: Query, program: str, pointing: Pointing, ground: Ground) -> Query | None:
    """「下がったのはいくら?」, 「率にすると?」 after a budget: how far it moved from the year before."""
    if not set(earlier.kinds) or not set(earlier.kinds) <= BUDGETS or not set(query.kinds) <= BUDGETS | _RATES:
        return None
    name = ground.name(program)
    if _AS_RATE.search(pointing.said) and (_GROWN.search(earlier.question) or earlier.operation == "difference"):
        return ground.read(f"{name}の予算は前年度と比べて何%増えましたか")
    if own_words(query) or not _GROWN.search(pointing.said):
        return None
    again = ground.read(f"{name}の予算は前年度と比べて{pointing.said}")
    return again if again.operation else None


def told_apart(
    pointing: Pointing, alone: Query, own: Sequence[str], heard: Sequence[Heard], ground: Ground
) -> Query | None:
    """「国内の上限は?」, 「海外だと?」, 「その差は?」: the parts or cases of one program that the turns asked of."""
    operation = operation_in(pointing, alone)
    topic = heard[-1]
    if operation not in _ENDS or len(topic.told) != 1:
        return None
    program = topic.told[0]
    kind = _kind(alone, topic.query, program, ground)
    said = _said(heard, program, ground)
    here = list(ground.parts_said(program, pointing.said)) or ["".join(own)]
    said = [*(one for one in said if one not in here), *filter(None, here)]
    many = max(pointing.many, 2)
    if kind is None or len(said) < many:
        return None
    last = len(_parts(topic, program, ground))
    said = said if own and last > 1 else said[-max(many, last) :]
    name = ground.name(program)
    read = ground.read(f"{name}の{'と'.join(said)}の{_CALLED[kind]}の{_ENDS[operation]}")
    parts = tuple(one for one in said if one in ground.parts_said(program, one))
    read = replace(read, subprograms=parts or read.subprograms, unknown_part=None if parts else read.unknown_part)
    return replace(read, named=(program,), kinds=(kind,), operation=operation, carried=True)


def _kind(alone: Query, earlier: Query, program: str, ground: Ground) -> FactKind | None:
    """The kind that is set apart: of an amount that nobody says more of, the limit that is printed."""
    open_ones = (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT, FactKind.BREAKDOWN)
    asked = alone.kinds or earlier.kinds or (open_ones if earlier.open_amount else ())
    kinds = [one for one in _CALLED if one in asked]
    return next((one for one in kinds if ground.states(program, replace(alone, kinds=(one,)))), None)


def _said(heard: Sequence[Heard], program: str, ground: Ground) -> list[str]:
    """What the turns on a program said of its parts and cases, each once, in the order in which they were last told."""
    said: list[str] = []
    for one in heard:
        if one.told == (program,):
            said += _parts(one, program, ground) or ["".join(_case_words(ground.read(one.query.question)))]
    return [words for place, words in enumerate(said) if words and words not in said[place + 1 :]]


def _case_words(query: Query) -> list[str]:
    own = own_words(query)
    return [word for word in query.words if word in own or word in _RULE]


def _parts(one: Heard, program: str, ground: Ground) -> list[str]:
    parts = one.query.subprograms or ground.parts_said(program, one.query.question)
    return [part for part in parts if part not in ground.name(program)]
