"""Questions in hiragana: their runs that read as a known name or word, written as that name or word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..tokens import MAX_BYTES, short_readings

MOSTLY = 0.12  # at most this share of a question's letters is kanji
FEWEST = 10  # hiragana in a question that may be meant
LONG = 6  # kana of a reading that is found also inside a run; a shorter one stands between blanks, marks or particles
_BARE = re.compile(r"[\s・ー,，、。.()（）「」『』\"'!！?？:：~〜～/-]")
_KANA = str.maketrans({chr(letter): chr(letter - 0x60) for letter in range(0x30A1, 0x30F7)})
_VOICED = str.maketrans("ぢづをヴ", "じずおぶ")
_RUN = re.compile("[ぁ-ん]{5,14}")
_PARTICLE = frozenset("のはがをおにへでともやかって")


def mostly_kana(text: str) -> bool:
    """Whether a question is written in hiragana, but for a few letters."""
    kanji = len(re.findall("[一-龠々]", text))
    hiragana = len(re.findall("[ぁ-ん]", text))
    letters = kanji + hiragana + len(re.findall("[ァ-ヴー]", text))
    return hiragana >= FEWEST and kanji <= MOSTLY * letters


def reading_of(text: str) -> str:
    """How a text is read, in hiragana without marks, long vowels and blanks: 信用補完 → しんようほかん."""
    if len(text.encode()) > MAX_BYTES:
        return ""
    read = "".join(reading if _says(reading) else surface for surface, reading in short_readings(text))
    return _folded(read)


def _says(reading: str) -> bool:
    return bool(reading) and reading != "キゴウ"


def _folded(text: str) -> str:
    return _BARE.sub("", text.translate(_KANA).translate(_VOICED)).lower()


@dataclass(frozen=True, slots=True)
class Readings:
    """Written forms by their reading, the first one given for a reading being the one meant."""

    by_reading: dict[str, str] = field(default_factory=dict)
    by_head: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, words: Iterable[str], shortest: int = 2) -> Readings:
        """The readings of at least ``shortest`` kana of these words; words in hiragana alone need none."""
        found: dict[str, str] = {}
        for word in words:
            if re.search("[一-龠々ァ-ヴ]", word) and len(reading := reading_of(word)) >= shortest:
                found.setdefault(reading, word)
        heads: dict[str, list[str]] = defaultdict(list)
        for reading in found:
            heads[reading[:2]].append(reading)
        return cls(found, {head: tuple(sorted(group, key=len, reverse=True)) for head, group in heads.items()})

    def written(self, text: str) -> str:
        """A hiragana text with its longest known readings written as their words; the rest as it is."""
        plain, origin = _plain(text)
        pieces: list[str] = []
        done = place = 0
        while place < len(plain):
            reading = next((one for one in self._at(plain, place) if _stands(text, plain, origin, place, one)), None)
            if reading is None:
                place += 1
                continue
            pieces += [text[done : origin[place]], self.by_reading[reading]]
            place += len(reading)
            done = origin[place - 1] + 1
        return "".join(pieces) + text[done:]

    def in_runs(self, text: str) -> str:
        """A text with the runs of hiragana that are a known reading as a whole written as their word: げんしりょく."""
        return _RUN.sub(lambda run: self._word_of(run[0]) or self._behind_particle(run[0]) or run[0], text)

    def _behind_particle(self, run: str) -> str:
        word = self._word_of(run[1:]) if run[0] in _PARTICLE else ""
        return word and f"{run[0]}{word}"

    def _word_of(self, run: str) -> str:
        ends = (end for end in range(len(run), LONG - 2, -1) if set(run[end:]) <= _PARTICLE and len(run) - end < 2)
        found = ((self.by_reading.get(_folded(run[:end])), run[end:]) for end in ends)
        return next((f"{word}{rest}" for word, rest in found if word), "")

    def _at(self, plain: str, place: int) -> Iterable[str]:
        return (one for one in self.by_head.get(plain[place : place + 2], ()) if plain.startswith(one, place))


def _plain(text: str) -> tuple[str, list[int]]:
    """The folded text and where each of its letters stands in the text."""
    letters: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(text):
        if folded := _folded(letter):
            letters.append(folded[0])
            origin.append(place)
    return "".join(letters), origin


def _stands(text: str, plain: str, origin: list[int], place: int, reading: str) -> bool:
    """Whether a reading at a place of the plain text begins and ends where a word does."""
    end = place + len(reading)
    if len(reading) >= LONG:
        return True
    before = text[origin[place] - 1] if origin[place] else " "
    after = text[origin[end - 1] + 1] if origin[end - 1] + 1 < len(text) else " "
    opens = bool(_BARE.match(before)) or (before in _PARTICLE and len(reading) > 2) or not re.match("[ぁ-ん]", before)
    closes = bool(_BARE.match(after)) or after in _PARTICLE or not re.match("[ぁ-んー]", after)
    return opens and closes
