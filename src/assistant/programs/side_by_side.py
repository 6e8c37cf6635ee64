"""Funds whose names head the columns of several tables of a document, or of one of budgets: each is a program."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..columns.header import is_label
from ..columns.matrix import Matrix, amounts_of, rates_of, read_matrix, results_of
from ..columns.orient import is_labelled
from ..layout import Table
from .framed import scheme_name
from .names import clean_name, is_name, name_key, squeeze, take_flags
from .parts import Part
from .titles import is_example, program_in

_FUND = re.compile(r"[^\s　]{2}(?:資金|融資|貸付金?)(?:[（(][^（）()]*[)）])?$")
_OFTEN = 2  # tables that the same programs head


def heads_of_tables(tables: Sequence[Table]) -> frozenset[str]:
    """Keys of the names that stand together over the columns of two tables or more, or over columns of budgets."""
    seen: Counter[str] = Counter()
    for table in tables:
        matrix = read_matrix(table)
        heads = _programs(matrix) if matrix is not None else {}
        budgets = matrix is not None and heads and amounts_of(matrix, table, "")
        for name in set(heads.values()):
            seen[name_key(name)] += _OFTEN if budgets else 1
    return frozenset(key for key, times in seen.items() if times >= _OFTEN)


def _programs(matrix: Matrix) -> dict[int, str]:
    """The names over the columns but for that of their sum; empty unless all are names of programs."""
    heads = {place: clean_name(name) for place, name in matrix.names.items() if is_label(name) is None}
    named = all(is_name(name) and (program_in(name) or _FUND.search(name)) for name in heads.values())
    return heads if len(heads) > 1 and named else {}


def side_by_side(
    table: Table, known: Callable[[], frozenset[str]], path: tuple[str, ...], title: str, *, inside: bool
) -> tuple[Part, ...]:
    """One part for each column or group of columns that a program of the document heads; empty for other tables.

    Rates below names that are no programs elsewhere are those of the scheme's funds, unless they stand ``inside`` a
    page.
    """
    matrix = read_matrix(table)
    heads = _programs(matrix) if matrix is not None else {}
    if matrix is None or not heads:
        return ()
    heading = path[-1] if path else ""
    amounts = amounts_of(matrix, table, heading)
    rates = rates_of(matrix, table, heading)
    results = results_of(matrix, table, heading)
    example = is_example(heading)
    if not (amounts or rates or results or is_labelled(table) or example):
        return ()
    if all(name_key(name) in known() for name in heads.values()):
        parts = [_part(table, name, matrix.names[place], place, path) for place, name in heads.items()]
        sums = {place: name for place, name in matrix.names.items() if place not in heads} if amounts or results else {}
        parts += [replace(_part(table, name, name, place, path), role="total") for place, name in sums.items()]
        return tuple(replace(part, flags=(*part.flags, "example")) if example else part for part in parts)
    scheme = scheme_name(path, title) if rates and not inside else None
    return (_part(table, scheme, scheme, None, path),) if scheme else ()


def _part(table: Table, name: str, printed: str, place: int | None, path: tuple[str, ...]) -> Part:
    return Part(
        name=name,
        printed=squeeze(printed),
        form="page",
        line_start=table.line_start,
        line_end=table.line_end,
        flags=take_flags(printed)[1] if place is not None else (),
        section=path,
        column=place,
    )
