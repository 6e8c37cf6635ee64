"""Cells that hold all sources of a row's money: 「国 24,100　県 1,500　一般 8,140」 below 財源内訳."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ..columns import Column
from ..columns.header import FUNDING_ROLES
from ..figures import money_unit, read_cell
from ..layout import Cell
from ..layout.roles import SHORT_SOURCES, header_text, source_role
from ..lexicon import table, words
from ..programs.names import squeeze
from ..records import Fact, FactKind
from .attributes import fact_at
from .make import Say, Source
from .sources import name_of_source

_OWN = ("市", "町", "村", "区")  # a town's own money in its budget, and not in a prefecture's
_GAP = re.compile(r"[\s　、，,；;・／/＋+]*")
_PAIR = re.compile(
    r"(?:[（(〔［\[【〈<＜](?P<framed>[^\s　（()）〔〕［］\[\]【】〈〉<>＜＞0-9０-９]{1,12})[)）〕］\]】〉>＞]"
    r"|(?P<name>[^\s　（()）、，,；;：:／/0-9０-９▲△+＋-]{1,14}(?:[（(][^（()）0-9０-９]{1,20}[)）])?))"
    r"[\s　：:]*[（(]?[\s　]*(?P<amount>[▲△]?[\s　]?[0-9０-９][0-9０-９,，.．百千万億]{0,24}円?)(?![0-9０-９%％]|分の|[／/][0-9０-９])"
    r"[\s　]*(?:[)）]|[（(](?P<note>[^（()）0-9０-９]{1,24})[)）])?"
)


@dataclass(frozen=True, slots=True)
class _Money:
    """One source of money in a cell: its role, how it is called, and where in the cell its amount stands."""

    role: str | None
    name: str
    note: str
    start: int
    amount: str


def holds_sources(column: Column) -> bool:
    """Whether a column is headed by the word for sources of money, and by none of them alone."""
    plain = re.sub(r"\([^()]*\)", "", header_text(column.header))
    return column.role == "text" and plain.removesuffix("等").endswith(_headers())


def source_facts(source: Source, column: Column, cell: Cell, line: int) -> list[Fact] | None:
    """A fact for each source of a cell below such a header; None where the cell is no list of sources.

    A name that is not known as one is one of the others where all of them add up to the row's amount.
    """
    unit = money_unit(column.header) or next((each.unit for each in source.part.columns if each.role == "budget"), None)
    found = list(_listed(cell.text)) if holds_sources(column) else []
    if not found or not any(each.role for each in found):
        return None
    figures = [read_cell(each.amount, unit) for each in found]
    whole = sum(figure.yen or 0 for figure in figures if figure is not None) == source.part.amount
    facts: list[Fact] = []
    for each, figure in zip(found, figures, strict=True):
        role = each.role or ("funding_other" if whole and each.name not in _OWN else None)
        if figure is None or figure.yen is None or role is None:
            continue
        name = f"{each.name}（{each.note}）" if each.note and each.name.startswith("その他") else each.name
        case = name_of_source(name) if role == "funding_other" else None
        moved = replace(figure, start=each.start + figure.start, end=each.start + figure.end)
        facts += fact_at(source, cell, line, moved, Say(FactKind(role), item=squeeze(name), condition=case))
    return facts


def _listed(text: str) -> Iterator[_Money]:
    """The sources of a cell in order; none where anything else stands in it."""
    found: list[_Money] = []
    at = 0
    while at < len(text):
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
        if at >= len(text):
            break
        match = _PAIR.match(text, at)
        if match is None:
            return
        name = match["framed"] or match["name"]
        found.append(_Money(_role(name), name, match["note"] or "", match.start("amount"), match["amount"]))
        at = match.end()
    yield from found


def _role(name: str) -> str | None:
    bare = re.sub(r"\([^()]*\)", "", header_text(name))
    role = source_role(name) or SHORT_SOURCES.get(bare) or _shortened().get(bare)
    return role if role in FUNDING_ROLES else None


@cache
def _shortened() -> dict[str, str]:
    return {letter: role for role, letters in table("records")["letters"].items() for letter in letters}


@cache
def _headers() -> tuple[str, ...]:
    return tuple(header_text(word) for word in words("records", "sources", "words"))
