"""Whose the rates of a grid are: the program that the sentence above it names, else the scheme of its headings."""

from __future__ import annotations

from collections.abc import Iterable

from ..columns.rates import rate_grid
from ..layout import Table
from .framed import scheme_name
from .names import name_key
from .parts import Part
from .sections import about_program


def rate_parts(table: Table, path: tuple[str, ...], title: str, named: Iterable[Part]) -> tuple[Part, ...]:
    """The part that a grid of bare percentages is; empty for another table, and where nobody says whose they are.

    ``named`` are the parts of the document that name programs before it.
    """
    if rate_grid(table, path[-1] if path else "") is None:
        return ()
    known = {name_key(part.name): part.name for part in named if part.role == "program" and part.name}

    def find(text: str) -> str | None:
        return known.get(name_key(text))

    told = (about_program(line, find) for line in reversed(table.caption.split("\n")))
    name = next((name for name in told if name), None) or scheme_name(path, title)
    if not name:
        return ()
    first, last = table.line_start, table.line_end
    return (Part(name=name, printed=name, form="page", line_start=first, line_end=last, section=path),)
