"""「3億円の内訳：一般枠 1億8,000万円、特別枠 1億2,000万円」: an amount of a sentence divided among named parts."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from ..layout.roles import source_role
from ..records import FactKind, Figure, FigureKind
from .make import Say
from .named_amounts import PRICED
from .siblings import label_kind

_HEAD = re.compile(r"(?:の|、)?(?:主な)?内訳(?:は|：|:|として)[、\s　]*")
_PART = re.compile(
    r"[\s　]*(?:、|，|,|と|及び|並びに|・|／|;|；)?[\s　]*"
    r"(?P<name>[^\s　、，,。：:（()）「」0-9０-９はをがで]{2,24}?)(?:分)?(?:に|が|は|：|:|…)?[\s　]*(?:約)?"
)
_OPEN = (FactKind.OTHER, FactKind.BREAKDOWN, FactKind.BUDGET)
_FEWEST = 2
Said = list[tuple[Figure, Say]]


def divided(text: str, said: Said) -> Said:
    """What is said of the figures of a piece, those of such a list being the shares of the parts they follow.

    The amount that is divided is the budget, where it is printed in a unit of budgets and nothing else is said of it.
    """
    result = list(said)
    for head in _HEAD.finditer(text):
        shares = _shares(text, head.end(), said)
        if len(shares) < _FEWEST:
            continue
        for place, name in shares.items():
            figure, say = said[place]
            told = replace(say, kind=FactKind.BREAKDOWN, subprogram=name, item=name, condition=None)
            result[place] = (figure, told)
        whole = next((place for place, (figure, _) in enumerate(said) if figure.end == head.start()), None)
        if whole is not None and _is_open_sum(*said[whole]):
            result[whole] = (said[whole][0], replace(said[whole][1], kind=FactKind.BUDGET))
    return result


def _shares(text: str, start: int, said: Said) -> dict[int, str]:
    """The part before each amount of the list that begins at ``start``, by the amount's place in ``said``."""
    after = [place for place, (figure, _) in enumerate(said) if figure.start >= start]
    ends = [start, *(said[place][0].end for place in after)]
    found: dict[int, str] = {}
    for place, (end, _) in zip(after, pairwise(ends), strict=True):
        figure, say = said[place]
        match = _PART.fullmatch(text[end : figure.start])
        if match is None or figure.kind is not FigureKind.MONEY or say.kind not in _OPEN or figure.per:
            break
        if source_role(match["name"]) or label_kind(match["name"]) not in (None, FactKind.BREAKDOWN):
            return {}
        found[place] = match["name"]
    return found


def _is_open_sum(figure: Figure, say: Say) -> bool:
    return figure.kind is FigureKind.MONEY and say.kind is FactKind.OTHER and figure.unit not in PRICED
