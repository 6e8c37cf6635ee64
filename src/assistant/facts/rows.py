"""Facts of a table's rows: each amount with the kind, year and unit of its column."""

from __future__ import annotations

import re
from dataclasses import replace

from ..columns import AlignedRow, Column, summary_role
from ..columns.header import ATTRIBUTE_ROLES, FUNDING_ROLES
from ..figures import find_figures, read_cell
from ..layout import Cell
from ..layout.roles import source_role
from ..lexicon import table
from ..programs.names import squeeze
from ..records import Fact, FactKind, Figure, FigureKind
from .aim_cells import aim_facts
from .application import with_application
from .attributes import Heading, attribute_facts, fact_at, worded_facts
from .circled import of_its_item
from .funds import kind_of_fund
from .item_cases import items_of_cell
from .listed_amounts import with_listed
from .make import Say, Source, given_to
from .mixed import is_plain_limit, with_limits
from .remarks import with_remarks
from .source_cells import source_facts
from .sources import name_of_source

KINDS = {
    "budget": FactKind.BUDGET,
    "budget_previous": FactKind.BUDGET_PREVIOUS,
    "budget_revised": FactKind.BUDGET_REVISED,
    "percent": FactKind.BUDGET_CHANGE,
    "difference": FactKind.BUDGET_CHANGE,
    "funding_national": FactKind.FUNDING_NATIONAL,
    "funding_other": FactKind.FUNDING_OTHER,
    "funding_general": FactKind.FUNDING_GENERAL,
    "period": FactKind.PERIOD,
    "count": FactKind.COUNT,
    "within": FactKind.BREAKDOWN,
    "obligation": FactKind.OTHER,
    "balance": FactKind.OTHER,
}
_COMPARED = re.compile(r"(?P<item>対?前年度?(?:当初)?(?:予算)?比|対前年度?)[\s　：:]*$")
_PLANNED = re.compile(r"(?P<word>(?:計画|見込み?|推計|試算)額?)(?:[\s　]*[（(][^（）()]*[)）])?$")  # no budget decided
_OF_WHOLE = re.compile(r"構成比|構成割合|執行率|進捗率|達成率|充当率|シェア")  # a share of something, and no growth
_COUNT_OF = re.compile(r"(?P<unit>[件社人])数(?:[（(][^（）()]*[)）])?$")  # 「件数」 over a bare 412
_GIVES = re.compile(r"^(?:補助|助成|支給|交付|給付|奨励金の?)(?:の)?(?:内容|金額|額|単価)")
_USES = re.compile(r"(?:(?:運転|設備|借換)(?:資金)?[・、\s]?){2,3}")  # 「運転 設備」: for both alike
_PAID_OF = re.compile(r"(?:信用)?(?:保証料|利子)の?(?:補助|補給)")  # 「保証料補助　1/2」 pays of the loan's costs alone
LONGEST_TYPE = 20
_OBLIGATION = "債務負担行為"
_TEXT_ROLES = ("text", "variant", "unnamed", "department", "phone")


def row_facts(source: Source) -> list[Fact]:
    """Every figure of one row, with those in its worded cells."""
    row = source.part.row
    if row is None:
        return []
    facts: list[Fact] = []
    limits: list[str] = []
    for index, cell in row.cells.items():
        found = _cell_facts(source, row, index, cell)
        facts += found
        limits += [fact.fact_id for fact in found] if is_plain_limit(source.part.columns[index]) else []
    facts = with_limits(facts, source.part.columns, limits, source.program.program)
    facts = of_its_item(row, facts)
    part = next(iter(_texts(source, row, "type")), None)
    return [given_to(fact, part) if fact.subprogram is None else fact for fact in facts] if part else facts


