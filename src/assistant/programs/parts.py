"""A part: one place of a document that speaks of one program."""

from __future__ import annotations

from dataclasses import dataclass

from ..columns import AlignedRow, Column


@dataclass(frozen=True, slots=True)
class Part:
    """Lines ``line_start`` to ``line_end`` about the program ``name``.

    ``form`` is page, entry, row or section; ``role`` is program, department, subtotal or total.
    ``number`` is the number the document itself gives the program; ``amount`` its first amount in yen.
    """

    name: str
    printed: str
    form: str
    line_start: int
    line_end: int
    role: str = "program"
    flags: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    number: int | None = None
    amount: int | None = None
    row: AlignedRow | None = None
    columns: tuple[Column, ...] = ()
    title_line: int | None = None
    label: str = ""  # what its amount is called in print, if anything
    aliases: tuple[str, ...] = ()  # what else it is called where it is printed
    column: int | None = None  # where a table has programs side by side: the position of its column
    more: bool = False  # it goes on with the program of the part before it
