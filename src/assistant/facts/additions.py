"""Columns headed 「加算（代替要員を確保した場合）」 beside the sums that are paid: what is paid on top, and when."""

from __future__ import annotations

import re
from dataclasses import replace

from ..columns import Column
from ..layout.roles import header_text
from ..records import Fact, FactKind

_HEADER = re.compile(
    r"^(?:(?P<before>.{2,20}?)(?:の|による)?)?(?:加算|上乗せ)(?:額|分|措置)?(?:\((?P<case>[^()]{2,40})\))?$"
)
_UNIT = re.compile(r"^(?:単位:?)?[千百万億]*円$")


def of_addition(fact: Fact, column: Column) -> Fact:
    """A sum below such a header is an addition, in the case that the header names beside that of its row."""
    found = _HEADER.match(header_text(column.header)) if fact.kind is FactKind.OTHER and fact.yen is not None else None
    if found is None:
        return fact
    case = found["case"] if found["case"] and not _UNIT.match(found["case"]) else found["before"]
    told = "、".join(dict.fromkeys(text for text in (fact.condition, case) if text)) or None
    return replace(fact, kind=FactKind.LIMIT_ADDITION, condition=told)
