"""Rows that head a group with its sum: 「Ⅰ 物価高への対応　120.2　178.1」 over the programs that it sums up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..columns import AlignedRow, Column
from ..figures import read_cell
from .names import clean_name
from .titles import program_in, without_numbering

_DECIMALS = re.compile(r"[.．](?P<digits>[0-9０-９]+)")
_NUMBER = re.compile(r"^[0-9０-９]{1,2}[．.、][\s　]*(?=[^\s　0-9０-９])")
_DIGIT = re.compile(r"[0-9０-９]")


def with_leading_sums(rows: Sequence[AlignedRow], columns: tuple[Column, ...]) -> tuple[AlignedRow, ...]:
    """The rows; one that heads a group and holds its sum has the role ``group``, and its name as its label.

    Its form sets it apart, a numbered name or a missing number; and the rows below it, up to the next of that form,
    add up to it, or it shows both signs.
    """
    names = [_name(row, columns) for row in rows]
    titles = [_NUMBER.sub("", without_numbering(name)) for name in names]
    numbered = [title != name for title, name in zip(titles, names, strict=True)]
    bare = _without_number(rows, columns)
    result = list(rows)
    for place, row in enumerate(rows):
        if row.role != "program" or not (numbered[place] or bare[place]):
            continue
        below = _group(rows, place, numbered, bare)
        both = numbered[place] and bare[place] and program_in(titles[place]) is None
        if below and (both or (len(below) > 1 and _adds_up(row, below, columns))):
            result[place] = replace(row, role="group", label=titles[place])
    return tuple(result)


def _name(row: AlignedRow, columns: tuple[Column, ...]) -> str:
    return clean_name(next((cell.text for index, cell in row.cells.items() if columns[index].role == "name"), ""))


def _without_number(rows: Sequence[AlignedRow], columns: tuple[Column, ...]) -> list[bool]:
    """Which rows have no number of their own in a table that numbers its programs."""
    place = next((index for index, column in enumerate(columns) if column.role == "number"), None)
    if place is None:
        return [False] * len(rows)
    filled = [place in row.cells and bool(_DIGIT.search(row.cells[place].text)) for row in rows]
    numbers = sum(filled) * 2 > sum(row.role == "program" for row in rows)
    return [numbers and not each for each in filled]


def _group(rows: Sequence[AlignedRow], place: int, numbered: list[bool], bare: list[bool]) -> list[AlignedRow]:
    below: list[AlignedRow] = []
    for other in range(place + 1, len(rows)):
        alike = numbered[other] == numbered[place] and bare[other] == bare[place]
        if rows[other].role not in ("program", "part", "included") or alike:
            break
        if rows[other].role == "program":
            below.append(rows[other])
    return below


def _adds_up(row: AlignedRow, below: list[AlignedRow], columns: tuple[Column, ...]) -> bool:
    """Whether the rows below come to the amount of the row, as far as their rounding lets one say."""
    for index, column in enumerate(columns):
        if column.role != "budget" or index not in row.cells:
            continue
        whole = _yen(row, index, column)
        parts = [_yen(other, index, column) for other in below]
        return bool(whole) and abs(whole - sum(parts)) <= _rounding(row, index, column) * len(below)
    return False


def _rounding(row: AlignedRow, index: int, column: Column) -> int:
    """How much the last digit of a cell with decimals stands for; whole numbers are not rounded."""
    found = _DECIMALS.search(row.cells[index].text)
    one = read_cell("1", column.unit or "円") if found else None
    return (one.yen or 0) // 10 ** len(found["digits"]) if found and one else 0


def _yen(row: AlignedRow, index: int, column: Column) -> int:
    figure = read_cell(row.cells[index].text, column.unit or "円") if index in row.cells else None
    return figure.yen or 0 if figure else 0
