"""Telephone numbers as printed in Japan: 03-3501-2876, 03(3501)2876, 0120-123-456, +81-3-3501-2876."""

from __future__ import annotations

import re

from ..records import Figure, FigureKind

_DASH = r" ?[-ー・] ?"
_PHONE = re.compile(
    rf"(?:0[0-9]{{1,4}}(?:{_DASH}[0-9]{{1,4}}{_DASH}| ?\([0-9]{{1,4}}\) ?| [0-9]{{2,4}} )[0-9]{{3,4}}"
    rf"|\(0[0-9]{{1,4}}\) ?[0-9]{{1,4}}{_DASH}[0-9]{{4}}"
    rf"|\+81(?:[- ]|(?=\())(?:\(0\))?[0-9]{{1,4}}[- ][0-9]{{1,4}}[- ][0-9]{{3,4}}"
    r"|0[0-9]{9,10}(?!\.?,?[0-9]|(?:[.,][0-9.,]*[0-9])? ?[十百千万億]{0,3}円))(?![0-9])"
)


def read_phone(text: str, start: int) -> Figure | None:
    """The telephone number that starts at ``start`` of a folded text: ten or eleven digits in Japan's groups."""
    found = _PHONE.match(text, start)
    if found is None or len(phone_digits(found[0])) not in (10, 11):
        return None
    return Figure(text=found[0], kind=FigureKind.PHONE, start=start, end=found.end())


def phone_digits(text: str) -> str:
    """A folded number's digits alone, as dialled inside Japan (+81-3-… becomes 03…)."""
    digits = re.sub(r"[^0-9]", "", text)
    if text.lstrip().startswith("+81"):
        digits = "0" + digits[2:].removeprefix("0")
    return digits
