"""Names written with a wrong letter or two, or converted to other characters that are read the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from ..tokens import short_words
from .kana import reading_of

SHORTEST = 6  # letters of a name that may be misspelled
LONG = 12  # a longer name may have two wrong letters
SHARED = 0.4  # share of the pairs of letters that a misspelled name has in common with the right one


def slips_allowed(length: int) -> int:
    """How many letters of a name of this length may be wrong."""
    return 0 if length < SHORTEST else 1 if length <= LONG else 2


def distance(one: str, other: str, most: int) -> int:
    """Letters inserted, left out, put for another or swapped with the next; ``most`` + 1 when there are more.

    The restricted Damerau–Levenshtein distance (optimal string alignment).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        this = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, this[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            this.append(cost)
        if min(this) > most:
            return most + 1
        before, last = last, this
    return min(last[-1], most + 1)


def is_slip(said: str, name: str) -> bool:
    """Whether what differs between them is a slip of the pen: no figure, no Latin letter, no word put for another.

    「動入」 is no word, so 「導入」 was meant; 「輸入」 is a word, and another one than 「輸出」.
    """
    if sorted(said) == sorted(name):  # 「継承」 for 「承継」
        return True
    return all(_is_one_slip(said, name, change) for change in _changes(said, name))


def _is_one_slip(said: str, name: str, change: tuple[int, int, int, int]) -> bool:
    start, said_end, name_start, name_end = change
    wrong, right = said[start:said_end], name[name_start:name_end]
    if re.search("[0-9a-z一二三四五六七八九十①-⑳]", wrong + right):
        return False
    if not wrong.strip("ーっッ") and not right.strip("ーっッ"):
        return True
    if sorted(wrong) == sorted(right):
        return True
    if not re.search("[一-龠々]", wrong + right) and len(name) > LONG:
        return True
    return not (_holds_word(said, start, said_end) or _is_words(name, name_start, name_end))


def _changes(said: str, name: str) -> list[tuple[int, int, int, int]]:
    """Where the two differ: said[a:b] stands for name[c:d]."""
    codes = SequenceMatcher(None, said, name, autojunk=False).get_opcodes()
    return [(first, last, begin, end) for tag, first, last, begin, end in codes if tag != "equal"]


def _holds_word(text: str, start: int, end: int) -> bool:
    """Whether a word of two letters or more reaches into text[start:end]."""
    words = (word for word in short_words(text) if word.start < max(end, start + 1) and start < word.end)
    return any(word.known and word.end - word.start > 1 for word in words) and end > start


def _is_words(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is a word or words of its own: 「再」 of 「再就職」 was left out on purpose."""
    edges = {place for word in short_words(text) for place in (word.start, word.end)}
    return end > start and {start, end} <= edges


@dataclass(frozen=True, slots=True)
class Spelled:
    """Names that may be misspelled, by their pairs of letters and by their readings."""

    pairs: dict[str, set[str]] = field(default_factory=dict)
    readings: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[str], begun: Iterable[str] = ()) -> Spelled:
        """``names`` as compared: one width, no blanks; ``begun`` are beginnings of names, which are not read out."""
        pairs: dict[str, set[str]] = defaultdict(set)
        readings: dict[str, set[str]] = defaultdict(set)
        told = [name for name in names if len(name) >= SHORTEST]
        for name in told:
            readings[reading_of(name)].add(name)
        for name in (*told, *begun):
            for pair in _pairs(name):
                pairs[pair].add(name)
        return cls(dict(pairs), dict(readings))

    def meant(self, said: str) -> frozenset[str]:
        """The names that a run of letters misspells: those it is read as, else the nearest ones."""
        same = self.readings.get(reading_of(said), set()) if len(said) >= SHORTEST - 1 else set()
        if same:
            return frozenset(same)
        found: dict[str, int] = {}
        for name in self._like(said):
            slips = slips_allowed(min(len(name), len(said)))
            apart = distance(said, name, slips)
            if 0 < apart <= slips and is_slip(said, name):
                found[name] = apart
        nearest = min(found.values(), default=0)
        return frozenset(name for name, apart in found.items() if apart == nearest)

    def _like(self, said: str) -> set[str]:
        counts: dict[str, int] = defaultdict(int)
        own = _pairs(said)
        for pair in own:
            for name in self.pairs.get(pair, ()):
                counts[name] += 1
        return {name for name, count in counts.items() if count >= SHARED * len(own)}


@lru_cache(50_000)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[place : place + 2] for place in range(len(text) - 1))
