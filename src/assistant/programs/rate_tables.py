"""Whose the rates of a grid are: the program that the sentence above it names, else the scheme of its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..columns.rates import rate_grid
from ..layout import Table
from ..lexicon import words
from .framed import scheme_name
from .names import clean_name, is_name, name_key
from .parts import Part
from .sections import about_program

_FUND = re.compile(r"[^\s　]{2}(?:資金|融資|貸付)(?:[（(][^（()）]*[)）])?$")


def rate_parts(table: Table, path: tuple[str, ...], title: str, named: Iterable[Part]) -> tuple[Part, ...]:
    """The parts that a grid of bare percentages is; empty for another table, and where nobody says whose they are.

    ``named`` are the parts of the document that name programs before it.  A row that a fund's name begins is that
    fund's: 「振興資金　1.70　1.57　…」.
    """
    grid = rate_grid(table, path[-1] if path else "")
    if grid is None:
        return ()
    known = {name_key(part.name): part.name for part in named if part.role == "program" and part.name}

    def find(text: str) -> str | None:
        return known.get(name_key(text))

    told = (about_program(line, find) for line in reversed(table.caption.split("\n")))
    name = next((name for name in told if name), None) or scheme_name(path, title)
    funds = {row.line: clean_name(row.cells[0].text) for row in grid.rows if _is_fund(row.cells[0].text, known)}
    for line, group in grid.groups.items():
        if line not in funds and _is_fund(group.cells[0].text, known):
            funds[line] = clean_name(group.cells[0].text)
    parts = [_part(fund, line, line, path) for line, fund in sorted(funds.items())]
    if not name or len(parts) == len(grid.rows):
        return tuple(parts)
    above = min(funds, default=table.line_end + 1) - 1  # what stands above the first fund is the scheme's
    rest = [row.line for row in grid.rows if row.line not in funds and row.line > above]
    return (_part(name, table.line_start, above, path), *parts, *(_part(name, line, line, path) for line in rest))


def _part(name: str, first: int, last: int, path: tuple[str, ...]) -> Part:
    return Part(name=name, printed=name, form="page", line_start=first, line_end=last, section=path)


def _is_fund(label: str, known: Mapping[str, str]) -> bool:
    """Whether a row's label is a fund's name: one that the document knows, with 枠 or without, or one by its end."""
    name = clean_name(label)
    if not is_name(name) or name in words("programs", "bare", "words"):
        return False
    key = name_key(name)
    return key in known or any(other.startswith(f"{key}(") for other in known) or _FUND.search(name) is not None
