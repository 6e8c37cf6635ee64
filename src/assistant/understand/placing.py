"""The regions and the year of a turn that only the conversation tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..figures import previous_year, year_label, year_number
from ..placenames import NATION
from ..records import FactKind, Query
from .carrying import own_words
from .ground import Ground, Heard
from .pointing import Pointing, asks_both_years, names_money, same_year, source_said

_BUDGETS = frozenset(
    {FactKind.BUDGET, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED, FactKind.BUDGET_CHANGE, FactKind.BREAKDOWN}
)
FUNDING = frozenset({FactKind.FUNDING_NATIONAL, FactKind.FUNDING_OTHER, FactKind.FUNDING_GENERAL})


def of_the_office_there(alone: Query, pointing: Pointing, topic: Heard | None, ground: Ground) -> Query:
    """A turn that calls a program of the document by a short name, or asks whether an office has the one spoken of."""
    told = topic.told if topic else ()
    if told and alone.named and pointing.office:  # 「担当は中小企業振興課ですよね」
        return replace(alone, named=()) if ground.row_said(told[0], pointing.said) in alone.named else alone
    if not told or alone.named or alone.regions or not (own_words(alone) or pointing.other):
        return alone
    short = ground.short_said(told[0], pointing.said, beside=pointing.other or pointing.bare)
    return replace(alone, named=(short,)) if short and short not in told else alone


def placed(pointing: Pointing, alone: Query, heard: Sequence[Heard], ground: Ground) -> Query:
    """The turn with its regions and its year as the turns before make them: 「他の県は?」, 「国だと?」, 「去年は?」."""
    topic = next((one for one in reversed(heard) if one.told), None)
    if topic is None or alone.named:
        return alone
    if pointing.belongs and not own_words(alone):  # 「国の補助金なの?」
        return replace(alone, regions=())
    alone = _of_source(pointing, alone, heard[-1])
    return _timed(pointing, _of_region(pointing, alone, heard, topic, ground), heard[-1], topic, ground)


def _of_source(pointing: Pointing, alone: Query, last: Heard) -> Query:
    """「一般は?」 after the state's share: a source of money by a short name."""
    if alone.kinds or not set(last.query.kinds) & FUNDING:
        return alone
    kind = source_said(pointing.said)
    return replace(alone, kinds=(FactKind(kind),), regions=(), intent="figure") if kind else alone


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


def _timed(pointing: Pointing, alone: Query, last: Heard, topic: Heard, ground: Ground) -> Query:
    """「去年は?」 is the year before the document's, not by the clock; 「その前の年は?」 before the one asked of."""
    year = year_number(ground.home(topic.told[0]).fiscal_year)
    if year is None:
        return alone
    spoken = _year_spoken_of(last.query, year)
    if pointing.after:
        return replace(alone, fiscal_year=year_label(spoken + 1))
    if pointing.before or (pointing.past and spoken != year and _counts(alone, last.query)):
        before = year - 2 if pointing.clock else spoken - 1
        return _of_the_year(alone, last.query, before, year)
    again = last.query.kinds == (FactKind.BUDGET_PREVIOUS,) and not (alone.kinds or alone.open_amount)
    if alone.fiscal_year and again and (said := year_number(alone.fiscal_year)) is not None and said >= year:
        label = None if said == year else alone.fiscal_year  # 「今年は?」, 「来年の計画は?」 after 「去年は?」
        return replace(alone, fiscal_year=label, kinds=(FactKind.BUDGET,), intent="figure")
    if pointing.past and _counts(alone, last.query) and not names_money(pointing.said):  # 「いや、去年の」
        return _of_the_year(alone, last.query, year - 1, year)
    if pointing.past and alone.open_amount and not alone.kinds:  # 「前はいくらだった」, of a limit that was raised
        then = _of_the_year(replace(alone, open_amount=False), last.query, year - 1, year)
        if then.figure_year and ground.states(topic.told[0], then):
            return then
    if pointing.past and alone.kinds and not set(alone.kinds) & _BUDGETS:  # 「上限は前はいくらだった?」
        then = replace(alone, figure_year=year_label(year - 1), fiscal_year=None)
        return then if ground.states(topic.told[0], then) else alone
    if pointing.past and alone.fiscal_year:
        kinds = tuple(FactKind.BUDGET_PREVIOUS if kind is FactKind.BUDGET else kind for kind in alone.kinds)
        both = (FactKind.BUDGET,) if asks_both_years(pointing.said) else ()
        kinds = tuple(dict.fromkeys((*both, *(kinds or (FactKind.BUDGET_PREVIOUS,)))))
        return replace(alone, fiscal_year=None, kinds=kinds, open_amount=False)
    return alone


def _year_spoken_of(query: Query, own: int) -> int:
    """The year whose figure a turn asked for, of a document of its ``own`` year."""
    said = year_number(query.figure_year or query.fiscal_year or "")
    return own - 1 if query.kinds == (FactKind.BUDGET_PREVIOUS,) else said or own


def _counts(alone: Query, earlier: Query) -> bool:
    """Whether a turn asks for no kind but last year's figure, after a figure that is no budget."""
    silent = set(alone.kinds) <= {FactKind.BUDGET_PREVIOUS} and not alone.open_amount and not alone.operation
    return silent and bool(earlier.kinds) and not set(earlier.kinds) & _BUDGETS


def _of_the_year(alone: Query, earlier: Query, year: int, own: int) -> Query:
    """What was asked before, of a year: a budget of this or last year is printed as such."""
    if _counts(alone, earlier):
        return replace(
            alone, kinds=earlier.kinds, items=earlier.items, open_amount=False, fiscal_year=None, operation=None,
            intent="figure", figure_year=year_label(year),
        )  # fmt: skip
    kind = FactKind.BUDGET_PREVIOUS if year == own - 1 else FactKind.BUDGET
    label = None if own - 1 <= year <= own else year_label(year)
    return replace(alone, fiscal_year=label, kinds=(kind,), open_amount=False)


def of_its_own_year(query: Query, year: str, pointing: Pointing) -> Query:
    """Last year's budget of one document (of ``year``) is another's budget of its own year, or not asked for."""
    if query.kinds != (FactKind.BUDGET_PREVIOUS,):
        return query
    asked = previous_year(year) if year_number(year) is not None and same_year(pointing.said) else None
    return replace(query, kinds=(FactKind.BUDGET,), fiscal_year=query.fiscal_year or asked)
