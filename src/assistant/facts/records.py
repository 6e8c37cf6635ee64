"""Facts of a record: a small table about one program, each label on the left with its value beside it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from ..columns import Column, Field
from ..figures import find_figures, fiscal_year, money_unit, read_cell, year_number
from ..layout import Cell
from ..layout.labels import known_labels, plain
from ..layout.lines import CIRCLED
from ..layout.roles import ATTRIBUTE_ROLES, MONEY_ROLES, header_role
from ..programs import TableReading
from ..programs.names import squeeze
from ..records import Document, Fact, FactKind, FigureKind
from .attributes import Heading, attribute_facts, fact_at, worded_facts
from .make import Say, Source
from .rows import KINDS
from .sized import sized_lines

_BRACKET = re.compile(r"[(（](?P<inner>[^()（）]*)[)）]")
_NOTE = re.compile(
    r"[(（〔［\[][\s　]*[)）〕］\]]\s*(?:書き?)?(?:内|内書き?)?(?:の(?:数字|数値|計数|額|金額))?は"
    r"[^。]{0,12}?(?:前年度|昨年度|前年|(?P<year>(?:令和|平成|R|H)[\s　]?[0-9０-９元]{1,2}[\s　]?年度))"
)
_SOURCE = re.compile(
    r"(?P<name>その他[一-龥]{0,4}|[一-龥ァ-ヶー]{1,8})(?:[(（][^()（）]{1,14}[)）])?[\s　：:]*"
    r"(?P<amount>(?<![0-9０-９,，./／])[▲△]?[0-9０-９][0-9０-９,，.．]*(?:[百千万億]*円)?)(?![0-9０-９/／分])"
)
_SHARE = re.compile(r"(?P<name>[一-龥]{1,8})[\s　：:]*$")
_PART = re.compile(rf"^[{CIRCLED}][\s　]*(?P<name>[^\s　：:（(0-9０-９]{{2,20}})")
_CASE = re.compile(r"^(?P<case>[^\s　：:（()）0-9０-９]{2,16})[：:]")
_PIECES = re.compile(rf"(?=[{CIRCLED}])")


def record_facts(source: Source, reading: TableReading, *, last_year: bool = False) -> list[Fact]:
    """Facts of the labels and values that stand in the lines of the source's part.

    ``last_year`` is whether the document says that an amount in brackets is last year's.
    """
    part, unit = source.part, reading.table.unit
    start = bisect_left(reading.fields, part.line_start, key=_line_of)
    end = bisect_right(reading.fields, part.line_end, key=_line_of)
    own = reading.fields[start:end]
    return [fact for field in own for fact in _field_facts(source, field, unit, last_year=last_year)]


def brackets_are_last_year(document: Document) -> bool:
    """Whether a line says so, 「（　）内は前年度当初予算額」; where a budget is requested, it is the custom."""
    before = (year_number(document.fiscal_year) or 0) - 1
    return document.stage == "概算要求" or any(
        found["year"] is None or year_number(fiscal_year(found["year"]) or "") == before
        for line in document.lines
        if (found := _NOTE.search(line))
    )


def _line_of(field: Field) -> int:
    return field.line


def _field_facts(source: Source, field: Field, unit: str | None, *, last_year: bool) -> list[Fact]:
    label = squeeze(field.label.text)
    unit = money_unit(label) or unit
    if field.role in ("name", "department") and not find_figures(field.value.text):
        return []
    if field.role in MONEY_ROLES:
        return list(_money(source, field, label, unit, last_year=last_year or "前年" in label))
    if field.role == "sources":
        return list(_sources(source, field, unit))
    if field.role == "period":
        return _period(source, field, label)
    if field.role in ATTRIBUTE_ROLES or field.role == "parts":
        return list(_listed(source, field, label, unit))
    role = known_labels().get(plain(label), "content")
    return [] if field.role == "name" else worded_facts(source, field.value, field.line, role)


def _money(source: Source, field: Field, label: str, unit: str | None, *, last_year: bool) -> Iterator[Fact]:
    """An amount; one in brackets behind it is last year's where the document says what brackets hold."""
    text = field.value.text
    bracket = _BRACKET.search(text)
    outside = text[: bracket.start()] if bracket else text
    figure = read_cell(outside, unit)
    if figure is not None and figure.kind is FigureKind.MONEY:
        yield from fact_at(source, field.value, field.line, figure, _budget(source, field, label))
    inner = read_cell(bracket["inner"], unit) if bracket else None
    if bracket and inner is not None and inner.kind is FigureKind.MONEY and last_year:
        cell = Cell(0, bracket["inner"], field.value.start + bracket.start("inner"))
        if not field.value.stretches:
            yield from fact_at(source, cell, field.line, inner, Say(FactKind.BUDGET_PREVIOUS, item="前年度"))
    elif bracket and inner is None:
        yield from _sources(source, field, unit)


