"""Cases in a bracket behind a cell's figure that hold brackets or words of their own around the second figure."""

from __future__ import annotations

import re

# 「1.30％（女性・若者（35歳未満）は1.10％）」
_NESTED = re.compile(
    r"^[^（()）]{0,6}[（(](?P<case>(?:[^（()）。]|[（(][^（()）]{1,16}[)）]){2,60}?)(?:の場合)?(?:に?は|：|:)["
    r"、\s　]*(?:年率?)?$"
)
# 「3,500万円（①の方は、自己資金の額に1,500万円を加えた額まで）」
_TO = re.compile(r"[（(]?(?P<case>[^（()）。]{2,40}(?:に|と))[\s　]*$")
_ADDED = re.compile(r"[\s　]*を?(?:加えた|加算した|足した|合わせた|合計した)額")


def framed_case(since: str) -> str | None:
    """The case that a bracket opens with, when it has a bracket of its own."""
    found = _NESTED.match(since) if re.search(r"[（(][^（()）]*[（(]", since) else None
    return found["case"].strip(" 　、") if found else None


def own_funds(since: str, right: str) -> str | None:
    """What an amount is added to, when it is no limit by itself: 「自己資金の額に加えた額」."""
    added = _ADDED.match(right)
    found = _TO.search(since) if added else None
    return found["case"] + added.group().strip(" 　を") if found and added else None
