"""A field whose cases are a list of their own: 「・補助率」 over 「通常の設備　10％」 and 「先端設備　15％」."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..figures import find_figures
from ..layout import Line
from ..layout.labels import plain
from ..programs.amounts import field_label, field_words
from ..records import FigureKind
from .siblings import label_kind

# a field of what is given, which may be a share of the sum that it names
_GRANTED = re.compile(r"^(?:交付|助成|補助|支給|奨励|給付)(?:金(?:の)?)?額$")
_EQUALS = re.compile(r"相当額|に相当する額|の額(?=[\s　（(]|$)|税額")
_CASE = re.compile(r"^(?P<case>[^。：:（(]{2,30}?)(?:[：:]|[\s　]+(?=(?:最大|上限|年率?|月額|約)?[0-9０-９]))")
_SHARES = (FigureKind.RATE, FigureKind.PERCENT)


def opens_list(lines: Sequence[Line], line: Line) -> bool:
    """Whether an item is a field whose cases stand as items set in below it."""
    if not line.marker("-", "・"):
        return False
    if re.search(r"[：:]$", line.body):
        return True
    below = lines[line.number] if line.number < len(lines) else None
    nested = below is not None and not below.blank and bool(below.markers) and below.indent > line.indent
    label = field_label(line.body)
    if not nested or label is None or label not in field_words():
        return False
    return plain(line.body) == label or not find_figures(line.body) or _is_share_of(line)


def said_above(opened: Line, line: Line) -> str:
    """What the field says of a case below it; a share below 「交付額　固定資産税相当額」 is a rate."""
    shares = any(figure.kind in _SHARES for figure in find_figures(line.body))
    return f"{opened.body}\n補助率：" if shares and _is_share_of(opened) else f"{opened.body}\n"


def case_of(line: Line) -> str | None:
    """The case that an item names before its figure; a label that says itself what the figure is names none."""
    found = _CASE.match(line.body)
    name = found["case"].strip(" 　") if found else ""
    if name == "その他":
        return name
    label = label_kind(name) is not None or plain(name) in field_words()
    return None if not name or label or _is_figure(name) else name


def _is_figure(name: str) -> bool:
    return any(figure.end - figure.start == len(name) for figure in find_figures(name))


def _is_share_of(line: Line) -> bool:
    label, _, rest = line.body.partition(" ") if " " in line.body else line.body.partition("　")
    return bool(_GRANTED.match(plain(label)) and _EQUALS.search(rest))