def _budget(source: Source, field: Field, label: str) -> Say:
    kind = KINDS[field.role]
    year = fiscal_year(label)
    own = year_number(source.layout.document.fiscal_year)
    number = year_number(year) if year else None
    before = number is not None and own is not None and number < own
    if kind is FactKind.BUDGET and (before or re.match(r"(前年度?|昨年度)", label)):
        kind = FactKind.BUDGET_PREVIOUS
    return Say(kind, item=label, fiscal_year=year)


def _sources(source: Source, field: Field, unit: str | None) -> Iterator[Fact]:
    """「国庫 4,000　一財 12,000」: each amount by the source of money named before it; 「国 1/2」 is a share."""
    text = field.value.text
    for match in _SOURCE.finditer(text):
        role = "funding_other" if match["name"].startswith("その他") else header_role(match["name"])
        figure = read_cell(match["amount"], unit)
        if role not in KINDS or not role.startswith("funding") or figure is None or figure.yen is None:
            continue
        yield from _at(source, field, match.start("amount"), match["amount"], unit, Say(KINDS[role]))
    for figure in find_figures(text):
        share = _SHARE.search(text[: figure.start])
        if figure.kind is FigureKind.RATE and share:
            say = Say(FactKind.OTHER, item="財源の負担割合", condition=share["name"])
            yield from fact_at(source, field.value, field.line, figure, say)


def _at(source: Source, field: Field, start: int, text: str, unit: str | None, say: Say) -> list[Fact]:
    place = field.value.place(start, start + len(text), field.line)
    figure = read_cell(text, unit)
    if place is None or figure is None:
        return []
    return fact_at(source, Cell(0, text, place[1]), place[0], figure, say)


def _period(source: Source, field: Field, label: str) -> list[Fact]:
    facts: list[Fact] = []
    for figure in find_figures(field.value.text):
        if figure.kind in (FigureKind.PERIOD, FigureKind.YEAR, FigureKind.DURATION):
            facts += fact_at(source, field.value, field.line, figure, Say(FactKind.PERIOD, item=label))
    return facts


def _listed(source: Source, field: Field, label: str, unit: str | None) -> Iterator[Fact]:
    """A rate, a limit or a part's amount for each ①② or line of the value."""
    kind = FactKind.BREAKDOWN if field.role == "parts" else FactKind(field.role)
    column = Column(0, label, field.role, unit if field.role not in ("subsidy_rate", "loan_rate") else None)
    if any(sized_lines(field.value, field.line)):
        yield from attribute_facts(source, field.value, field.line, Heading(kind, column=column, loose=True))
        return
    for line, start, text in field.value.printed(field.line):
        at = start
        for piece in _PIECES.split(text):
            named, case = _PART.match(piece), _CASE.match(piece)
            heading = Heading(
                kind, named["name"] if named else None, case["case"] if case else None, column, loose=True
            )
            yield from attribute_facts(source, Cell(0, piece, at), line, heading) if piece.strip() else ()
            at += len(piece)
