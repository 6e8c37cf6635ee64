"""Programs that a list names without their amounts: the item is the name, and what stands below it explains it."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..figures import find_figures
from ..layout import Line, read_label
from ..records import FigureKind
from .amounts import field_label, field_words, read_amount_line
from .names import clean_name, is_name, take_departments, take_flags
from .parts import Part
from .titles import is_generic, program_in, without_numbering

_LISTS = ("-", "・", "①", "(n)", "n.", "n", "■")
_BULLETS = ("-", "・")
_MOST = 4  # lines below an item in which it is explained
_FEWEST = 2  # items with a budget that make a list of programs
_OFFICE = re.compile(r"[（(](?P<name>[^（）()]*(?:課|室|局|部|班|係|センター))[)）]$")
_BUDGET = re.compile(
    r"(?:予算額?|事業費|要求額)(?:案|[(（][^（）()]{1,12}[)）])?[\s　：:はが約]*"
    r"[0-9０-９][0-9０-９,，.．万億千百]{0,20}円"
)

Known = Callable[[str], str | None]


def listed_name(lines: tuple[Line, ...], line: Line, known: Known, *, beside: bool = False) -> str | None:
    """The program that an item of a list is, with words of its own below it; None for any other line.

    A name is known as one (``known``) from a table of the document, or ends as names of programs do; ``beside``
    other programs of the list any name will do.
    """
    if line.tabular or line.marker("※", "#") or not line.marker(*_LISTS) or read_label(line):
        return None
    head, _ = take_departments(take_flags(line.body.replace("**", ""))[0])
    head = _OFFICE.sub("", head)
    name = without_numbering(clean_name(head))
    if not is_name(name) or is_generic(name) or field_label(name) in field_words():
        return None
    if any(figure.kind is not FigureKind.YEAR for figure in find_figures(head)):
        return None
    if not beside and known(name) is None and program_in(name) is None:
        return None
    return name if _is_explained(lines, line) else None


def offices_of(body: str) -> tuple[str, ...]:
    """The office in the bracket at the end of an item: 「産品開発補助金（産業課）」."""
    found = _OFFICE.search(body)
    return (found["name"].strip(),) if found else ()


def _is_explained(lines: tuple[Line, ...], line: Line) -> bool:
    """Whether a sentence stands below an item: unmarked, marked and set in under it, or in a list of its own."""
    for below in lines[line.number : line.number + _MOST]:
        under = line.marker(*_BULLETS) is None and below.marker(*_BULLETS) is not None
        inside = not below.markers or below.indent > line.indent or under
        found = read_amount_line(below.body) if below.markers else None
        if below.blank or below.tabular or not inside or read_label(below) or (found and program_in(found.name)):
            return False
        if "。" in below.body or find_figures(below.body):
            return True
    return False


def holds_list(lines: tuple[Line, ...], page: Part) -> bool:
    """Whether what was taken for a program's page is a policy, below which a list names the programs.

    A page with an amount, or with a program's name, is a program's.
    """
    name = without_numbering(page.name)
    if page.amount is not None or not page.name or program_in(name) is not None:
        return False
    inside = lines[page.line_start : page.line_end]
    listed = sum(listed_name(lines, line, _unknown) is not None for line in inside)
    priced = sum(_BUDGET.search(line.body) is not None for line in inside)
    return name != page.name or min(listed, priced) >= _FEWEST


def _unknown(name: str) -> None:
    return None
