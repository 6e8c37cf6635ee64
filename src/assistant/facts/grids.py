"""Small tables inside a program's page: 類型 by 補助率, or attributes by fund."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..columns import AlignedRow, Column, is_labelled, is_summary, label_width, summary_role
from ..columns.header import ATTRIBUTE_ROLES
from ..columns.rates import rate_grid
from ..figures import money_unit, read_cell
from ..layout import Cell, Table
from ..layout.roles import DASHES, header_role, header_text, loan_roles
from ..layout.tables import TableRow
from ..programs import TableReading
from ..programs.names import squeeze
from ..records import Fact, FactKind, FigureKind
from .additions import of_addition
from .allotted import allotted_facts, is_allotted
from .attributes import Heading, attribute_facts, fact_at, worded_facts
from .chains import chain_facts
from .indicators import indicator_facts
from .make import Say, Source, given_to
from .matrix import matrix_facts
from .plain import plain_facts
from .rate_grids import rate_facts
from .records import record_facts
from .results import result_facts
from .rows import KINDS
from .shares import share_columns, share_facts, without
from .strips import strip_facts
from .whom import is_sum, of_head, telling_columns
from .whom import named_part as part_named

_DITTO = re.compile(r"^(同上|同左|〃|″|”|々)$")
_TYPES = re.compile(r"類型|枠|コース|型|区分|種類|種別|メニュー")
_BARE_LIMITS = ("限度", "上限", "限度額", "上限額", "上限等", "限度等")
_FLOOR = re.compile(r"(?:補助|助成|補助金|助成金)?(?:の?下限|最低)額?(?:[（(][^（()）]*[)）])?$")
FEWEST_COSTS = 3
_FREE = (FactKind.OTHER, FactKind.COUNT)


def grid_facts(source: Source, reading: TableReading, subprogram: str | None) -> list[Fact]:
    """Facts of a table about one program; ``subprogram`` is the 枠 that it stands under."""
    table = reading.table
    if table.strip:
        return list(strip_facts(source, table))
    if is_summary(table):
        return _summary(source, table)
    heading = source.part.section[-1] if source.part.section else ""
    if (rates := rate_grid(table, heading)) is not None:
        return list(rate_facts(source, rates, subprogram))
    if not is_labelled(table) and (found := matrix_facts(source, table, None)) is not None:
        return found
    if (passed := chain_facts(source, table)) is not None:
        return passed
    if reading.indicators:
        told = indicator_facts(source, reading.indicators)
        return [given_to(fact, subprogram) if subprogram else fact for fact in told]
    if reading.fields:
        found = record_facts(source, reading)
        return [given_to(fact, subprogram) if subprogram and not fact.subprogram else fact for fact in found]
    if (results := result_facts(source, table, subprogram)) is not None:
        return results
    if _caps_costs(reading):
        return [fact for row in table.rows for fact in _expense_row(source, row)]
    if not table.header:
        return plain_facts(source, table, subprogram)
    if not is_labelled(table) and is_allotted(reading):
        return list(allotted_facts(source, reading, subprogram))
    if table.header and _limits_costs(reading):
        return [fact for row in table.rows for fact in _expense_row(source, row)]
    if not is_labelled(table) and any(column.role in ATTRIBUTE_ROLES for column in reading.columns[1:]):
        return list(_typed(source, reading, subprogram))
    if is_labelled(table):
        return list(_labelled(source, table))
    heads = {cell.position: squeeze(cell.text) for cell in table.header[0].cells}
    if "経費" in heads.get(0, ""):
        return [fact for row in table.rows for fact in _expense_row(source, row)]
    if not any(row.cells and header_role(row.cells[0].text) in ATTRIBUTE_ROLES for row in table.rows):
        return plain_facts(source, table, subprogram)
    return [fact for row in table.rows for fact in _attribute_row(source, row, heads)]


def _typed(source: Source, reading: TableReading, subprogram: str | None) -> Iterator[Fact]:
    """The columns before the first attribute say for whom a row holds; each attribute column says one thing of it."""
    columns = reading.columns
    width = next(index for index, column in enumerate(columns) if index and column.role in ATTRIBUTE_ROLES)
    shares = share_columns(source, reading)
    telling = without(telling_columns(reading.rows, columns, width), shares)
    keys = _keys(reading.rows, telling)
    groups: dict[tuple[str, ...], set[str]] = {}
    for key in keys:
        for index, text in enumerate(key):
            groups.setdefault(key[:index], set()).add(text)
    for place, row in enumerate(reading.rows):
        for index, cell in row.cells.items() if not is_sum(row) else ():
            column = columns[index]
            if _DITTO.match(cell.text.strip()):
                continue
            whom = _shared(keys[place : _reach(reading.rows, place, index)], groups)
            part, condition = _whom(whom, [columns[place] for place in telling], subprogram, groups[()])
            if index in shares:
                yield from share_facts(source, reading, row, index, part, condition)
            elif index and column.role in ATTRIBUTE_ROLES:
                condition = "、".join(text for text in (condition, column.case) if text) or None
                heading = Heading(_granted(column.role, row), part, condition, column)
                yield from attribute_facts(source, cell, row.line, heading)
            elif index and index in telling:  # 「5人以下」 only says for whom the row is
                yield from _told(worded_facts(source, cell, row.line), part, squeeze(column.header) or None)
            elif index and "下限" in column.header:
                floor = replace(column, unit=column.unit or reading.table.unit)
                low = Heading(FactKind.OTHER, part, _joined(condition, squeeze(column.header)), floor)
                yield from attribute_facts(source, cell, row.line, low)
            elif index:
                found = worded_facts(source, cell, row.line)
                found = [_of_cost(fact) for fact in found] if "経費" in column.header else found
                told = _told(found, part, condition, squeeze(column.header))
                yield from (of_addition(fact, column) for fact in told)


def _granted(role: str, row: AlignedRow) -> FactKind:
    """What an attribute's column holds; in a row 「下限額（各枠共通）」 it is no limit."""
    first = row.cells.get(0)
    return FactKind.OTHER if first and _FLOOR.match(squeeze(first.text)) else FactKind(role)