def _cell_facts(source: Source, row: AlignedRow, index: int, cell: Cell) -> list[Fact]:
    column = source.part.columns[index]
    summed = source.part.role in ("subtotal", "total")
    figure = _cell_figure(cell, column, summed=summed)
    if column.role in KINDS and figure is not None:
        return _amount(source, row, column, cell, figure)
    if (sources := source_facts(source, column, cell, row.line)) is not None:
        return sources
    if column.role == "loan_pool" and figure is None:
        figure = read_cell(cell.text, column.unit)
        if figure is not None and figure.kind is FigureKind.MONEY and column.fiscal_year:
            say = Say(FactKind.LOAN_POOL, item=_header_item(column), fiscal_year=column.fiscal_year)
            return fact_at(source, cell, row.line, figure, say)
    if column.role in ATTRIBUTE_ROLES:
        paid = _PAID_OF.search(column.header) if column.role == "subsidy_rate" else None
        said = (_type(source, row), column.case, paid and paid.group())
        condition = "、".join(text for text in said if text) or None
        kind = kind_of_fund(FactKind(column.role), column.header, source.program.program, cell.text)
        heading = Heading(kind, condition=condition, column=column)
        return attribute_facts(source, cell, row.line, heading)
    if column.role == "indicator" and not summed:
        return aim_facts(source, cell, row.line, column)
    if summed and column.role == "name":  # 「合計（36事業）」
        counted = [each for each in find_figures(cell.text) if each.kind is FigureKind.COUNT]
        return [fact for each in counted for fact in fact_at(source, cell, row.line, each, Say(FactKind.COUNT))]
    if figure is not None and summed:
        say = Say(FactKind.COUNT, item=squeeze(column.header) or None)
        return fact_at(source, cell, row.line, figure, say)
    if column.role in KINDS or (column.role in _TEXT_ROLES and (not summed or column.role == "text")):
        header = _header_item(column)
        facts = [_compared(source, cell, fact) for fact in worded_facts(source, cell, row.line)]
        facts = [_paid(replace(fact, item=header) if _unnamed(fact, column) else fact, column) for fact in facts]
        facts = items_of_cell(cell, row.line, facts)
        unit = next((each.unit for each in source.part.columns if each.role == "budget"), None)
        if column.role == "period":
            return with_application(source, cell, row.line, column, facts)
        if column.role != "text":
            return facts
        return with_remarks(source, cell, row.line, unit, with_listed(source, cell, row.line, unit, facts))
    return []


def _compared(source: Source, cell: Cell, fact: Fact) -> Fact:
    """「対前年度比 102.8%」 beside an amount of the budget is how that amount has changed."""
    budgets = any(column.role == "budget" for column in source.part.columns)
    before = cell.text.partition(fact.text)[0]
    if budgets and fact.kind is FactKind.OTHER and fact.unit == "%" and (match := _COMPARED.search(before)):
        return replace(fact, kind=FactKind.BUDGET_CHANGE, item=match["item"])
    return fact


def _paid(fact: Fact, column: Column) -> Fact:
    """「1社20万円」 below 補助内容 is what is paid for each."""
    paid = fact.kind is FactKind.OTHER and fact.yen is not None and fact.per and not fact.bound and not fact.note
    return replace(fact, kind=FactKind.SUBSIDY_LIMIT, item=None) if paid and _GIVES.search(column.header) else fact


def _unnamed(fact: Fact, column: Column) -> bool:
    """A period or a figure of no kind, of which its own cell says nothing, is what its column is headed."""
    return fact.item is None and column.role == "text" and fact.kind in (FactKind.PERIOD, FactKind.OTHER)


def _cell_figure(cell: Cell, column: Column, *, summed: bool) -> Figure | None:
    unit = column.unit
    if column.role in KINDS and column.role not in ("percent", "period", "count"):
        figure = read_cell(cell.text, unit)
        return figure if figure is not None and figure.kind is FigureKind.MONEY else None
    if column.role == "flag" and summed:
        return read_cell(cell.text, "件")
    if column.role == "count":
        counted = _COUNT_OF.search(squeeze(column.header))
        return read_cell(cell.text, counted["unit"] if counted else None)
    if column.role in ("percent", "period"):
        return read_cell(cell.text, unit if column.role == "percent" else None)
    return read_cell(cell.text, None) if summed and column.role in _TEXT_ROLES else None


