"""Amounts that stand alone below the item of a list that they are of: 「・共同研究の補助」 over 「120,000千円」."""

from __future__ import annotations

import re
from dataclasses import replace

from ..layout import Line
from ..programs.names import clean_name, is_name
from ..records import Fact, FactKind
from .make import Source
from .named_amounts import PRICED
from .siblings import label_kind

_CARRIED = (FactKind.OTHER, FactKind.SUBSIDY_LIMIT, FactKind.LIMIT_ADDITION)  # 「（上限100万円）」 ends on its own line
_ALONE = re.compile(r"^[（(]?[0-9０-９][0-9０-９,，.．]*[百千万億]*円[)）]?$")
_BRACKETS = re.compile(r"[（(].*$")
_SAID = re.compile(r"[：:。、]|[0-9０-９]")


def of_item_above(source: Source, line: Line, facts: list[Fact]) -> list[Fact]:
    """The facts of ``line``; a bare amount on it is what the item of a list right above it costs."""
    if len(facts) != 1 or facts[0].kind not in _CARRIED or not _ALONE.match(line.body.strip()):
        return facts
    if facts[0].yen is None or facts[0].unit in PRICED or facts[0].yen > (source.part.amount or 0):
        return facts
    name = _item_above(source.layout.lines, line)
    return facts if name is None else [replace(facts[0], kind=FactKind.BREAKDOWN, subprogram=name, item=name)]


def _item_above(lines: tuple[Line, ...], line: Line) -> str | None:
    """The name of the item whose words end right above ``line``, which is set in further than they are."""
    above = lines[line.number - 2] if line.number > 1 else None
    if above is None or above.tabular or above.blank or line.markers or line.indent <= above.indent:
        return None
    if not above.marker("-", "・", "(n)", "①"):
        return None
    name = clean_name(_BRACKETS.sub("", above.body))
    if not is_name(name) or _SAID.search(name) or label_kind(name) not in (None, FactKind.BREAKDOWN):
        return None
    return name
