"""Names said in part: 「次世代自動車参入支援」 for 「…事業費」, 「ものづくり高度連携促進事業」 with words left out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from ..lexicon import table
from ..tokens import Word, short_words

SHORTEST = 6  # letters of what is said for a name
HEAD = 8  # letters of a name's beginning that stand for it without a word such as 事業 at their end
TELLING = 10  # letters of a run that need no telling word
HALF = 0.55  # share of a name's letters that must be said when words in its middle are left out
_JOINED = re.compile(r"^[・･\s　]*$|^の$|^と$")
_QUOTED = re.compile(r"「([^「」]{3,40})」|『([^『』]{3,40})』")
_OF_OFFICE = re.compile(r"^[都道府県市町村国省庁部局課]$|[0-9]$")
_DONE_TO = re.compile(r"^(を|に使|に役|で使|し(?:たい|て|ます|よう|た)|する|され)")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a text that says a name in part: text[start:end], and the keys of the names it may say."""

    start: int
    end: int
    names: frozenset[str]
    called: bool  # it stands in quotes, or ends as names do


@dataclass(frozen=True, slots=True)
class Shortened:
    """Names by their words, for finding those that a run of words says in part."""

    words: dict[str, tuple[Word, ...]] = field(default_factory=dict)
    holders: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[str]) -> Shortened:
        words: dict[str, tuple[Word, ...]] = {}
        holders: dict[str, set[str]] = defaultdict(set)
        for name in names:
            words[name] = tuple(word for word in short_words(name) if not word.dropped)
            for word in words[name]:
                holders[word.form].add(name)
        return cls(words, {form: frozenset(group) for form, group in holders.items()})

    def parts(self, text: str) -> list[Part]:
        """The longest runs of a text that say a name in part, in order."""
        words = short_words(text)
        quoted = [match.span(1) if match[1] else match.span(2) for match in _QUOTED.finditer(text)]
        found: list[Part] = []
        place = 0
        while place < len(words):
            part = self._from(text, words, place, quoted) if self._may_begin(text, words, place) else None
            if part is None:
                place += 1
                continue
            found.append(part)
            place = next((at for at in range(place, len(words)) if words[at].start >= part.end), len(words))
        return found

    def all_said(self, text: str) -> frozenset[str]:
        """The names that hold every word of a text, in its order."""
        words = [word for word in short_words(text) if not word.dropped]
        if not any(word.form not in _vague() for word in words):
            return frozenset()
        return frozenset(name for name in self._holding(words) if self._aligned(words, name))

    def _may_begin(self, text: str, words: Sequence[Word], place: int) -> bool:
        """Whether a name may begin with this word: at the beginning of a compound."""
        word = words[place]
        if word.dropped or word.form not in self.holders:
            return False
        last = place - 1
        while last > 0 and text[words[last].start : words[last].end] in "・･":
            last -= 1  # 「整備・機能強化事業」 is one name
        before = words[last] if last >= 0 else None
        if before is None or before.dropped or words[place - 1].end != word.start:
            return True
        if not before.naming:
            return True
        called = _OF_OFFICE.search(text[before.start : before.end])
        return bool(called) and not text[: before.end].endswith(_any_such_place())

    def _from(self, text: str, words: Sequence[Word], place: int, quoted: list[tuple[int, int]]) -> Part | None:
        """The longest run from a word on, of which one name or more hold every word in order."""
        run: list[Word] = []
        best: Part | None = None
        end = words[place].start
        for word in words[place:]:
            if not _JOINED.match(text[end : word.start]):
                break
            if word.dropped:
                if _JOINED.match(text[word.start : word.end]) and run:
                    end = word.end
                    continue
                break
            run.append(word)
            end = word.end
            names = frozenset(name for name in self._holding(run) if self._aligned(run, name))
            if not names:
                break
            if self._closes(text, words, end) and (part := self._judged(text, run, names, quoted)):
                best = part
        return best

    def _closes(self, text: str, words: Sequence[Word], end: int) -> bool:
        """Whether a compound ends here, or goes on with what is asked of a name (予算額, 補助率)."""
        after = next((word for word in words if word.start >= end), None)
        if after is None or after.start > end or after.dropped or not after.naming:
            return True
        return bool(_asks().match(text[end:]))

    def _judged(self, text: str, run: list[Word], names: frozenset[str], quoted: list[tuple[int, int]]) -> Part | None:
        """The names of a run that says enough of them."""
        start, end = run[0].start, run[-1].end
        length = sum(word.end - word.start for word in run)
        telling = [word for word in run if word.form not in _vague()]
        if length < SHORTEST or len(run) < 2 or not (telling or length >= TELLING) or _DONE_TO.match(text[end:]):
            return None
        called = any(first <= start and end <= last for first, last in quoted) or run[-1].form in _kinds()
        kept = frozenset(name for name in names if self._enough(run, name, length, called))
        return Part(start, end, kept, called) if kept else None

    def _enough(self, run: list[Word], name: str, length: int, called: bool) -> bool:
        places = self._aligned(run, name)
        if places is None:
            return False
        whole = self.words[name]
        unbroken = places[-1] - places[0] == len(places) - 1
        if not unbroken:
            letters = sum(word.end - word.start for word in whole if word.form not in _kinds())
            own = sum(word.end - word.start for word in run if word.form not in _kinds())
            return called and places[0] == 0 and own >= HALF * letters
        return called or (places[0] == 0 and length >= HEAD)

    def _holding(self, run: Sequence[Word]) -> frozenset[str]:
        groups = [self.holders.get(word.form, frozenset()) for word in run]
        return frozenset.intersection(*groups) if groups else frozenset()

    def _aligned(self, run: Sequence[Word], name: str) -> list[int] | None:
        """Where the words of a run stand in a name, in order; None when they do not all."""
        places: list[int] = []
        at = 0
        for word in run:
            while at < len(self.words[name]) and self.words[name][at].form != word.form:
                at += 1
            if at == len(self.words[name]):
                return None
            places.append(at)
            at += 1
        return places


@cache
def _kinds() -> frozenset[str]:
    return frozenset(table("spellings")["names"]["kinds"])


@cache
def _vague() -> frozenset[str]:
    return _kinds() | frozenset(table("spellings")["names"]["vague"])


@cache
def _any_such_place() -> tuple[str, ...]:
    """Words that end as a place's name does (見本市)."""
    return tuple(table("regions")["generic"]["ends"])


@cache
def _asks() -> re.Pattern[str]:
    return re.compile("|".join(table("spellings")["names"]["asks"]))
