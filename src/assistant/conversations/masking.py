"""Personal data is masked before a text is stored or logged; figures are not.

Telephone numbers, mail addresses, My Numbers, card and account numbers are replaced by a tag that says what stood there
(「［電話番号］」).  Amounts, years, rates and counts stay: whatever :func:`~assistant.figures.find_figures` reads as a
figure is never touched, telephone numbers excepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..figures import find_figures
from ..figures.folding import fold
from ..records import FigureKind
from .personal import UNSEEN, Personal, find_personal

TAG = "［{}］"
_SIGNS = re.compile(rf"[\s().ーｰ・･─━/_~-]|{UNSEEN.pattern}")


def masked(text: str, keep: Sequence[str] = ()) -> str:
    """``text`` with its personal data replaced by tags; masking it again changes nothing.

    What stands in ``keep`` is public and stays: a telephone number, or a text that holds some.
    """
    while places := _places(text, keep):
        for place in reversed(places):
            text = text[: place.start] + TAG.format(place.sort) + text[place.end :]
    return text  # a second round finds what stood too close to the first to be read


def _places(text: str, keep: Sequence[str]) -> list[Personal]:
    """What is to be masked, from left to right, without overlap."""
    folded = fold(text)
    found = list(find_personal(folded))
    if not found:
        return []
    public = {plain for one in keep for plain in _plain_forms(one)}
    taken = [(figure.start, figure.end) for figure in find_figures(text) if figure.kind is not FigureKind.PHONE]
    places: list[Personal] = []
    for place in found:
        if any(start < place.end and place.start < end for start, end in taken):
            continue
        taken.append((place.start, place.end))
        if _plain(folded[place.start : place.end]) not in public:
            places.append(place)
    return sorted(places, key=lambda place: place.start)


def _plain_forms(text: str) -> Iterator[str]:
    folded = fold(text)
    yield _plain(folded)
    for place in find_personal(folded):
        yield _plain(folded[place.start : place.end])


def _plain(folded: str) -> str:
    """Without the signs that the same number may be printed with or without."""
    return _SIGNS.sub("", folded).lower()
