"""Programs of a set by the period that is printed for them, and those that charge nothing."""

from __future__ import annotations

import re

from ..index import Index
from ..lexicon import table
from ..records import Fact, FactKind, Program
from ..tokens import fold
from .delimited import Delimited
from .filters import Unread


def read_zero(unread: Unread, index: Index) -> None:
    """「保証料率が0の」: programs that charge nothing of what is said."""
    match = re.search(table("scopes")["zero"]["pattern"], unread.text)
    if match is None:
        return
    kind = FactKind.GUARANTEE_RATE if match["what"].startswith("保証") else FactKind.LOAN_RATE

    def states(program: Program) -> Fact | None:
        facts = [one for one in index.facts_of(program.id) if one.kind is kind and "example" not in one.flags]
        return next((one for one in facts if one.number == 0), None)

    unread.take(*match.span(), Delimited(lambda one: states(one) is not None, (), "金額の条件に合う", states=states))


def read_ending(unread: Unread, index: Index) -> None:
    """「令和5年度で終わる」, 「事業期間がR4-R6の」: by the printed period of a program."""
    rules = table("scopes")["ending"]
    last, span = re.search(rules["last"], unread.text), re.search(rules["span"], unread.text)
    if last is None and span is None:
        return
    since = (span["from"] or span["since"]) if span else None
    until = (span["to"] or span["until"]) if span else last["year"] if last else ""
    ends = rf"(?<![0-9]){_year_of(until)}(?:年度?)?$"
    begins = rf"^(?:r|令和|平成|h)?{_year_of(since)}(?![0-9])" if since else ""

    def states(program: Program) -> Fact | None:
        for one in index.facts_of(program.id):
            plain = fold(one.text)
            if one.kind is FactKind.PERIOD and re.search(ends, plain) and re.search(begins, plain):
                return one
        return None

    match = span or last
    if match is not None and any(states(one) for one in index.programs.values()):
        ending = Delimited(lambda one: states(one) is not None, (), "期間の条件に合う", states=states)
        unread.take(*match.span(), ending)


def _year_of(text: str) -> str:
    return fold(text).replace("元", "(?:1|元)")
