"""The pieces that belong with those chosen: the other items of a list, what stands under one name."""

from __future__ import annotations

from collections.abc import Sequence

from .focus import asks
from .telling import Ranked, in_order
from .units import Unit

LIST = 450  # characters of a list that is told whole
SHORT = 24  # characters of a sentence that only goes on with the one before it on its line


def gathered(question: str, chosen: Sequence[Unit], ranked: Sequence[Ranked]) -> list[Unit]:
    """The pieces chosen, with all items of their list where a question wants them all.

    A question for a name is told what stands under one heading, which is that name.
    """
    every = in_order([one.unit for one in ranked])
    top = next((one.unit for one in ranked if one.unit in chosen), None)
    if top is None:
        return list(chosen)
    if asks(question, "name"):
        return [unit for unit in chosen if unit.heads == top.heads]
    if asks(question, "every") and top.heads:
        items = [unit for unit in every if unit.heads == top.heads and unit.form == top.form]
        if top in items and sum(len(unit.text) for unit in items) <= LIST:
            return in_order([*chosen, *items]) if top.form != "sentence" else list(chosen)
    beside = [unit for unit in every if unit.line == top.line and unit.form == "sentence" and len(unit.text) <= SHORT]
    return in_order([*chosen, *beside]) if top.form == "sentence" else list(chosen)
