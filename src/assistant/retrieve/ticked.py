"""Programs that a table ticks in a column: 「専門家派遣に○が付いている」.

Printed columns run out of line, so a reading counts only where it ticks as many programs as the table's last row says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..index import Index
from ..lexicon import compiled, table
from ..programs.names import match_form
from ..records import Fact, FactKind, Program
from ..tokens import tokens
from .delimited import Delimited
from .filters import Unread, among

_TICKS = frozenset("○〇◯●✓✔レ")
_ABOVE = 5  # lines over a program's own heading that may say what it offers
_NO_NAME = re.compile(r"[\s　*＊]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of ticks: its name, the row that counts them, and where its name stands."""

    name: str
    total: Fact
    line: int  # of the cell with its name
    place: int


def read_ticked(unread: Unread, programs: Sequence[Program], index: Index, *, listed: bool) -> None:
    """「セミナーに○のついた」, 「融資の欄に丸がない」: the programs ticked in each of the columns said, or in none.

    Where programs are to be ``listed``, what a column's name says need not be said of a tick: 「専門家を派遣する」.
    """
    for place, match in enumerate([*re.finditer(table("scopes")["ticks"]["pattern"], unread.text), None]):
        if match is not None or (listed and not place):
            _read_column(unread, match, programs, index)


def _read_column(unread: Unread, match: re.Match[str] | None, programs: Sequence[Program], index: Index) -> None:
    rules = table("scopes")["ticks"]
    columns = columns_of({one.document for one in programs}, index)
    if match is None:
        said = [one for one in columns if one.name not in rules["plain"] and _is_spoken_of(one.name, unread.text)]
        text = unread.text if len(said) == 1 else ""
    else:
        said, text = [one for one in columns if _says(match["columns"], one.name)], match["columns"]
    said = [one for one in said if not any(one.name != other.name and one.name in other.name for other in said)]
    ticked = [_ticked(one, programs, index) for one in said]
    marked = [one for one in ticked if one is not None]
    if not text or not marked or len(marked) < len(ticked):
        unread.unsure = unread.unsure or (match is not None and bool(said))
        return
    either = re.search(rules["either"], text) is not None
    held = frozenset.union(*marked) if either else frozenset.intersection(*marked)
    if match is not None and match["none"]:
        held = frozenset(one for column in said for one in _rows(column, programs, index).values()) - held
    one = Delimited(among(held), tuple(tokens(said[0].name)) if match is None else (), _told(said, match))
    _take(unread, said, match, one)


def _told(said: list[Column], match: re.Match[str] | None) -> str:
    names = "・".join(dict.fromkeys(one.name for one in said))
    return f"「{names}」の欄に印が{'ない' if match is not None and match['none'] else 'ある'}"


def _take(unread: Unread, said: list[Column], match: re.Match[str] | None, one: Delimited) -> None:
    if match is None:
        unread.found.append(one)
        return
    starts = [unread.text.find(column.name) for column in said]
    unread.take(max(match.start(), min(starts)) if min(starts) >= 0 else match.start(), match.end(), one)


def _is_spoken_of(name: str, text: str) -> bool:
    """Whether a question has all words of a column's name, of which there are several."""
    own = [word for word in tokens(name) if len(word) > 1]
    return len(own) > 1 and set(own) <= set(tokens(text))


def says_ticked(question: str) -> bool:
    """Whether a question speaks of what a column ticks."""
    return compiled(table("scopes")["ticks"]["pattern"]).search(question) is not None


def columns_of(documents: Iterable[str], index: Index) -> list[Column]:
    """The columns whose ticks the last row of a table counts."""
    held = set(documents)
    totals = [one for one in index.programs.values() if one.document in held and one.role == "total"]
    facts = [
        (row.document, fact)
        for row in totals
        for fact in index.facts_of(row.id)
        if fact.kind is FactKind.COUNT and fact.item and fact.number is not None
    ]
    found = [_column(document, fact, index) for document, fact in facts]
    return [one for one in found if one is not None]


def _column(document: str, fact: Fact, index: Index) -> Column | None:
    """The cell over a count that its item ends with, the nearest line above it."""
    item = match_form(fact.item or "")
    lines = index.documents[document].lines
    for line in range(fact.line_start - 1, 0, -1):
        if not re.search(r"[\t|]", lines[line - 1]):
            continue
        for place, cell in enumerate(_cells(lines[line - 1])):
            name = _NO_NAME.sub("", cell)
            if len(name) > 1 and item.endswith(match_form(name)) and not re.search(r"[0-9０-９]", name):
                return Column(name, fact, line, place)
    return None


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"[\t|]", line)]


def _says(text: str, name: str) -> bool:
    return match_form(name) in match_form(text)


def _ticked(column: Column, programs: Sequence[Program], index: Index) -> frozenset[str] | None:
    """The programs with a tick in a column's place, else those over whose heading its name stands; None if unsure."""
    own = [one for one in programs if one.document == column.total.document]
    lines = index.documents[column.total.document].lines
    rows = _rows(column, programs, index)
    by_place = [one for line, one in rows.items() if _has_tick(_cells(lines[line - 1]), column.place)]
    names = {match_form(one.name) for one in columns_of([column.total.document], index)}
    by_label = [one.id for one in own if match_form(column.name) in _labels(lines, one.line_start, names)]
    exact = (frozenset(one) for one in (by_place, by_label) if len(set(one)) == column.total.number)
    return next(exact, None)


def _rows(column: Column, programs: Sequence[Program], index: Index) -> dict[int, str]:
    """The programs whose rows stand between a column's name and its count, by line."""
    own = [one for one in programs if one.document == column.total.document]
    lines = {fact.line_start: one.id for one in own for fact in index.facts_of(one.id)}
    return {line: one for line, one in lines.items() if column.line < line < column.total.line_start}


def _has_tick(cells: list[str], place: int) -> bool:
    return len(cells) > place and cells[place] in _TICKS


def _labels(lines: Sequence[str], start: int, names: set[str]) -> set[str]:
    """What the line over a heading lists, where it lists nothing but names of columns: 「補助等, 相談」.

    A program's lines begin with that line, or with the heading itself.
    """
    above = [line for line in lines[max(0, start - 1 - _ABOVE) : start - 1][::-1] if line.strip()]
    for line in (lines[start - 1], *above[:1]):
        said = {match_form(_NO_NAME.sub("", one)) for one in re.split(r"[,，、・/／]", line) if one.strip()}
        if said and said <= names:
            return said
    return set()
