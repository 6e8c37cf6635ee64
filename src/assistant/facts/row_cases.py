"""Several rows of a table about one program: the 対象者 of each is the case of its terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..columns.header import ATTRIBUTE_ROLES
from ..layout.roles import header_text
from ..programs import Part
from ..programs.names import squeeze
from ..records import Fact
from .make import given_to

LONGEST = 60  # letters of a case
_WHOM = re.compile(r"対象(?!経費|費用|事業費|額)|利用できる|資格|要件")
_PART = re.compile(r"^[^、。]{1,16}(?:枠|型|コース|タイプ)$")  # a name that a part has, and no case
_LABEL = re.compile(
    r"^(?:[(（][0-9０-９]{1,2}[)）]|[①-⑳])?[\s　]*"
    r"(?:[（(【〔［](?P<bracketed>[^（()）【】〔〕［］]{2,16})[)）】〕］](?=.)"
    r"|(?P<label>[^\s　（()）、。：:]{2,16})[：:](?=.))"
)


def cases_of_rows(parts: Sequence[Part]) -> dict[int, str]:
    """The case of each part that is one of several rows of a program, where those rows differ in their 対象者.

    A row without such a cell is of the case above it, whose cell was merged.
    """
    cases: dict[int, str] = {}
    for rows in _together(parts):
        if len({_variant(parts[place]) for place in rows} - {""}) == len(rows):
            continue  # 「通常」, 「特別」 tell the rows apart
        told = ""
        found: dict[int, str] = {}
        for place in rows:
            told = _whom(parts[place]) or told
            found[place] = told
        if len(set(found.values())) > 1 and all(0 < len(text) <= LONGEST for text in found.values()):
            cases |= found
    return cases


def _together(parts: Sequence[Part]) -> Iterator[list[int]]:
    rows: list[int] = []
    for place, part in enumerate(parts):
        goes_on = part.more and part.row is not None and bool(rows)
        if not goes_on:
            if len(rows) > 1:
                yield rows
            rows = []
        if goes_on or (part.form == "row" and part.role == "program"):
            rows.append(place)
    if len(rows) > 1:
        yield rows


def _variant(part: Part) -> str:
    cells = part.row.cells.items() if part.row else ()
    return next((squeeze(cell.text) for index, cell in cells if part.columns[index].role in ("variant", "type")), "")


def _whom(part: Part) -> str:
    for index, cell in part.row.cells.items() if part.row else ():
        column = part.columns[index]
        if column.role == "text" and _WHOM.search(header_text(column.header)):
            text = squeeze(cell.text)
            label = _LABEL.match(text)
            return (label["bracketed"] or label["label"]) if label else text
    return ""


def of_its_row(facts: Sequence[Fact], case: str | None) -> list[Fact]:
    """The facts of such a row, its terms under the ``case`` that its 対象者 names."""
    return [_told(fact, case) if case else fact for fact in facts]


def _told(fact: Fact, case: str) -> Fact:
    if fact.kind.value not in ATTRIBUTE_ROLES or fact.subprogram is not None:
        return fact
    if _PART.search(case):
        return given_to(fact, case)
    own = fact.condition if fact.condition and fact.condition not in case else None
    return replace(fact, condition=f"{case}、{own}" if own else case)
