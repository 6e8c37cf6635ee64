"""Lines and cells that are a name and an amount: an item of a program's budget, or what is paid to one."""

from __future__ import annotations

import re
from functools import cache

from ..figures import find_figures
from ..layout.lines import CIRCLED
from ..lexicon import table
from ..programs.amounts import AmountLine, read_amount_line
from ..records import FactKind, Figure, FigureKind
from .grants import is_fee
from .make import Say
from .scopes import HOW_DONE, Scope
from .siblings import label_kind

PRICED = ("円", "万円")  # units of what one pays or gets; the budgets of a table are printed in larger ones
_ITEM_MARK = re.compile(
    rf"^([-*+・{CIRCLED}]|[0-9０-９]{{1,2}}[)）.．]?[\s　])?[\s　]*(?:[(（][0-9０-９]{{1,2}}[)）])?[\s　]*"
)
_DEBT_ACT = re.compile(r"^[\s　]*[（(]?(債務負担行為[^（）()\s　]{0,6})")
_ATTRIBUTES = (FigureKind.RATE, FigureKind.PERCENT, FigureKind.DURATION)


def named_amount(body: str, scope: Scope) -> AmountLine | None:
    """「導入支援 13,706千円」 inside a program: an amount of its breakdown, with its name."""
    found = read_amount_line(HOW_DONE.sub(" ", _ITEM_MARK.sub("", body)))
    if found is None or not found.name or found.figure is None or scope.example is not None or "】" in found.name:
        return None
    return found


def say_named(named: AmountLine | None, figure: Figure, right: str, scope: Scope, *, cell: bool) -> Say | None:
    """What such an amount is; None when it is what its own words say, as a fee or a sum per head."""
    if named is None or figure.kind is not FigureKind.MONEY or named.figure is None:
        return None
    if figure.text != named.figure.text or (named.label and label_kind(named.label) is not FactKind.BREAKDOWN):
        return None
    if debt := _DEBT_ACT.match(right):  # what may be owed in later years is no part of the budget
        return Say(FactKind.OTHER, named.name, item=named.name, condition=debt[1])
    generic = named.name in _breakdown_words()  # 「委託料：1,500千円」 is an item of the part it stands in
    if generic:
        return Say(FactKind.BREAKDOWN, scope.subprogram, item=named.name, flags=named.flags)
    priced = figure.unit in PRICED
    if figure.per or (cell and priced) or is_fee(named.name, "") or _tells_more(named.name):
        return None
    if scope.beside_paid and priced:
        return Say(FactKind.SUBSIDY_LIMIT, scope.subprogram, condition=named.name)
    return Say(FactKind.BREAKDOWN, named.name, item=named.name, flags=named.flags)


def _tells_more(name: str) -> bool:
    """「改装費 補助率1/2 補助限度額」 is a list of attributes and no name."""
    if any(figure.kind in _ATTRIBUTES for figure in find_figures(name)):
        return True
    return label_kind(name) in (FactKind.SUBSIDY_LIMIT, FactKind.LOAN_LIMIT)


@cache
def _breakdown_words() -> frozenset[str]:
    return frozenset(word for cue in table("cues")["cue"] if cue["kind"] == "breakdown" for word in cue["words"])
