"""Sums of money that a person says without 円: 「1億8千万くらい」, 「700万だったか」."""

from __future__ import annotations

import re
from dataclasses import replace

from ..records import Figure, FigureKind
from .scanning import scan

_DIGITS = "0-9０-９,，.．〇一二三四五六七八九十百千"
_LOOSE = re.compile(
    rf"(?<![{_DIGITS}万億兆～〜~数何幾])[{_DIGITS}]*[0-9０-９〇一二三四五六七八九十百千][億万](?:[{_DIGITS}]+万?|[{_DIGITS}]*)"
    r"(?![円万億兆]|[ 　]*円|[人件社者台個回票名箇店校本年歳戸点枚冊席部組倍字語]"
    r"|[～〜~]|[kKmMｔt%％]|トン|[かカ][所国]|ヶ)"
)
_FEWEST = 2


def loose_money(text: str) -> list[Figure]:
    """Sums of a text in 万 or 億 that no 円 follows, as figures of money; ``text[f.start:f.end] == f.text``."""
    taken = [(figure.start, figure.end) for figure, _ in scan(text)]
    found = []
    for match in _LOOSE.finditer(text):
        if len(match[0]) < _FEWEST or any(start < match.end() and match.start() < end for start, end in taken):
            continue
        read = [figure for figure, _ in scan(f"{match[0]}円") if figure.kind is FigureKind.MONEY]
        if len(read) == 1 and read[0].start == 0 and read[0].end == len(match[0]) + 1:
            found.append(replace(read[0], text=match[0], start=match.start(), end=match.end()))
    return found
