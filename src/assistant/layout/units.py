"""A unit that a caption gives to the lines below it: 「（金額の単位：千円）」 over a list of items with bare amounts.

A caption right above a table is the table's own.  One that speaks of amounts, stands in a heading or over a list holds
to the end of its section, and there a bare number printed as an amount (8,640) is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..figures import money_unit, read_cell
from ..records import Figure
from .lines import Line

_CAPTION = re.compile(r"単[\s　]*位")
_TELLS = re.compile(r"金額|予算額|事業費|額は|以下")
_HEADS = ("#", "n", "n.", "■")
_BARE = re.compile(
    r"(?<![0-9０-９,，.．A-Za-zＡ-Ｚａ-ｚ第№.\-－/／~～〜])[△▲]?[\s　]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+"
    r"(?=$|[\s　)）〕］\]】、。・→⇒＊*※(（〔［\[【])"
    # 「相談会開催事業　640（0）」: a short number is an amount where the line ends with another in brackets
    r"|(?<=[^\s　0-9０-９][\s　])[0-9０-９]{1,3}(?=[\s　]?[〔（(［\[【][\s　]?"
    r"(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})*|[-－―‐–—])[\s　]?[〕）)］\]】][\s　]*$)"
)


def with_units(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with the unit that holds for their bare amounts, which their ``body`` has behind them."""
    result = list(lines)
    unit: str | None = None
    head: str | None = None  # how the heading is marked at whose like the unit ends
    above: str | None = None
    for place, line in enumerate(lines):
        marked = None if line.tabular else next((m for m in line.markers if m.kind in _HEADS), None)
        if marked is not None:
            above = marked.text if marked.kind == "#" else marked.kind
            unit = None if above == head or (above.startswith("#") and len(above) <= len(head or "")) else unit
        if not line.tabular and _CAPTION.search(line.raw):
            stated = money_unit(line.raw)
            if stated not in (None, "%") and _holds(lines, place):
                unit, head = stated, above
            elif stated != unit:  # a table in another unit: what follows it may be in either
                unit = None
        elif unit is not None and not line.blank:
            body = line.body if line.tabular else with_unit(line.body, unit)
            result[place] = replace(line, unit=unit, body=body)
    return tuple(result)


def _holds(lines: tuple[Line, ...], place: int) -> bool:
    """Whether a caption holds for more than the table right below it."""
    line = lines[place]
    if _TELLS.search(line.raw) or line.marker(*_HEADS):
        return True
    below = next((other for other in lines[place + 1 : place + 4] if not other.blank), None)
    return below is not None and not below.tabular and bool(_BARE.search(below.raw))


def with_unit(text: str, unit: str | None) -> str:
    """The text with ``unit`` behind each amount that is printed without one."""
    return _BARE.sub(rf"\g<0>{unit}", text) if unit else text


def bare_amounts(text: str, unit: str | None) -> Iterator[Figure]:
    """The amounts printed without a unit in a text for which ``unit`` holds."""
    for found in _BARE.finditer(text) if unit else ():
        figure = read_cell(found.group().strip(" 　"), unit)
        if figure is not None and figure.yen is not None:
            start = found.end() - len(found.group().lstrip(" 　"))
            yield replace(figure, start=start, end=found.end())
