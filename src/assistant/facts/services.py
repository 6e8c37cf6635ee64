"""A menu of services under one heading: 「- 専門家派遣：年3回まで無料」, 「- 融資の推薦：限度額2,000万円」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..layout import Line
from ..layout.labels import known_labels, plain
from ..programs.amounts import field_words
from ..records import Fact, FactKind
from .make import Source, given_to
from .siblings import label_kind

_NAMED = re.compile(r"^(?P<name>[^\s　：:。、0-9０-９][^：:。、0-9０-９]{2,30})[：:][\s　]*\S")
_SERVICE = re.compile(
    r"(?:派遣|相談室?|相談会|推薦|あっせん|補給|補助|助成|診断|講座|セミナー|講習会?|研修|共済|保険|融資|支援|サービス|"
    r"紹介|交流会|商談会|検定|点検|訪問)(?:[（(][^（()）]*[)）])?$"
)
_LENT = re.compile(r"融資|貸付|ローン")
_FEWEST = 3  # items of a menu


def of_service(source: Source, facts: Sequence[Fact]) -> list[Fact]:
    """The facts of a menu's line, given to the service that the line begins with."""
    lines = source.layout.lines
    name = _name(lines[source.part.line_start - 1]) if source.part.role != "program" else None
    if name is None or not _SERVICE.search(name) or not _is_menu(lines, source.part.line_start):
        return list(facts)
    return [_lent(fact if fact.subprogram else given_to(fact, name), name) for fact in facts]


def _lent(fact: Fact, name: str) -> Fact:
    """The limit of a loan that is arranged is no limit of a grant."""
    lent = fact.kind is FactKind.SUBSIDY_LIMIT and _LENT.search(name)
    return replace(fact, kind=FactKind.LOAN_LIMIT) if lent else fact


def _name(line: Line) -> str | None:
    found = _NAMED.match(line.body) if line.marker("-", "・") and not line.tabular else None
    name = found["name"].strip() if found else ""
    known = plain(name) in known_labels() or name in field_words() or label_kind(plain(name)) is not None
    return name if name and not known else None


def _is_menu(lines: Sequence[Line], number: int) -> bool:
    """Whether the items around a line name services, most of them by a word for one."""
    first = last = number
    while first > 1 and lines[first - 2].marker("-", "・"):
        first -= 1
    while last < len(lines) and lines[last].marker("-", "・"):
        last += 1
    names = [name for line in lines[first - 1 : last] if (name := _name(line))]
    served = sum(_SERVICE.search(name) is not None for name in names)
    return len(names) >= _FEWEST and served * 2 > len(names) and len(names) * 3 >= (last - first + 1) * 2
