"""Names that have the form of a prefecture's, a town's or a ministry's.

The lexicon lists prefectures, large cities and ministries; there are some 1,700 towns, and a document may come from
any of them.  So a name is also known by its last character, unless it is a word for any such place (本県, 市町村).
"""

from __future__ import annotations

import re
from functools import cache

from .lexicon import table

NATION = "国"
_LETTER = "一-龠々ヶヵァ-ヴーぁ-ん"
_KANJI = "一-龠々ヶヵァ-ヴー"
_YEAR = re.compile(r"(?:令和|平成)?[0-9０-９元]+年度?版?")
_NOT_NEXT = "(?![県市区町村省庁民内外立営税下勢政債単境場街域分長])"
# at the head of a phrase a name may have hiragana in it (つくばみらい市); within a sentence a particle may precede it
_HEADING = re.compile(rf"(?<![{_LETTER}A-Za-z])([{_LETTER}]{{1,6}}?[県市区町村省庁]){_NOT_NEXT}")
_SENTENCE = re.compile(rf"(?<![{_KANJI}A-Za-z])([{_KANJI}]{{1,6}}?[県市区町村]){_NOT_NEXT}")


def places_in_heading(text: str) -> list[str]:
    """Places and ministries that a title or an office's line names, in order."""
    return [found for found in _HEADING.findall(_YEAR.sub(" ", text)) if not _generic().search(found)]


def towns_in(text: str) -> list[str]:
    """Prefectures and towns that a sentence names, in order; written in kanji or katakana."""
    return [found for found in _SENTENCE.findall(_YEAR.sub(" ", text)) if not _generic().search(found)]


@cache
def _generic() -> re.Pattern[str]:
    words = table("regions")["generic"]
    whole = "|".join(re.escape(word) for word in words["words"])
    ends = "|".join(re.escape(word) for word in words["ends"])
    return re.compile(rf"^(?:{whole})$|(?:{ends})$")
