"""The office that a heading prints in brackets behind the name of its program: 「小口融資（市・商工会議所）」."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from .names import name_key
from .parts import Part

_TAIL = re.compile(r"^(?P<name>.{4,}?)[\s　]*[（(](?P<whose>[^（）()]{1,40})[)）]$")
_OFFICE = re.compile(
    r"[^\s　0-9０-９]*(?:[都道府県市町村区国庁省課室局部]|会議所|商工会|連合会|公庫|協会|機構|財団|公社|センター"
    r"|組合|銀行|信用金庫|事務所|中央会)"
)


def without_offices(parts: Sequence[Part]) -> list[Part]:
    """The parts, each heading's office taken off its name; two that only their brackets tell apart stay as they are."""
    names = Counter(name_key(_apart(part)[0]) for part in parts)
    return [_without(part) if names[name_key(_apart(part)[0])] == 1 else part for part in parts]


def _without(part: Part) -> Part:
    name, offices = _apart(part)
    if not offices:
        return part
    departments = tuple(dict.fromkeys([*part.departments, *offices]))
    return replace(part, name=name, departments=departments, aliases=(*part.aliases, part.name))


def _apart(part: Part) -> tuple[str, tuple[str, ...]]:
    """A heading's name and the offices behind it; a place or a case in brackets is none."""
    found = _TAIL.match(part.name)
    pieces = [piece.strip(" 　") for piece in re.split(r"[・、,，/／]", found["whose"])] if found else []
    if not found or not all(_OFFICE.fullmatch(piece) for piece in pieces):
        return part.name, ()
    return found["name"], tuple(pieces)
