"""Tables of what became of an earlier call: 「枠　申請　採択　採択率　交付決定額」 under 「第１次公募の結果」.

Each row is a part of the program; its counts, rates and amounts are no plan and no budget: they bear what they are of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..columns.header import is_label
from ..figures import fiscal_year, money_unit, read_cell
from ..layout import Table
from ..layout.tables import TableRow
from ..programs.names import squeeze
from ..records import Fact, FactKind, FigureKind
from .attributes import fact_at
from .make import Say, Source
from .plain import plain_facts

_STEP = r"(?:申請|応募|申込み?|採択|不採択|交付|交付決定|採択決定|承諾|承認|認定|決定|支給|利用|辞退|合格)"
_COUNT = re.compile(rf"^{_STEP}(?:件数|者数|社数|団体数|人数|数)?(?:[（(](?P<unit>件|社|者|人|団体)[）)])?$")
_RATE = re.compile(r"^(?:採択|交付決定|承諾|利用|合格|認定)率(?:[（(][%％][）)])?$")
_MONEY = re.compile(r"^(?:交付|採択|支給|決定|利用|承諾)(?:決定)?(?:総額|金額|額)(?:[（(][千百万億]*円[）)])?$")
_RESULT = re.compile(r"(?:結果|実績|状況)(?:[（(][^（）()]*[)）])?[\s　]*$")
_PLANNED = re.compile(r"予定|見込|計画|目安|目標")
_MARK = re.compile(
    r"^[\s　#■◆●○◎・*＊]*(?:[（(]?[0-9０-９①-⑳]+[）)．.]?[\s　]+)?(?:[（(]?(?:参考|ご参考)[）)]?[：:\s　]*)?"
)
_UNITS = (("件数", "件"), ("社数", "社"), ("者数", "者"), ("人数", "人"), ("団体数", "団体"))
_KINDS = {"%": FigureKind.PERCENT, **dict.fromkeys(("件", "社", "者", "人", "団体"), FigureKind.COUNT)}
_FAR = 5  # lines above a table that its heading may stand

Heads = Mapping[int, tuple[str, str]]  # position → header and unit


def result_facts(source: Source, table: Table, above: str | None) -> list[Fact] | None:
    """The facts of a table of results; None for any other table.  ``above`` is the part that it stands under."""
    above_it, below = _cut(table)
    heading = _words_of(below.rows[0].cells[0].text) if above_it else _heading(source, table.line_start)
    header, rows = _split(replace(below, rows=below.rows[1:]) if above_it else below)
    heads = _heads(header, table) if heading else None
    if heads is None or heading is None:
        return None
    before = plain_facts(source, replace(table, rows=above_it), above) if above_it else []
    return [*before, *(fact for row in rows for fact in _row(source, row, heads, heading, above))]


def _cut(table: Table) -> tuple[tuple[TableRow, ...], Table]:
    """The rows above a heading of results that stands in a table as a row of its own, and the rest from it on."""
    for place, row in enumerate(table.rows):
        if place and len(row.cells) == 1 and _words_of(row.cells[0].text) and not table.header:
            return tuple(table.rows[:place]), replace(table, rows=table.rows[place:])
    return (), table


def _heading(source: Source, start: int) -> str | None:
    """The line above a table that says of which call it tells: 「参考：第１次公募の結果」."""
    for number in range(start - 1, max(0, start - 1 - _FAR), -1):
        if words := _words_of(source.raw(number)):
            return words
    return None


def _words_of(line: str) -> str | None:
    """What a line says that is a heading of results, without its number; None for any other line."""
    words = squeeze(_MARK.sub("", line))
    return words if _RESULT.search(words) and not _PLANNED.search(words) else None


def _split(table: Table) -> tuple[TableRow | None, Sequence[TableRow]]:
    if table.header:
        return table.header[0] if len(table.header) == 1 else None, table.rows
    return (table.rows[0], table.rows[1:]) if table.rows else (None, ())


def _heads(header: TableRow | None, table: Table) -> Heads | None:
    """What each column tells; None unless all but the first tell results, one of them how many."""
    cells = [cell for cell in header.cells if cell.text.strip()] if header else []
    own = [cell for cell in cells if cell.position != 0]
    if len(own) < 2 or len(cells) - len(own) != 1:
        return None
    found = {cell.position: told for cell in own if (told := _told(squeeze(cell.text), table)) is not None}
    counted = any(_KINDS.get(unit) is FigureKind.COUNT for _, unit in found.values())
    return found if len(found) == len(own) and counted else None


def _told(head: str, table: Table) -> tuple[str, str] | None:
    if match := _COUNT.match(head):
        named = next((unit for words, unit in _UNITS if words in head), None)
        return head, match["unit"] or named or _counter(table.caption) or "件"
    if _RATE.match(head):
        return head, "%"
    unit = money_unit(head) or table.unit
    return (head, unit) if _MONEY.match(head) and unit else None


def _counter(caption: str) -> str | None:
    """「（単位：社、％）」: what the bare numbers of a table count."""
    match = re.search(r"単位[：:][^（）()]*?(件|社|者|人|団体)", caption)
    return match[1] if match else None


def _row(source: Source, row: TableRow, heads: Heads, heading: str, above: str | None) -> Iterator[Fact]:
    label = next((squeeze(cell.text) for cell in row.cells if cell.position == 0), "")
    year = fiscal_year(label)
    part = above if not label or is_label(label) or year else label
    for cell in row.cells:
        if cell.position in heads:
            item, unit = heads[cell.position]
            figure = read_cell(cell.text, unit)
            if figure is not None and figure.kind is _KINDS.get(unit, FigureKind.MONEY):
                kind = FactKind.COUNT if figure.kind is FigureKind.COUNT else FactKind.OTHER
                say = Say(kind, part, item=item, condition=heading, fiscal_year=year)
                yield from fact_at(source, cell, row.line, figure, say)
