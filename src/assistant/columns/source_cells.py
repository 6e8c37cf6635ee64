"""Cells that hold all sources of a row's money: 「国 24,100　県 1,500　一般 8,140」 below 財源内訳."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..layout.roles import SHORT_SOURCES, header_text, source_role
from ..lexicon import table, words
from .header import FUNDING_ROLES, Column

_GAP = re.compile(r"[\s　、，,；;・／/＋+]*")
_PAIR = re.compile(
    r"(?:[（(〔［\[【〈<＜](?P<framed>[^\s　（()）〔〕［］\[\]【】〈〉<>＜＞0-9０-９]{1,12})[)）〕］\]】〉>＞]"
    r"|(?P<name>[^\s　（()）、，,；;：:／/0-9０-９▲△+＋-]{1,14}(?:[（(][^（()）0-9０-９]{1,20}[)）])?))"
    r"[\s　：:]*[（(]?[\s　]*(?P<amount>[▲△]?[\s　]?[0-9０-９][0-9０-９,，.．百千万億]{0,24}円?)"
    r"(?![0-9０-９%％]|分の|[／/][0-9０-９])"
    r"[\s　]*(?:[)）]|[（(](?P<note>[^（()）0-9０-９]{1,24})[)）](?![\s　：:]*[0-9０-９]))?"
)


@dataclass(frozen=True, slots=True)
class Money:
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


def sources_in(text: str) -> list[Money]:
    """The sources of a cell in order; none where anything else stands in it, or none of them is known as one."""
    found: list[Money] = []
    at = 0
    while at < len(text):
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
        if at >= len(text):
            break
        match = _PAIR.match(text, at)
        if match is None:
            return []
        name = match["framed"] or match["name"]
        found.append(Money(_role(name), name, match["note"] or "", match.start("amount"), match["amount"]))
        at = match.end()
    return found if any(each.role for each in found) else []


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
