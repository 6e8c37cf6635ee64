"""Sources of money named before their amounts: 「財源：国庫支出金 600千円、繰入金 100千円」, or one on each line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..columns.header import FUNDING_ROLES
from ..layout import Line
from ..layout.roles import SHORT_SOURCES, header_text, source_role
from ..programs.names import squeeze
from ..programs.sources import source_label, source_lists
from ..records import Fact, FactKind

_PAIR = re.compile(
    r"[\s　、，,・／/]*"
    r"(?P<name>(?:その他[一-龥]{0,6}|国[・（(][県都道府][）)]?支出金|[一-龥ァ-ヶー]{1,12})"
    r"(?:[（(][^（）()0-9０-９]{1,16}[)）])?)[\s　：:]*"
    r"(?P<amount>[▲△]?[\s　]?[0-9０-９][0-9０-９,，.．百千万億]{0,24}(?P<unit>円)?)"
)
_OPENED = re.compile(r"^[\s　]*[（(〔［\[]")
_END = re.compile(r"[\s　）)】\]］。、]*$")
_BARE = ("その他", "その他財源", "その他特定財源", "特定財源")
_RETOLD = (
    FactKind.OTHER, FactKind.BREAKDOWN, FactKind.BUDGET, FactKind.FUNDING_NATIONAL, FactKind.FUNDING_OTHER,
    FactKind.FUNDING_GENERAL, FactKind.SUBSIDY_LIMIT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of the amount at some place: its kind, and the name it is printed under."""

    kind: FactKind
    name: str
    listed: bool  # on a line of its own in a list, which stands in no part of the program


def with_sources(lines: tuple[Line, ...], facts: Sequence[Fact]) -> list[Fact]:
    """The facts, the amounts behind the name of a source of money being of that source; linear in the lines."""
    told = {**dict(_listed(lines)), **dict(_inline(lines))}
    return [_retold(fact, told) for fact in facts] if told else list(facts)


def name_of_source(printed: str) -> str | None:
    """How one of the other sources is called, when it is called more than その他: 「その他（基金繰入金）」."""
    inner = re.search(r"[（(](?P<name>[^（）()]+)[)）]", printed)
    bare = squeeze(inner["name"] if inner and printed.startswith("その他") else printed)
    return None if header_text(bare) in _BARE else bare


def _retold(fact: Fact, told: dict[tuple[int, int], _Told]) -> Fact:
    found = told.get((fact.line_start, int(fact.fact_id.rsplit(":", 1)[1])))
    if found is None or fact.kind not in _RETOLD or fact.yen is None or "example" in fact.flags:
        return fact
    other = name_of_source(found.name) if found.kind is FactKind.FUNDING_OTHER else None
    part = (fact.subprogram or "").lstrip("（(〔［[")
    own = found.listed or part in (found.name, squeeze(found.name))
    return replace(
        fact, kind=found.kind, item=squeeze(found.name), condition=other, subprogram=None if own else fact.subprogram
    )


def _listed(lines: tuple[Line, ...]) -> Iterator[tuple[tuple[int, int], _Told]]:
    for found in source_lists(lines):
        for each in found.lines:
            raw = lines[each.line - 1].raw
            at = raw.rfind(each.amount.text)
            if at >= 0:
                yield (each.line, at), _Told(FactKind(each.role), each.name, listed=True)


def _inline(lines: tuple[Line, ...]) -> Iterator[tuple[tuple[int, int], _Told]]:
    """Behind the word 財源 on its line, and on the next when nothing else stands there."""
    open_above = False
    for line in lines:
        if line.blank or line.tabular:
            open_above = False
            continue
        label = source_label().search(line.raw) or (_OPENED.match(line.raw) if line.unit else None)
        start = label.end() if label else len(line.raw) - len(line.raw.lstrip(" 　"))
        pairs = list(_pairs(line.raw, start, line.unit)) if label or open_above else []
        whole = bool(pairs) and _END.match(line.raw, pairs[-1][2]) is not None
        if label is None and not whole:
            pairs = []
        for at, told, _ in pairs:
            yield (line.number, at), told
        open_above = whole


def _pairs(raw: str, at: int, unit: str | None) -> Iterator[tuple[int, _Told, int]]:
    """Place and meaning of each amount, and where it ends; the first that is of no known source ends them.

    Where a caption states the ``unit`` of bare amounts, one needs none, and one letter (国, 県) names a source.
    """
    while match := _PAIR.match(raw, at):
        role = source_role(match["name"]) or (SHORT_SOURCES.get(match["name"]) if unit else None)
        if role not in FUNDING_ROLES or not (match["unit"] or unit):
            return
        yield match.start("amount"), _Told(FactKind(role), match["name"], listed=False), match.end()
        at = match.end()
