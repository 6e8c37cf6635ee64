"""Which amounts of a list are pieces of the program above them, and which are programs of their own."""

from __future__ import annotations

import re

from ..layout import Line
from ..records import Figure
from .amounts import AmountLine, label_limits
from .names import name_key
from .parts import Part
from .sections import item_of_program
from .state import State
from .titles import program_in

_LETTER = re.compile(r"[ア-コA-HＡ-Ｈ][.．)）]?[\s　]")  # 「ア　展示会への出展補助　10,000千円」
_HEADS = ("n", "n.", "(n)", "①", "■", "#")


def yen_of(figure: Figure | None) -> int | None:
    """An amount in yen, of a range its least."""
    if figure is None:
        return None
    return figure.yen if figure.yen is not None else figure.yen_min


def stands_inside(state: State, line: Line, title: Line, entry: AmountLine) -> bool:
    """Whether an amount is one inside the program whose list this is."""
    if not state.open or not state.parts:
        return False
    whole = state.parts[-1]
    if program_in(entry.name) is not None and _is_beside(state, line, whole):
        return False
    deeper = line.indent > state.indent
    unmarked = title is line and (label_limits(entry.label) or _is_piece(whole, entry))
    bullet = title if title.indent > state.indent else line  # 「・…の補助」 over its 「限度額　10億円」
    lettered = _LETTER.match(line.body) is not None
    nested = deeper and (bool(bullet.marker("-", "・")) or unmarked or lettered)
    listed = (bool(line.marker("-", "・")) or lettered) and not entry.departments and not state.gap
    return nested or (listed and (state.tagged or _is_item(state, whole, entry)))


def _is_beside(state: State, line: Line, whole: Part) -> bool:
    """A program with the mark and the indent of the one above it, each with its amount, stands beside that one."""
    kind = line.markers[0].kind if line.markers else ""
    return bool(kind) and kind == state.kind and line.indent <= state.indent and whole.amount is not None


def is_of_other(state: State, line: Line) -> bool:
    """Whether an item of a list tells of another program than the one above it: 「○ 起業支援金：1/2以内、…」."""
    if not state.parts or line.indent > state.indent:
        return False
    name = item_of_program(line, state.known)
    return name is not None and name_key(name) != name_key(state.parts[-1].name)


def _is_item(state: State, whole: Part, entry: AmountLine) -> bool:
    """「・研修の実施 9,800千円」 right below 「1 ○○事業　48,600千円」 is a piece of it, though no deeper set in."""
    if state.kind not in _HEADS or whole.role != "program" or entry.role != "program":
        return False
    amount = yen_of(entry.figure)
    fits = amount is not None and whole.amount is not None and amount <= whole.amount
    return fits and program_in(whole.name) is not None


def _is_piece(whole: Part, entry: AmountLine) -> bool:
    """「　　商工会分　874,210」 set in under a program is a piece of its amount; a program's name is a program's."""
    amount = yen_of(entry.figure)
    if amount is None or whole.amount is None or whole.role != "program" or entry.departments:
        return False
    return entry.role == "program" and amount <= whole.amount and program_in(entry.name) is None
