"""Programs side by side: a table of labels whose columns are headed by the names of programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..columns import is_labelled
from ..layout import Line, Table
from .amounts import read_amount_line
from .names import clean_name, name_key, squeeze, take_flags
from .parts import Part
from .titles import program_in

_FEWEST = 2


def beside_parts(table: Table, known: Callable[[], frozenset[str]], path: tuple[str, ...]) -> tuple[Part, ...]:
    """One part for each column that a program of the document heads; empty for other tables.

    The columns of a scheme's table are its funds, unless they are programs elsewhere: ``known`` gives their keys.
    """
    heads = [cell for cell in table.header[0].cells if cell.position > 0] if table.header else []
    if len(heads) < _FEWEST or not is_labelled(table) or any(program_in(cell.text) is None for cell in heads):
        return ()
    if not all(name_key(cell.text) in known() for cell in heads):
        return ()
    return tuple(
        Part(
            name=clean_name(cell.text),
            printed=squeeze(cell.text),
            form="page",
            line_start=table.line_start,
            line_end=table.line_end,
            flags=take_flags(cell.text)[1],
            section=path,
            column=cell.position,
        )
        for cell in heads
    )


def known_programs(lines: Iterable[Line], pages: Iterable[Part]) -> frozenset[str]:
    """Keys of the names that have a page or stand somewhere with their amount."""
    found = (read_amount_line(line.body) for line in lines if not line.tabular and not line.blank)
    priced = {name_key(line.name) for line in found if line is not None and line.name}
    return frozenset(priced | {name_key(page.name) for page in pages})
