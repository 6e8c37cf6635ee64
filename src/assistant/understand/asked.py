"""Which figures a question asks for, and what it wants to be told of them (``lexicon/questions.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from ..lexicon import table
from ..placenames import NATION
from ..records import FactKind
from ..tokens import search_form

K = FactKind
_FUNDING = frozenset({K.FUNDING_NATIONAL, K.FUNDING_OTHER, K.FUNDING_GENERAL})
_CLOSE = re.compile(r"[。?!\n]")
_PAUSE = re.compile(r"[。?!\n、,]")
# 「R5でいくら? そのうち国費は?」: what an amount asked for before other kinds is, by those kinds
_BESIDE = (
    ({K.LOAN_RATE, K.LOAN_TERM, K.GUARANTEE_RATE}, K.LOAN_LIMIT),
    ({K.SUBSIDY_RATE, K.LIMIT_ADDITION}, K.SUBSIDY_LIMIT),
    ({*_FUNDING, K.BUDGET_PREVIOUS, K.BUDGET_CHANGE, K.BUDGET_REVISED, K.PERIOD, K.TARGET, K.COUNT}, K.BUDGET),
)


@dataclass(frozen=True, slots=True)
class Asking:
    """Kinds asked for in the order of the question, words their item must hold, whether it asks 「いくら」 of no
    kind, and the words of the question that ask."""

    kinds: tuple[FactKind, ...]
    items: tuple[str, ...]
    open_amount: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    kinds: tuple[FactKind, ...]
    items: tuple[str, ...] = ()
    unless: frozenset[FactKind] = frozenset()  # kinds that it yields to
    general: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    pattern: re.Pattern[str]
    match: _Match  # what it makes of a place


def asked_kinds(text: str) -> Asking:
    """What a question asks for.

    A word that a longer matching word covers in part does not count: 補助限度額 does not also ask for 限度額.
    """
    plain = _shown(search_form(text))
    kept = _sure(_longest(list(_found(plain))), plain)
    amounts = [match for match in _open().finditer(plain) if not _covered(match, kept)]
    kinds = dict.fromkeys(kind for one in kept for kind in one.kinds)
    if kinds and amounts and (beside := _beside(amounts[0], kept, plain)):
        kinds = {beside: None, **kinds}
    items = dict.fromkeys(item for one in kept for item in one.items)
    words = [plain[one.start : one.end] for one in kept] + [match[0] for match in amounts]
    return Asking(tuple(kinds), tuple(items), bool(amounts) and not kinds, tuple(words))


def _shown(plain: str) -> str:
    """A question without the stretches that only look as if they asked (期間限定, 小規模)."""
    return _hidden().sub(lambda match: "〓" * len(match[0]), plain)


def _found(plain: str) -> list[_Match]:
    return [
        replace(one.match, start=place.start(), end=place.end())
        for one in _entries()
        for place in one.pattern.finditer(plain)
        if place.end() > place.start()
    ]


def _longest(found: list[_Match]) -> list[_Match]:
    """Matches that do not overlap, longer ones first and general ones last; equal spans stand for several kinds."""
    kept: list[_Match] = []
    for one in sorted(found, key=lambda match: (match.general, match.start - match.end, match.start)):
        spans = ((other.start, other.end) for other in kept)
        if all((one.start, one.end) == span or one.end <= span[0] or span[1] <= one.start for span in spans):
            kept.append(one)
    return sorted(kept, key=lambda match: (match.start, match.end))


def _sure(kept: list[_Match], plain: str) -> list[_Match]:
    """Without words that yield to another of their sentence, and general ones beside a source of money by name."""
    own = [one for one in kept if not one.unless]
    named = {kind for one in own if not one.general and len(one.kinds) == 1 for kind in one.kinds} & _FUNDING
    sure = []
    for one in kept:
        if one.general and named:
            continue
        stronger = [other for other in own if one.unless & set(other.kinds)]
        before = [other for other in stronger if other.start < one.end and not _parted(other, one, plain)]
        if not before and not any(_same_clause(one, other, plain) for other in stronger):
            sure.append(one)
    return sure


def _parted(one: _Match, other: _Match, plain: str) -> bool:
    return _CLOSE.search(plain, one.end, max(one.end, other.start)) is not None


def _same_clause(one: _Match, other: _Match, plain: str) -> bool:
    first, last = sorted((one, other), key=lambda match: match.start)
    return _PAUSE.search(plain, first.end, max(first.end, last.start)) is None


def _covered(match: re.Match[str], kept: list[_Match]) -> bool:
    return any(one.start < match.end() and match.start() < one.end for one in kept)


def _beside(amount: re.Match[str], kept: list[_Match], plain: str) -> FactKind | None:
    """The kind of an amount that is asked for first, in a clause of its own."""
    if any(one.start < amount.start() for one in kept) or not _PAUSE.search(plain, amount.end(), kept[0].start):
        return None
    others = {kind for one in kept for kind in one.kinds}
    return next((kind for family, kind in _BESIDE if others & family and kind not in others), None)


@cache
def _entries() -> tuple[_Entry, ...]:
    entries = []
    for entry in table("questions")["ask"]:
        kinds = tuple(FactKind(name) for name in entry["kinds"])
        unless = frozenset(K) if entry.get("weak") else frozenset(map(K, entry.get("unless", ())))
        match = _Match(0, 0, kinds, tuple(entry.get("items", ())), unless, entry.get("general", False))
        words = [re.escape(search_form(word)) for word in entry["words"]]
        entries += [_Entry(re.compile(pattern), match) for pattern in (*words, *entry.get("patterns", ()))]
    return tuple(entries)


@cache
def _hidden() -> re.Pattern[str]:
    return re.compile("|".join(table("questions")["hidden"]["patterns"]))


@cache
def _open() -> re.Pattern[str]:
    words = sorted(table("questions")["open_amount"]["words"], key=len, reverse=True)
    return re.compile("|".join((*table("questions")["open_amount"]["patterns"], *map(re.escape, words))))


def without_payer(regions: tuple[str, ...], kinds: tuple[FactKind, ...], named: bool) -> tuple[str, ...]:
    """The regions asked about: 「県の…事業は、国がいくら出してる?」 asks about none of the nation's programs."""
    if K.FUNDING_NATIONAL not in kinds or not (named or len(regions) > 1):
        return regions
    return tuple(region for region in regions if region != NATION)


def intent_of(text: str, asks_figure: bool, has_figure: bool) -> str:
    """figure, check, who, where, list, explain, thanks, greeting; ``open`` when no word of the question tells.

    ``has_figure``: a figure of the question is taken for granted.
    """
    plain = search_form(text)
    if has_figure:
        return "check"
    intents = table("questions")["intents"]
    of_one = asks_figure and re.search(table("questions")["compares"]["not"], plain)
    if not of_one and (any(word in plain for word in intents["aggregate"]) or _compares().search(plain)):
        return "aggregate"
    if asks_figure:
        return "figure"
    for intent in ("list", "where", "who", "explain", "thanks", "greeting"):
        if any(word in plain for word in intents[intent]):
            return intent
    return "open"


@cache
def _compares() -> re.Pattern[str]:
    return re.compile("|".join(table("questions")["compares"]["patterns"]))


def intent_words(text: str) -> tuple[str, ...]:
    """The words of a question that tell its intent: they ask, and name nothing."""
    plain = search_form(text)
    found = (word for words in table("questions")["intents"].values() for word in words)
    return tuple(word for word in found if len(word) > 1 and word in plain)
