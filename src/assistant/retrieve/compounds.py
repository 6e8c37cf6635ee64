"""Words of a topic as the longer words that a question has them in: 「空き店舗」 is not any 「店舗」."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..records import Program
from ..tokens import fold

_BEFORE = r"[一-龠々ァ-ヶー]{1,4}[きりけみ]"  # a verb's stem that a noun goes on with


def in_compounds(words: Iterable[str], text: str, programs: Sequence[Program]) -> list[str]:
    """Each word, or the longer one of the text that ends with it, where a program's name has that."""
    names = [fold(name) for one in programs for name in (one.program, *one.aliases)]
    found = []
    for word in words:
        match = re.search(_BEFORE + re.escape(word), fold(text))
        found.append(match[0] if match and any(match[0] in name for name in names) else word)
    return list(dict.fromkeys(found))
