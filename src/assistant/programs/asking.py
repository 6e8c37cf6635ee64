"""The only place of a document that says whom to ask: set apart at its end, it is about all of the document."""

from __future__ import annotations

from collections.abc import Sequence

from ..layout import Line
from .titles import is_contact


def only_contact(lines: Sequence[Line]) -> int | None:
    """The line that begins with the label of whom to ask, when the document has but one such line."""
    found = [line.number for line in lines if not line.tabular and is_contact(line.body)]
    return found[0] if len(found) == 1 else None


def about_all(lines: Sequence[Line]) -> int | None:
    """The line that says whom to ask about the whole document: the only such line, or its last line, set apart."""
    contacts = [line.number for line in lines if not line.tabular and is_contact(line.body)]
    if len(contacts) == 1:
        return contacts[0]
    last = next((line for line in reversed(lines) if not line.blank), None)
    apart = last is not None and last.number > 1 and lines[last.number - 2].blank and not last.indent
    return last.number if last is not None and apart and last.number in contacts else None


def before_contact(body: list[Line], lines: Sequence[Line], contact: int | None, *, alone: bool) -> list[Line]:
    """A program's lines without that place, where the program is not ``alone`` in its document."""
    place = next((place for place, line in enumerate(body) if line.number == contact), None)
    if alone or not place or not lines[body[place].number - 2].blank:
        return body
    return body[:place] if body[place].indent <= body[0].indent else body
