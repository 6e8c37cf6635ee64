"""The regions and the year of a turn that only the conversation tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..figures import previous_year, year_label, year_number
from ..placenames import NATION
from ..records import FactKind, Query
from .carrying import own_words
from .ground import Ground, Heard
from .pointing import Pointing, names_money, same_year

_BUDGETS = frozenset(
    {FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED, FactKind.BUDGET_CHANGE, FactKind.BREAKDOWN}
)
FUNDING = frozenset({FactKind.FUNDING_NATIONAL, FactKind.FUNDING_OTHER, FactKind.FUNDING_GENERAL})


def placed(pointing: Pointing, alone: Query, heard: Sequence[Heard], ground: Ground) -> Query:
    """The turn with its regions and its year as the turns before make them: 「他の県は?」, 「国だと?」, 「去年は?」."""
    topic = next((one for one in reversed(heard) if one.told), None)
    if topic is None or alone.named:
        return alone
    if pointing.belongs and not own_words(alone):  # 「国の補助金なの?」
        return replace(alone, regions=())
    return _timed(pointing, _of_region(pointing, alone, heard, topic, ground), heard[-1], topic, ground)


def _of_region(pointing: Pointing, alone: Query, heard: Sequence[Heard], topic: Heard, ground: Ground) -> Query:
    homes = {ground.home(one).region for one in topic.told} - {""}
    money = set(alone.kinds) & FUNDING
    if alone.regions == (NATION,) and money and NATION not in homes:  # the money of the state, not its programs
        return replace(alone, regions=())
    if alone.regions or not homes:
        return alone
    if pointing.others:
        return replace(alone, regions=tuple(one for one in ground.regions() if one not in homes))
    if pointing.nation and not alone.kinds:
        return replace(alone, regions=(NATION,))
    if pointing.prefecture and homes == {NATION}:
        told = [ground.home(name).region for one in heard for name in one.told]
        return replace(alone, regions=tuple([one for one in told if one != NATION][-1:]))
    return alone


def _past_of_another_kind(pointing: Pointing, alone: Query, last: Heard) -> bool:
    """Whether last year's figure is asked for of what was asked before, which is no budget."""
    kinds = set(last.query.kinds)
    silent = set(alone.kinds) <= {FactKind.BUDGET_PREVIOUS} and not alone.open_amount and not alone.operation
    return pointing.past and silent and bool(kinds) and not kinds & _BUDGETS and not names_money(pointing.said)


def _timed(pointing: Pointing, alone: Query, last: Heard, topic: Heard, ground: Ground) -> Query:
    """「去年は?」 is the year before the one spoken of, not last year by the clock; 「その前の年は?」 one earlier."""
    year = year_number(ground.home(topic.told[0]).fiscal_year)
    if year is None:
        return alone
    if pointing.before and last.query.kinds == (FactKind.BUDGET_PREVIOUS,):
        return replace(alone, fiscal_year=year_label(year - 2), kinds=(FactKind.BUDGET,), open_amount=False)
    again = last.query.kinds == (FactKind.BUDGET_PREVIOUS,) and not (alone.kinds or alone.open_amount)
    if alone.fiscal_year and year_number(alone.fiscal_year) == year and again:  # 「今年は?」 after 「去年は?」
        return replace(alone, fiscal_year=None, kinds=(FactKind.BUDGET,))
    if pointing.after:
        return replace(alone, fiscal_year=year_label(year + 1))
    if _past_of_another_kind(pointing, alone, last):  # 「いや、去年の」, of how many there are
        asked = last.query
        return replace(
            alone, kinds=asked.kinds, items=asked.items, open_amount=False, fiscal_year=None, operation=None,
            intent="figure", figure_year=year_label(year - 1),
        )  # fmt: skip
    if pointing.past and alone.fiscal_year:
        kinds = tuple(FactKind.BUDGET_PREVIOUS if kind is FactKind.BUDGET else kind for kind in alone.kinds)
        return replace(alone, fiscal_year=None, kinds=kinds or (FactKind.BUDGET_PREVIOUS,), open_amount=False)
    return alone


def of_its_own_year(query: Query, year: str, pointing: Pointing) -> Query:
    """Last year's budget of one document (of ``year``) is another's budget of its own year, or not asked for."""
    if query.kinds != (FactKind.BUDGET_PREVIOUS,):
        return query
    asked = previous_year(year) if year_number(year) is not None and same_year(pointing.said) else None
    return replace(query, kinds=(FactKind.BUDGET,), fiscal_year=query.fiscal_year or asked)