def _keys(rows: Iterable[AlignedRow], telling: list[int]) -> list[tuple[str, ...]]:
    """The texts of each row's ``telling`` columns; a merged cell, printed once, holds for the rows below it."""
    keys: list[tuple[str, ...]] = []
    for row in rows:
        texts = [squeeze(row.cells[index].text) if index in row.cells else "" for index in telling]
        width = len(texts)
        for index in range(width):
            ditto = _DITTO.match(texts[index]) or (not texts[index] and (index < width - 1 or width == 1))
            if ditto and keys and keys[-1][:index] == tuple(texts[:index]):
                texts[index] = keys[-1][index]
        keys.append(tuple("" if text in DASHES else text for text in texts))
    return keys


def _reach(rows: tuple[AlignedRow, ...], place: int, index: int) -> int:
    """How many rows a cell speaks of: its own, and those below that say 同上."""
    end = place + 1
    while end < len(rows) and index in rows[end].cells and _DITTO.match(rows[end].cells[index].text.strip()):
        end += 1
    return end


def _shared(keys: list[tuple[str, ...]], groups: Mapping[tuple[str, ...], set[str]]) -> list[str]:
    """For whom a cell of rows with ``keys`` holds, column by column; where it holds for a whole group, nothing.

    ``groups`` are the texts of each column in the rows that agree in the columns before it.
    """
    shared: list[str] = []
    for index, first in enumerate(keys[0]):
        found = list(dict.fromkeys(key[index] for key in keys))
        whole = len(found) > 1 and len(groups[keys[0][:index]]) <= len(found)
        shared.append(first if len(found) == 1 else "" if whole else "・".join(text for text in found if text))
    return shared


def _whom(
    whom: list[str], columns: list[Column], above: str | None, beside: Iterable[str]
) -> tuple[str | None, str | None]:
    """The part and the condition that a row's first columns name; a single one that is no 枠 or 型 is a condition."""
    if len(whom) == 1 and above is None and (part := part_named(whom[0], columns[0], beside)):
        return part, None
    if len(whom) > 1 and above is None and whom[0] and _TYPES.search(columns[0].header):
        return whom[0], "、".join(text for text in whom[1:] if text) or None
    return above, "、".join(text for text in whom if text) or None


def _told(facts: Iterable[Fact], part: str | None, condition: str | None, header: str | None = None) -> Iterator[Fact]:
    """Facts of a row's words, under the row's own condition where they name none; a count is of the column's things."""
    for fact in facts:
        item = fact.item or (header if fact.kind in _FREE else None)
        yield replace(fact, subprogram=fact.subprogram or part, condition=fact.condition or condition, item=item)


def _expense_row(source: Source, row: TableRow) -> Iterator[Fact]:
    """How far a cost may be claimed is no limit and no rate of the program; the row's first cell is the cost."""
    name = squeeze(row.cells[0].text) if row.cells[0].position == 0 else None
    for cell in row.cells[1:] if name else row.cells:
        for fact in worded_facts(source, cell, row.line):
            yield replace(_of_cost(fact), subprogram=None, condition=_joined(name, fact.condition))


