"""How far the text below a program's heading reaches: over headings of its own sections and parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..layout import Line
from .names import clean_name
from .titles import is_example, is_generic, program_in

_SECTION = re.compile(
    r"^(?:日程|期間|募集|受付|申請|申込|手続|対象|補助|助成|要件|条件|経費|補助対象|その他|備考|注意)[^。、]{0,14}$"
)
_ASKS = re.compile(r"問い?合わ?せ|連絡先|窓口|申込先|申請先")  # at the end of a document it is about all of it
_PART = re.compile(r"(?:枠|型|類型|コース|タイプ|プラン|区分)(?:[（(][^（()）]*[)）])?$")


def reaches(heads: Sequence[Line], ends: Sequence[int]) -> list[int]:
    """The last line below each heading; ``ends`` are those before the next heading of any form.

    A # heading that names a program holds the deeper ones behind it when each of them is a section or a part: 「###
    対象者」, 「### （１）照明枠」.
    """
    return [_reach(heads, ends, place) for place in range(len(heads))]


def _reach(heads: Sequence[Line], ends: Sequence[int], place: int) -> int:
    own = heads[place].marker("#")
    if own is None or program_in(heads[place].body) is None:
        return ends[place]
    last = place
    for inner in heads[place + 1 :]:
        deeper = inner.marker("#")
        if _ASKS.search(inner.body) or (deeper is not None and len(deeper.text) <= len(own.text)):
            break
        if not (_is_inner(inner) if deeper else program_in(inner.body) is None):
            return ends[place]
        last += 1
    return ends[last]


def _is_inner(line: Line) -> bool:
    name = clean_name(line.body)
    if program_in(line.body) is not None and not _SECTION.match(name):
        return False
    return is_generic(name) or is_example(name) or bool(_SECTION.match(name) or _PART.search(name))
