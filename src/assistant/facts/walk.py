"""A page, an entry or a section line by line: its head, its sections, its lists and the tables that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..figures import find_figures
from ..layout import Label, Line, read_label
from ..programs import TableReading
from ..programs.amounts import AmountLine, read_amount_line
from ..programs.names import LEADING_NUMBERS
from ..records import Fact, FactKind, Figure, FigureKind
from .classify import Context, classify
from .grids import grid_facts
from .make import Say, Source
from .prose import Unit, label_kind, piece_facts, pieces_of
from .scopes import NUMBERED, Scope

_OFFICE = re.compile(r"(課|室|局|部|班|係|グループ|センター|協会|公社|機構|団|庁)$")
_OPEN_BRACKET = re.compile(r"[（(][^（()）]*$")


def part_facts(source: Source, grids: Sequence[TableReading]) -> list[Fact]:
    """Facts of a page, an entry or a section line, with those of ``grids``, the tables inside it."""
    part = source.part
    by_line = {reading.table.line_start: reading for reading in grids}
    scope = Scope()
    unit = Unit()
    facts: list[Fact] = []
    office = ""
    for line in source.layout.lines[part.line_start - 1 : part.line_end]:
        if line.number in by_line:
            facts += grid_facts(source, by_line[line.number], scope.subprogram)
        if line.blank or line.tabular:
            unit = Unit(body=unit.body)
            continue
        label = read_label(line)
        if label:
            scope.enter_label(label.role)
            unit = Unit(body=True)
        elif _starts_unit(line, label):
            unit = Unit(body=unit.body)
        facts += _line_facts(source, line, scope, unit, office)
        office = _office_of(line) or office
    return facts


def _starts_unit(line: Line, label: Label | None) -> bool:
    if line.body.startswith("【"):
        return False
    marked = bool(line.markers and not line.marker("※"))
    return marked or label is not None or bool(re.match(r"^[^。]{1,14}[：:]", line.body))


def _office_of(line: Line) -> str:
    """The office a line names, for a telephone printed below it."""
    body = re.sub(r"[（(].*$", "", LEADING_NUMBERS.sub("", line.body)).strip()
    return body if _OFFICE.search(body) else ""


def _line_facts(source: Source, line: Line, scope: Scope, unit: Unit, office: str) -> Iterator[Fact]:
    part = source.part
    scope.enter_line(line)
    if part.title_line is not None and scope.role == "head" and not unit.body:
        head = _head_facts(source, line, unit)
        yield from head
        if head or line.number <= part.title_line:
            return
    unit.body = unit.body or part.form == "entry"
    numbered = next((marker for marker in line.markers if marker.kind in NUMBERED), None)
    if numbered:
        scope.enter_marker(numbered.kind, line.body)
    start = len(line.raw) - len(line.raw.lstrip())
    for piece in pieces_of(line.number, line.raw, start):
        yield from piece_facts(source, piece, scope, unit, office)


def _head_facts(source: Source, line: Line, unit: Unit) -> list[Fact]:
    """The budget in a program's head; an amount in brackets behind it is last year's."""
    part = source.part
    found = read_amount_line(line.body)
    figures = [figure for figure in find_figures(line.raw) if figure.kind is FigureKind.MONEY]
    if not figures or found is None or (found.name and line.number != part.title_line):
        return []
    kind = (label_kind(found.label) if found.label else None) or FactKind.BUDGET
    say = Say(kind, item=found.label or None, flags=_head_flags(line.raw, found))
    facts = [source.fact(figures[0], line.number, say)]
    for figure in figures[1:]:
        bracketed = _OPEN_BRACKET.search(line.raw[: figure.start].replace("*", "")) is not None
        if bracketed and kind is FactKind.BUDGET and part.form == "page":
            facts.append(source.fact(figure, line.number, Say(FactKind.BUDGET_PREVIOUS, item="前年度")))
        else:
            facts.append(source.fact(figure, line.number, _tail_say(source, line, figure, unit)))
    return facts


def _tail_say(source: Source, line: Line, figure: Figure, unit: Unit) -> Say:
    """A further amount on a head line is what its own cue says: 新規融資枠 750億円."""
    left = unit.said + line.raw[: figure.start]
    context = Context("content", None, None, source.part.form, since=left)
    return classify(figure, context, left, line.raw[figure.end :]) or Say(FactKind.OTHER)


def _head_flags(raw: str, found: AmountLine) -> tuple[str, ...]:
    flags = list(found.flags)
    if re.search(r"円\**\s*の一部", raw):
        flags.append("の一部")
    if re.search(r"[（(]新規[)）]", raw) and "新規" not in flags:
        flags.append("新規")
    return tuple(flags)
