"""What a printed figure comes to, by arithmetic of its own: the program's parser is what is being measured."""

from __future__ import annotations

import re
import unicodedata

_POWERS = {"百": 10**2, "千": 10**3, "万": 10**4, "億": 10**8, "兆": 10**12}
_PART = re.compile(r"(\d+(?:\.\d+)?)([百千]?)([万億兆]?)")
_SIMPLE = re.compile(r"[▲△\-]?(?:(?:\d+(?:\.\d+)?[百千]?[万億兆]?)+円?|\d+(?:\.\d+)?%?|\d+/\d+|\d+割)")


def plain(text: str) -> float | None:
    """The number that a text states: 1億4299万8千円 → 142998000, 2/3 → 0.667, ▲4.6 → -4.6; None for anything else.

    A 割 counts as one and a per cent as one: only the ratio of two texts that are printed alike is of use.
    """
    flat = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text))
    if not _SIMPLE.fullmatch(flat):
        return None
    sign = -1 if flat[0] in "▲△-" else 1
    above, slash, below = flat.lstrip("▲△-").partition("/")
    if slash:
        return int(above) / int(below) if int(below) else None
    parts = _PART.findall(above)
    return sign * sum(float(number) * _POWERS.get(small, 1) * _POWERS.get(large, 1) for number, small, large in parts)
