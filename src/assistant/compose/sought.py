"""Figures that no kind is known of: 「審議会は年に何回開くのか」, 「道の長さ」, 「受講料はいくら」.

What is asked is known by the words beside the one that asks; what answers, by the words printed beside a figure of that
notation.  It is told by quoting its line, so nothing is claimed of it that the document does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from ..embed import WordVectors
from ..index import Index
from ..lexicon import table
from ..records import Fact, FactKind, Figure, FigureKind, Program
from ..tokens import fold, tokens
from ..values import as_figure
from .context import behind, beside, sentence_of
from .focus import telling
from .labels import kind_label
from .units import units_of

ENOUGH = 0.5  # of a thing's words stand beside the figure
SURE = 0.75  # … where the words that ask tell nothing of the notation
AHEAD = 0.12  # by which it must fit better than what is told already
_FAR = 0.6  # a word elsewhere in the figure's sentence
_OWN = 0.4  # a word of the program's name says less
_LEAST = 0.45  # cosine from which two words are taken for near
_NEAR = 0.8  # of an exact match, at most
_MOST = 2  # figures told for one thing asked
_BREAK = re.compile(r"[。?!、,\n]|(?<=です)が|けど|ので|から(?=、)")
_BEHIND = 12  # characters behind the word that asks
_KINDS = frozenset(FactKind) - {FactKind.PHONE, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED}
_LOOSE = frozenset({FactKind.COUNT, FactKind.TARGET, FactKind.OTHER, FactKind.PERIOD, FactKind.BREAKDOWN})


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing asked: the words that name it, its notation and unit where the question tells them."""

    words: tuple[str, ...]
    printed: tuple[str, ...]  # what documents call it
    kinds: frozenset[FigureKind]
    units: frozenset[str]


def sought(question: str, program: Program, told: Sequence[Fact], index: Index, *, loose: bool) -> list[Fact]:
    """The facts of a program that answer what a question asks and that are not told already.

    ``question`` is without the program's name.  A thing is left out when what is told fits it about as well.  Where a
    kind is asked for by name only figures of no such kind may be meant besides (``loose``).
    """
    facts = [fact for fact in index.facts_of(program.id) if "example" not in fact.flags]
    facts = [fact for fact in facts if fact.kind in (_LOOSE if loose else _KINDS)]
    own = frozenset(tokens(" ".join((program.program, *program.aliases))))
    labels = _labels(program, index)
    found: dict[str, Fact] = {}
    for thing in _things(question):
        scored = sorted(
            (
                (_score(thing, fact, own, labels.get(fact.line_start, ""), index), fact)
                for fact in facts
                if _fits(thing, fact)
            ),
            key=_by_score,
        )
        if not scored or scored[0][0] < (ENOUGH if thing.kinds else SURE):
            continue
        best = scored[0][0]
        known = {fact.fact_id for fact in told}
        already = max((score for score, fact in scored if fact.fact_id in known), default=0.0)
        if already > best - AHEAD:
            continue
        for score, fact in scored[:_MOST]:
            if score >= best - AHEAD / 2:
                found.setdefault(fact.fact_id, fact)
    return list(found.values())


def _by_score(one: tuple[float, Fact]) -> tuple[float, int]:
    return -one[0], one[1].line_start


# ---- what is asked


def _labels(program: Program, index: Index) -> dict[int, str]:
    """What each line of a program is labelled by."""
    return {unit.line: unit.label for unit in units_of(program, index) if unit.label}


def _things(question: str) -> Iterator[Sought]:
    plain = fold(question)
    for entry in _entries():
        for match in entry.asked.finditer(plain):
            words = tuple(_around(plain, match, entry.alone))
            if words or entry.printed:
                yield Sought(words, entry.printed, entry.kinds, entry.units)


def _around(plain: str, match: re.Match[str], alone: bool) -> list[str]:
    """The words that name what is asked for: those of its clause, of the one before it where it names nothing."""
    if alone:
        return []
    cuts = [0, *(cut.end() for cut in _BREAK.finditer(plain, 0, match.start()))]
    behind_it = _BREAK.split(plain[match.end() : match.end() + _BEHIND])[0]
    for start in reversed(cuts):
        words = [word for word in tokens(f"{plain[start : match.start()]}、{behind_it}") if _names(word)]
        if words:
            return list(dict.fromkeys(words))
    return []


def _names(word: str) -> bool:
    return word not in _idle() and re.search(r"[ァ-ヶ一-龠a-z]", word) is not None and not re.search(r"[0-9]", word)


# ---- what is printed


def _fits(thing: Sought, fact: Fact) -> bool:
    figure = as_figure(fact)
    if thing.units:
        return _unit(figure) in thing.units
    return not thing.kinds or figure.kind in thing.kinds


def _unit(figure: Figure) -> str:
    unit = figure.unit or ""
    return str(telling()["sought"]["same_units"].get(unit, unit))


def _score(thing: Sought, fact: Fact, own: frozenset[str], label: str, index: Index) -> float:
    """0 to 1: how well the words beside a figure name what is asked for."""
    close = fold(
        f"{beside(fact)} {behind(fact)} {fact.item or ''} {fact.condition or ''} {fact.subprogram or ''} {label}"
    )
    if thing.printed:
        return 1.0 if any(word in close for word in thing.printed) else 0.0
    near = tokens(f"{close} {kind_label(fact.kind)}")
    far = [word for word in tokens(sentence_of(fact)) if word not in near]
    met = np.maximum(_meeting(thing.words, near, index), _FAR * _meeting(thing.words, far, index))
    if not (met >= _FAR).any():
        return 0.0
    rarity = index.rarity(list(thing.words))
    weights = np.asarray([min(1.0, max(0.3, rarity.get(word, 5.0) / 4.0)) for word in thing.words])
    weights *= np.asarray([_OWN if word in own else 1.0 for word in thing.words])
    return float(weights @ met / weights.sum())


def _meeting(words: Sequence[str], others: list[str], index: Index) -> np.ndarray:
    """(words,) 1 for a word that stands among others, less for one near in meaning."""
    if not others:
        return np.zeros(len(words))
    met = np.asarray([float(word in others) for word in words])
    if isinstance(index.embedder, WordVectors):
        cosine = index.embedder.word_rows(list(words)) @ index.embedder.word_rows(others).T
        met = np.maximum(met, _NEAR * np.where(cosine >= _LEAST, cosine, 0.0).max(axis=1))
    return met


# ---- the lists


@dataclass(frozen=True, slots=True)
class _Entry:
    asked: re.Pattern[str]
    printed: tuple[str, ...]
    kinds: frozenset[FigureKind]
    units: frozenset[str]
    alone: bool


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(
        _Entry(
            re.compile("|".join(one["asked"]), re.IGNORECASE),
            tuple(map(fold, one.get("printed", ()))),
            frozenset(map(FigureKind, one.get("kinds", ()))),
            frozenset(one.get("units", ())),
            bool(one.get("printed")),
        )
        for one in telling()["sought"]["thing"]
    )


@cache
def _idle() -> frozenset[str]:
    filler = frozenset(table("questions")["filler"]["words"]) - frozenset(telling()["sought"]["kept"])
    return filler | frozenset(telling()["sought"]["idle"])