def _caps_costs(reading: TableReading) -> bool:
    """「区分　内容　上限等」 over names of costs, where no column is one of a grant."""
    bare = any(header_text(column.header) in _BARE_LIMITS for column in reading.columns[1:])
    granted = any(column.role in ATTRIBUTE_ROLES for column in reading.columns)
    return bare and not granted and _names_costs(reading)


def _limits_costs(reading: TableReading) -> bool:
    """「経費区分　内容　限度」: how much of each cost is counted, and nothing of what is paid."""
    columns = reading.columns
    if not columns or not (re.search(r"経費|費目", columns[0].header) or _names_costs(reading)):
        return False
    granted = [column for column in columns[1:] if column.role in ATTRIBUTE_ROLES]
    return bool(granted) and all(header_text(column.header) in _BARE_LIMITS for column in granted)


def _names_costs(reading: TableReading) -> bool:
    """「区分」 heads names of costs: 機械装置費, 外注費, 専門家経費 …"""
    names = [squeeze(row.cells[0].text) for row in reading.table.rows if row.cells and row.cells[0].position == 0]
    return len(names) >= FEWEST_COSTS and all(name.endswith("費") for name in names)


def _of_cost(fact: Fact) -> Fact:
    """What is said beside a cost, 「改修費（総額の3割まで）」, is no rate and no limit of the program."""
    kept = fact.kind in (*_FREE, FactKind.PERIOD, FactKind.PHONE)
    return fact if kept else replace(fact, kind=FactKind.OTHER)


def _joined(one: str | None, other: str | None) -> str | None:
    return "、".join(text for text in (one, other) if text) or None


def _labelled(source: Source, table: Table) -> Iterator[Fact]:
    """Each row begins with the attribute, and perhaps with a case of it; each further column is one fund."""
    width = label_width(table)
    heads = {cell.position: squeeze(cell.text) for cell in table.header[0].cells if cell.position >= width}
    loans = loan_roles(_label(row) for row in table.rows)
    label = ""
    for row in table.rows if heads else ():
        of_it = _label(row).removeprefix("うち") if _label(row).startswith("うち") else None
        label = label if of_it else _label(row) or label
        case = of_it or next((squeeze(cell.text) for cell in row.cells if 0 < cell.position < width), None)
        role = loans.get(label) or header_role(label)
        column = Column(0, header_text(row.cells[0].text) if _label(row) and not of_it else label, str(role))
        for cell in row.cells:
            fund, when = of_head(_fund_of(cell, heads))
            if cell.position >= width and role in ATTRIBUTE_ROLES:
                whom = _joined(case, when)
                yield from attribute_facts(source, cell, row.line, Heading(FactKind(str(role)), fund, whom, column))
            elif cell.position >= width:
                for fact in worded_facts(source, cell, row.line):
                    whom = _joined(fact.condition or case or label, when)
                    yield replace(fact, subprogram=fund, condition=whom)


def _label(row: TableRow) -> str:
    """The attribute that a row begins with; a remark below it is none of its words."""
    first = row.cells[0]
    return re.sub(r"\s+", "", first.text.split("\n")[0]) if first.position == 0 else ""


def _attribute_row(source: Source, row: TableRow, heads: dict[int, str]) -> list[Fact]:
    """A row names the attribute; each column is one fund."""
    first = row.cells[0]
    role = header_role(first.text) if first.position < min(heads) else None
    if role not in ATTRIBUTE_ROLES:
        return [fact for cell in row.cells[1:] for fact in worded_facts(source, cell, row.line)]
    facts: list[Fact] = []
    for cell in row.cells[1:]:
        facts += attribute_facts(source, cell, row.line, Heading(FactKind(str(role)), _fund_of(cell, heads)))
    return facts


def _fund_of(cell: Cell, heads: dict[int, str]) -> str | None:
    return heads.get(cell.position) or heads[max((p for p in heads if p <= cell.position), default=min(heads))]


def _summary(source: Source, table: Table) -> list[Fact]:
    """A total's summary (予算額, うち国庫 …): its rows are kinds of one program's money."""
    facts: list[Fact] = []
    for row in table.rows:
        label, cell = row.cells
        unit = money_unit(table.header[0].cells[-1].text) or table.unit
        figure = read_cell(cell.text, unit)
        if figure is not None and figure.kind is FigureKind.MONEY:
            say = Say(KINDS[str(summary_role(label.text))], item=squeeze(label.text))
            facts += fact_at(source, cell, row.line, figure, say)
    return facts
