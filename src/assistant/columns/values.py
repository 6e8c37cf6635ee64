"""What a cell holds: an amount, a dash or words."""

from __future__ import annotations

from ..figures import read_cell


def is_amount(text: str) -> bool:
    """Whether a cell is an amount of money, or a bare number that a unit would make one."""
    figure = read_cell(text, "円")
    return figure is not None and figure.kind == "money"


def yen_of(text: str, unit: str | None) -> int | None:
    """The yen of a cell that is one amount; None for words and dashes."""
    figure = read_cell(text, unit or "円")
    return figure.yen if figure else None