def _type(source: Source, row: AlignedRow) -> str | None:
    """The 類型 or 区分 of a program that its row speaks of; 新規 and 拡充 are states, not types."""
    texts = [text for text in _texts(source, row, "variant") if not _USES.fullmatch(text)]
    states = {mark for marks in table("flags")["marks"].values() for mark in marks}
    texts = [text for text in texts if 2 <= len(text) <= LONGEST_TYPE and not re.search(r"[・、,，/／\s]", text)]
    return next((text for text in texts if text not in states), None)


def _amount(source: Source, row: AlignedRow, column: Column, cell: Cell, figure: Figure) -> list[Fact]:
    part = source.part
    kind = KINDS[column.role]
    if column.role == "percent" and _OF_WHOLE.search(squeeze(column.header)):
        kind = FactKind.OTHER
    condition = column.case or (_fund_named(column) if kind is FactKind.FUNDING_OTHER else None)
    flags: list[str] = []
    if row.role == "included":
        return _included(source, row, column, cell, figure)
    if part.more and kind is FactKind.BUDGET:
        kind = FactKind.BREAKDOWN
        condition = next(iter(_texts(source, row, "text")), None)
        flags += _texts(source, row, "variant")
    if kind is FactKind.BUDGET and column.role == "budget" and (planned := _PLANNED.search(column.header)):
        condition = planned["word"]
    doubt = row.doubt if column.role in FUNDING_ROLES else None
    item = _header_item(column)
    if any(other.role == "obligation" for other in part.columns):
        item = f"{_OBLIGATION} {item}" if item and _OBLIGATION not in item else item
    if doubt:
        flags.append("suspect")
    say = Say(
        kind,
        item=item,
        condition=condition,
        flags=tuple(flags),
        note="ほかの財源の内数" if column.role == "within" else doubt,
        fiscal_year=column.fiscal_year if kind is not FactKind.BUDGET_CHANGE else None,
        stage=_stage(column),
    )
    if part.more:  # its flags are those of its own row, not of the row above
        source = replace(source, part=replace(part, flags=()))
    return fact_at(source, cell, row.line, figure, say)


def _fund_named(column: Column) -> str | None:
    """What one of the other sources of money is called, 県債 or 繰入金, where its column says more than その他."""
    label = (column.header.split() or [""])[-1]
    return name_of_source(label) if source_role(label) == "funding_other" else None


def _included(source: Source, row: AlignedRow, column: Column, cell: Cell, figure: Figure) -> list[Fact]:
    """「うち国庫」 is a source of the money above it, 「うち新規分」 a piece of it; last year's are neither."""
    label = re.sub(r"^[\s　(（]*うち[\s　:：]*|[)）]$", "", next(iter(_texts(source, row, "name")), ""))
    role = summary_role(label)
    kind = KINDS[role] if role in FUNDING_ROLES else FactKind.BREAKDOWN
    kind = kind if column.role == "budget" else FactKind.OTHER
    item = label if kind is not FactKind.OTHER else f"うち{label} {_header_item(column) or ''}".strip()
    part = label if kind is FactKind.BREAKDOWN else None
    plain = replace(source, part=replace(source.part, flags=()))
    say = Say(kind, part or None, item=item or None, fiscal_year=column.fiscal_year)
    return fact_at(plain, cell, row.line, figure, say)


def _texts(source: Source, row: AlignedRow, role: str) -> list[str]:
    return [squeeze(cell.text) for index, cell in row.cells.items() if source.part.columns[index].role == role]


def _header_item(column: Column) -> str | None:
    """A column's header without its unit: 「R5事業費(千円)」 → R5事業費."""
    return re.sub(r"\s*[(（](単位[:：])?[千百万億]*円[)）]", "", squeeze(column.header)).strip() or None


def _stage(column: Column) -> str | None:
    """A column that names another state of the budget carries that state."""
    if column.stage:
        return column.stage
    if column.role == "budget_revised":
        match = re.search(r"[0-9]+月(現計|補正後)|現計|補正後", re.sub(r"\s", "", column.header))
        return match.group() if match else "補正後"
    if column.role == "budget_previous" and "当初" in column.header:
        return "当初予算"
    return None
