"""Programs that a whole small table is about: records, tables of funds, and the summary of a total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ..columns import Field, is_labelled, is_state, is_summary
from ..columns.values import yen_of
from ..layout import Layout, Table
from .names import UNIT_NAME, clean_name, is_name, split_departments, squeeze, take_flags
from .parts import Part
from .titles import YEAR

_GUIDE = re.compile(
    r"(?:(?<=融資)[\s　]*資金)?(?:[\s　]*(?:資金|制度|目的|種類|使途)別)?"
    r"(?:(?:[のご御]*利用)?[\s　]*[のご御]*(?:案内|あんない|あらまし|概要|しおり|手引き?|パンフレット|一覧表?|比較表"
    r"|早見表|(?:について|とは)))*"
    r"(?:[\s　]*[（(][^（）()]{0,12}版[)）])?$"
)
_EDITION = re.compile(r"[（(][^（）()]*(?:年度?|月|版)[^（）()]*[)）]$")  # 「…のご案内（令和8年度）」
_IN_BRACKETS = re.compile(r"(?<=.)[（(][^（()）]*[)）]$")  # 「小口資金（県制度融資）」
_SORT = re.compile(r"(系|関連|関係|種別|別)(の)?(資金|融資|事業|施策|制度|補助金)?$")
_SCHEME = re.compile(r"(制度融資|融資制度|融資|資金|貸付金?|制度|補助金|助成金|事業|奨励金|支援金)$")
_TOTAL = re.compile(r"(合計|総計|総額|全体|総括|計)$")


def framed_parts(
    layout: Layout, table: Table, fields: Sequence[Field], path: tuple[str, ...], *, inside: bool
) -> tuple[Part, ...]:
    """The parts of a table that is about one program, or of several records in one; empty for other tables.

    ``fields`` are its labels and values where it is a record; ``path`` are the headings above.  A table ``inside`` a
    program's page is about that one, unless it names its own.
    """
    if any(field.role == "name" for field in fields):
        return _records(table, fields, path)
    if inside:
        return ()
    heads = [cell.text for row in table.header for cell in row.cells if cell.position > 0]
    if is_labelled(table) and all(map(is_state, heads)):
        return ()  # it sets before and after side by side, of the program that it stands below
    if is_labelled(table):
        name = scheme_name(path, layout.document.title)
        return (_part(table, name, path),) if name else ()
    heading = path[-1] if path else ""
    if is_summary(table) and _TOTAL.search(heading):
        return (replace(_part(table, heading, path), role="total"),)
    if (fields or is_summary(table)) and _SCHEME.search(heading) and is_name(heading):
        return (_part(table, heading, path[:-1]),)
    return ()


def _part(table: Table, name: str, path: tuple[str, ...]) -> Part:
    return Part(
        name=name, printed=name, form="page", line_start=table.line_start, line_end=table.line_end, section=path
    )


def _records(table: Table, fields: Sequence[Field], path: tuple[str, ...]) -> tuple[Part, ...]:
    """One part for each name among the labels; it reaches to the line before the next name's."""
    starts = [place for place, field in enumerate(fields) if field.role == "name"]
    parts = []
    for start, end in zip(starts, [*starts[1:], len(fields)], strict=True):
        part = _record(fields[start:end], path)
        last = fields[end].line - 1 if end < len(fields) else table.line_end
        first = table.line_start if start == starts[0] else part.line_start
        parts.append(replace(part, line_start=first, line_end=last))
    return tuple(part for part in parts if part.name)


def _record(fields: Sequence[Field], path: tuple[str, ...]) -> Part:
    printed = squeeze(fields[0].value.text)
    name = clean_name(printed)
    offices = [office for field in fields if field.role == "department" for office in _offices(field.value.text)]
    if not offices and path and UNIT_NAME.search(path[-1]):
        offices = [path[-1]]
    budget = next((field for field in fields if field.role == "budget"), None)
    return Part(
        name=name if is_name(name) else "",
        printed=printed,
        form="page",
        line_start=fields[0].line,
        line_end=fields[-1].line,
        flags=take_flags(printed)[1],
        departments=tuple(dict.fromkeys(offices)),
        section=path,
        amount=yen_of(re.split(r"[(（]", budget.value.text)[0], None) if budget else None,
    )


def _offices(text: str) -> list[str]:
    return split_departments(re.sub(r"[(（].*$", "", text.replace("\n", "、")))


def is_sort(heading: str) -> bool:
    """「経営支援系資金」 sorts funds and is none."""
    return bool(_SORT.search(YEAR.sub("", heading)))


def scheme_name(path: tuple[str, ...], title: str) -> str | None:
    """The program that a table of funds is about: the innermost heading above that names one, else the title.

    A heading that only sorts funds (「経営支援系資金」) names none.
    """
    for heading in reversed(path):
        name = _GUIDE.sub("", YEAR.sub("", heading))
        if is_name(name) and _SCHEME.search(_IN_BRACKETS.sub("", name)) and not is_sort(name):
            return name
    title = _EDITION.sub("", title)
    name = _GUIDE.sub("", YEAR.sub("", clean_name(title)))
    for piece in map(partial(_GUIDE.sub, ""), re.split(r"[\s　]+", YEAR.sub("", title))):
        if _SCHEME.search(piece) and is_name(piece):
            return piece
    return name if is_name(name) else None
