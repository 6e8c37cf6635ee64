"""Number words: plain digits, number kanji and the two mixed (1億2,000万, 3千5百, 二〇二〇).

Values are exact: an ``int``, or a ``Fraction`` for decimals; never a float.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

Number = int | Fraction

_DIGITS = {word: value for value, word in enumerate("〇一二三四五六七八九")}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}
MULTIPLIERS = _SMALL | _LARGE
KANJI = "".join((*_DIGITS, *MULTIPLIERS))

_LITERAL = r"[0-9]+(?:,[0-9]+)*+(?:\.[0-9]+)?+"
# A space may stand after a multiplier and before digits: 16億 7022万 1千円.
_RUN = re.compile(rf"(?:{_LITERAL}|[{KANJI}])(?:(?<=[万億兆千]) (?=[0-9])|{_LITERAL}|[{KANJI}]){{0,30}}+")
_WHOLE = re.compile(rf"(?:{_LITERAL}|[{KANJI}])++")
_TOKEN = re.compile(rf"{_LITERAL}|[〇一二三四五六七八九]+|[十百千万億兆]")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_LONGEST = 40  # characters; whatever is longer is no figure (and int() refuses very long digits)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number word in a text: its span, its exact value and how it was written."""

    start: int
    end: int
    word: str
    value: Number
    misgrouped: bool = False  # a thousands comma stands in the wrong place

    @property
    def kanji(self) -> bool:
        """Whether it is written in number kanji alone."""
        return not any(char in "0123456789" for char in self.word)

    @property
    def bare(self) -> bool:
        """Whether it is multipliers alone (千, 百万), as in the names of units."""
        return all(char in "百千万億兆" for char in self.word)

    @property
    def large(self) -> int:
        """The last of 万, 億, 兆 in it, or 1."""
        return next((_LARGE[char] for char in reversed(self.word) if char in _LARGE), 1)

    @property
    def suffix(self) -> int:
        """The product of the multipliers that it ends with, or 1: 2千万 ends with 10,000,000."""
        product = 1
        for char in reversed(self.word):
            if char not in MULTIPLIERS:
                break
            product *= MULTIPLIERS[char]
        return product

    def times(self, word: str, end: int) -> Numeral | None:
        """The same number with one more multiplier word after it (「19,454 千」円)."""
        value = number_of(self.word + word)
        return None if value is None else Numeral(self.start, end, self.word + word, value, self.misgrouped)


def read_numeral(text: str, start: int) -> Numeral | None:
    """The number word that starts at ``start`` of a folded text, or None when there is none or it makes no sense."""
    found = _RUN.match(text, start)
    if found is None:
        return None
    word = found[0]
    value = number_of(word)
    if value is None and " " in word:  # two numbers side by side
        word = word.partition(" ")[0]
        value = number_of(word)
    if value is None:
        return None
    return Numeral(start, start + len(word), word, value, "," in word and _misgrouped(word))


def skip_numeral(text: str, start: int) -> int:
    """The offset after a run of digits and number kanji, so that no part of a longer number is ever read alone."""
    found = _WHOLE.match(text, start)
    return found.end() if found else start + 1


def number_of(word: str) -> Number | None:
    """The value of a whole number word: 1千万 is 10,000,000, 二百五十 is 250, 1.5億 is 150,000,000."""
    if len(word) > _LONGEST:
        return None
    word = word.replace(" ", "")
    if word.isascii():
        return _literal(word)
    if all(char in _DIGITS for char in word):
        return _positional(word)
    return _sum(_TOKEN.findall(word))


def inherited(first: Numeral, second: Numeral) -> Number:
    """The start of a range whose end carries the multiplier: in 1～2億 it is 1億, in 5千～1万 it is 5千."""
    candidates: list[Number] = []
    if first.suffix == 1:
        candidates.append(first.value * second.suffix)
    if first.large == 1:
        candidates.append(first.value * second.large)
    return next((value for value in candidates if value <= second.value), first.value)


def plain(value: Number) -> float:
    """A value as the float that records carry."""
    return float(value)


def _literal(word: str) -> Number:
    digits = word.replace(",", "")
    return Fraction(digits) if "." in digits else int(digits)


def _positional(word: str) -> int:
    return int("".join(str(_DIGITS[char]) for char in word))


def _misgrouped(word: str) -> bool:
    return any("," in token and not _GROUPED.fullmatch(token) for token in _TOKEN.findall(word))


def _sum(tokens: list[str]) -> Number | None:
    """Adds up sections (…億 …万 …), each a sum of 千, 百 and 十; None when the order makes no sense."""
    total: Number = 0
    limit: int | None = None  # the multiplier that the next section must stay below
    section: list[str] = []
    for token in tokens:
        if token not in _LARGE:
            section.append(token)
            continue
        value, size = _section(section), _LARGE[token]
        if value is None or not section or (limit is not None and value * size >= limit):
            return None
        total, limit, section = total + value * size, size, []
    rest = _section(section)
    if rest is None or (limit is not None and rest >= limit):
        return None
    return total + rest


def _section(tokens: list[str]) -> Number | None:
    """One section below 万; a printed number may be as large as it likes before its multiplier (19,454千)."""
    total: Number = 0
    last: int | None = None
    count: Number | None = None
    for token in tokens:
        if token not in _SMALL:
            if count is not None:
                return None
            count = _literal(token) if token[0] in "0123456789" else _positional(token)
            continue
        size = _SMALL[token]
        if last is not None and size >= last:
            return None
        total, last, count = total + (1 if count is None else count) * size, size, None
    if last is not None and count is not None and count >= last:
        return None
    return total + (count or 0)
