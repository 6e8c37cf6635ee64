"""A unit that a caption gives to the lines below it: 「（金額の単位：千円）」 over a list of items with bare amounts.

A caption right above a table is the table's own.  One that speaks of amounts, stands in a heading or over a list holds
to the end of its section, and there a bare number printed as an amount (8,640) is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..figures import money_unit, read_cell
from ..records import Figure
from .lines import Line, Marker

_CAPTION = re.compile(r"単[\s　]*位")
#: 「注）…、単位は千円。」, 「金額は百万円単位で表示」: a sentence about every table of a document
_OF_ALL = re.compile(
    r"単位は、?(?:すべて|全て|いずれも|特に[^。、]{2,12}限り)?、?[\s　]*(?P<unit>[千百十万億]*円)"
    r"|(?:金額|予算額|計数|数値)[^。]{0,12}?[はも、](?:すべて|全て|いずれも)?[\s　]*(?P<named>[千百十万億]{1,2}円)"
    r"(?:を?単位)(?:で|と|です|である|。|$)"
)
#: 「予算額の単位は千円。」 over the programs whose amounts it speaks of
_OF_AMOUNTS = re.compile(r"(?:予算額|事業費|金額)の単位は、?[\s　]*(?P<unit>[千百十万億]*円)")
_TELLS = re.compile(r"金額|予算額|事業費|額は|以下")
_HEADS = ("#", "n", "n.", "■")
_BARE = re.compile(
    r"(?<![0-9０-９,，.．A-Za-zＡ-Ｚａ-ｚ第№.\-－/／~～〜])[△▲]?[\s　]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+"
    r"(?=$|[\s　)）〕］\]】、。・→⇒＊*※(（〔［\[【])"
    # 「相談会開催事業　640（0）」: a short number is an amount where the line ends with another in brackets
    r"|(?<=[^\s　0-9０-９][\s　])[0-9０-９]{1,3}(?=[\s　]?[〔（(［\[【][\s　]?"
    r"(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})*|[-－―‐–—])[\s　]?[〕）)］\]】][\s　]*$)"
    # 「※ 女性の代表者は、上限額に500を加算」
    r"|(?<=額に)[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})*(?=を?(?:加算|上乗せ))"
)


@dataclass
class _Section:
    """The section that a caption holds for: how its heading is marked and numbered, and items numbered alike in it."""

    kind: str = ""
    number: int | None = None
    inner: int | None = None  # the last item below it that is marked as the heading is, counted from 1 again

    def ends_at(self, marker: Marker) -> bool:
        """Whether a line so marked is the heading of the next section."""
        kind = _kind(marker)
        if kind.startswith("#"):
            return len(kind) <= len(self.kind) if self.kind.startswith("#") else False
        if kind != self.kind:
            return False
        expected = 1 if self.inner is None else self.inner + 1
        if marker.number == expected and self.number is not None:
            self.inner = marker.number
            return False
        return True


def _kind(marker: Marker) -> str:
    return marker.text if marker.kind == "#" else marker.kind


def with_units(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with the unit that holds for their bare amounts, which their ``body`` has behind them."""
    result = list(lines)
    unit: str | None = None
    section = _Section()
    above: Marker | None = None
    for place, line in enumerate(lines):
        marked = None if line.tabular else line.marker(*_HEADS)
        if marked is not None:
            above = marked
            unit = None if unit is not None and section.ends_at(marked) else unit
        if not line.tabular and _CAPTION.search(line.raw):
            stated = _stated(line.raw)
            if stated == unit:
                continue  # printed again at the top of a page
            if stated not in (None, "%") and _holds(lines, place):
                unit = stated
                section = _Section(_kind(above), above.number) if above is not None else _Section()
            else:  # a table in another unit: what follows it may be in either
                unit = None
        elif unit is not None and not line.blank:
            body = line.body if line.tabular else with_unit(line.body, unit)
            result[place] = replace(line, unit=unit, body=body)
    return tuple(result)


def _stated(raw: str) -> str | None:
    told = _OF_AMOUNTS.search(raw)
    return money_unit(raw) or (told["unit"] if told else None)


def _holds(lines: tuple[Line, ...], place: int) -> bool:
    """Whether a caption holds for more than the table right below it."""
    line = lines[place]
    if _TELLS.search(line.raw) or line.marker(*_HEADS):
        return True
    near = (other for other in lines[place + 1 : place + 6] if not other.blank and not _is_title(other))
    below = next(near, None)
    return below is not None and not below.tabular and bool(_BARE.search(below.raw))


def _is_title(line: Line) -> bool:
    """「■ 観光課」 between a caption and its list."""
    return line.marker("#", "■") is not None and not re.search(r"[0-9０-９]", line.body)


def unit_of_all(lines: tuple[Line, ...]) -> str | None:
    """The unit that a document's notes give to all its amounts; None where they give none, or two."""
    found = (_OF_ALL.search(line.raw) for line in lines if not line.tabular)
    units = {match["unit"] or match["named"] for match in found if match}
    return units.pop() if len(units) == 1 else None


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
