"""Who pays whom: 「国 →（補助 2/3）→ 民間企業等」 gives each share between two arrows to the two ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise

from ..programs.names import squeeze
from ..records import FactKind, Figure, FigureKind
from .make import Say

_ARROW = re.compile(r"[\s　]*[-－―─=＝]*[→⇒➡⟶][\s　]*")
_ACT = re.compile(
    r"補助|委託|交付|負担|助成|出資|貸付|定額|請負|拠出|[0-9０-９][\s　]*[/／][\s　]*[0-9０-９]|[0-9０-９]分の"
)
_MARK = re.compile(r"^[\s　]*(?:[-*+・○●◆■]|[(（][0-9０-９]{1,2}[)）]|[①-⑳])*[\s　]*")
_NAMED = re.compile(r"^(?!.{0,6}(?:補助|助成|交付|定額|負担|率))[^（()0-9０-９]{1,24}[（(]")  # 「県（1/2）」 is an end
_SCHEME = re.compile(
    r"[\s　]*(?:[-・][\s　]*)?(?:国|[都道府県市区町村]|[^\s　（(→]{1,6}[省庁県市])[\s　]*(?:[（(][^（()）]*[)）])?"
    r"[\s　]*[-－―─]*[→⇒➡⟶]"
)
_LONGEST = 24  # characters of an end's name
_SHARES = (FigureKind.RATE, FigureKind.PERCENT)


def is_scheme(text: str) -> bool:
    """「国 →（補助 定額）→ 非営利法人 → …」 without a number: who pays whom in the whole program."""
    return _SCHEME.match(text) is not None and len(_ARROW.findall(text)) > 1


def flowing(text: str, said: list[tuple[Figure, Say]]) -> list[tuple[Figure, Say]]:
    """``said`` of a line of arrows: a share that stands between two ends is what the first pays the second."""
    arrows = list(_ARROW.finditer(text))
    if len(arrows) < 2:
        return said
    stops = [0, *(arrow.end() for arrow in arrows), len(text)]
    steps = [_ARROW.sub("", text[a:b]) for a, b in pairwise(stops)]
    ends = [_ends(steps, place) for place in range(len(steps))]
    return [
        _between(figure, say, ends[bisect_right(stops, figure.start, 1, len(stops) - 1) - 1]) for figure, say in said
    ]


def _ends(steps: list[str], place: int) -> str | None:
    """「国→民間団体等」 for a step between two names that says what passes from the one to the other."""
    if not 0 < place < len(steps) - 1:
        return None
    step = steps[place]
    if not _ACT.search(step) or "委託" in step or _NAMED.match(step):
        return None
    giver, taker = _end(steps[place - 1], last=True), _end(steps[place + 1], last=False)
    return f"{giver}→{taker}" if giver and taker else None


def _between(figure: Figure, say: Say, ends: str | None) -> tuple[Figure, Say]:
    if ends is None or figure.kind not in _SHARES:
        return figure, say
    return figure, replace(say, kind=FactKind.SUBSIDY_RATE, item=None, condition=ends)


def _end(step: str, *, last: bool) -> str | None:
    """The name that stands next to the arrow; what a wide gap sets off, or a share of its own, is none."""
    pieces = [piece for piece in re.split(r"[\s　]{2,}|※", _MARK.sub("", step)) if piece.strip()]
    name = squeeze(pieces[-1 if last else 0]) if pieces else ""
    name = re.sub(r"[。、,]$", "", re.sub(r"[（(][^（）()]*[)）]$", "", name))
    if not 1 <= len(name) <= _LONGEST or re.match(r"^[（(]", name) or re.search(r"[：:。]", name):
        return None
    return name
