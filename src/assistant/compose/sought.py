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
from .heard import Heard, asks_per
from .labels import kind_label
from .units import units_of
from .years import of_asked_year

ENOUGH = 0.5  # of a thing's words stand beside the figure
PLAIN = 0.62  # … of a whole document
SURE = 0.75  # … where the words that ask tell nothing of the notation
AHEAD = 0.12  # by which it must fit better than what is told already
_FAR = 0.6  # a word elsewhere in the figure's sentence
_OWN = 0.4  # a word of the program's name says less
_LEAST = 0.45  # cosine from which two words are taken for near
_NEAR = 0.8  # of an exact match, at most
_MOST = 2  # figures told for one thing asked
_BREAK = re.compile(r"[。?!、,\n]|(?<=です)が|けど|ので|から(?=、)")
_BOUND = re.compile(r"^(?:以上|以下|未満|以内)")
_RARE = frozenset({"時間", "分", "歳", "言語", "週間"})  # units that a document seldom counts two things in
_WORDS = 2  # that say which figure of a whole document is meant
_BEHIND = 12  # characters behind the word that asks
_KINDS = frozenset(FactKind) - {FactKind.PHONE, FactKind.BUDGET_PREVIOUS, FactKind.BUDGET_REVISED}
_LOOSE = frozenset({FactKind.COUNT, FactKind.TARGET, FactKind.OTHER, FactKind.PERIOD, FactKind.BREAKDOWN})

# a word that asks for so many of a unit
_ASKED_UNIT = re.compile(
    r"(?:何|なん)(?:[かヶカケ箇ヵ](?=月|年|国|所))?"
    r"((?<=[かヶカケ箇ヵ])月|年(?!度|生|に|の|から|目)|日間|週間|時間|回|べん|遍|かい|冊|枚|台|人|名|社|者|件|団体|校|店|所|国|%|パーセント"
    r"|割|地域|地区|口|本|組|戸|世帯|回線|コマ|講座)(?!目|以上|以下|未満|か[らの])"
)
_UNITS = {"べん": "回", "遍": "回", "かい": "回", "パーセント": "%", "割": "%", "日間": "日"}


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing asked: the words that name it, its notation and unit where the question tells them."""

    words: tuple[str, ...]
    printed: tuple[str, ...]  # what documents call it
    kinds: frozenset[FigureKind]
    units: frozenset[str]
    counter: str = ""  # 「何時間」: the unit that is asked for
    bound: str = ""  # 「何人以上」


def sought(
    question: str, program: Program, told: Sequence[Fact], index: Index, *, loose: bool, year: str | None = None
) -> list[Fact]:
    """The facts of a program that answer what a question asks and that are not told already.

    ``question`` is without the program's name.  A thing is left out when what is told fits it about as well.  Where a
    kind is asked for by name only figures of no such kind may be meant besides (``loose``).  ``year``: the one
    asked of, where it is not the document's own.
    """
    facts = [fact for fact in _facts(program, index) if fact.kind in (_LOOSE if loose else _KINDS)]
    facts = of_asked_year(question, year, program.fiscal_year, facts)
    found: dict[str, Fact] = {}
    for thing in _things(question):
        if (only := _only_one(thing, facts, told)) is not None:
            found.setdefault(only.fact_id, only)
            continue
        scored = _scored(thing, program, facts, index)
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


def of_asked_unit(
    question: str, program: Program, told: Sequence[Fact], parts: Sequence[str], index: Index
) -> list[tuple[int, Fact]]:
    """「何割で、何か月?」: the one figure in each unit that is asked for and that nothing told is in.

    With each the place in the question, in one width, where it is asked.  ``parts`` are those meant: no figure of
    another part is taken, and no other year's.
    """
    known = {_unit(as_figure(fact)) for fact in told} | {as_figure(fact).kind for fact in told}
    facts = [
        fact
        for fact in _facts(program, index)
        if fact.kind in _LOOSE | {FactKind.LIMIT_ADDITION}
        and fact.fiscal_year in ("", program.fiscal_year)
        and (not parts or fact.subprogram in (*parts, None))
    ]
    found: list[tuple[int, Fact]] = []
    for match in _ASKED_UNIT.finditer(fold(question)):
        unit = _UNITS.get(match[1], match[1])
        unit = str(telling()["sought"]["same_units"].get(unit, unit))
        if unit in known or (unit == "%" and known & {FigureKind.PERCENT, FigureKind.RATE}):
            continue
        same = [fact for fact in facts if _unit(as_figure(fact)) == unit]
        same = [fact for fact in same if parts and fact.subprogram in parts] or same
        if len({(fact.number, fact.yen) for fact in same}) == 1:
            found.append((match.start(), same[0]))
    return found


def of_asked_per(heard: Heard, program: Program, told: Sequence[Fact], index: Index) -> list[Fact]:
    """「専門家の費用は1日いくらまで」: the one amount for each day, where nothing told is for each of what is asked.

    Its sentence has a word of the question that the program's name has not.
    """
    amounts = [fact for fact in _facts(program, index) if fact.yen is not None and asks_per(heard, fact.per)]
    asked = {fact.per for fact in amounts}
    if not told or any(fact.per in asked for fact in told):
        return []
    words = {*heard.words} - heard.naming
    parts = {None, *(fact.subprogram for fact in told)}
    spoken = [fact for fact in amounts if fact.subprogram in parts and words & {*tokens(sentence_of(fact))}]
    return spoken[:1] if len({fact.yen for fact in spoken}) == 1 else []


def sought_among(question: str, programs: Sequence[Program], index: Index) -> tuple[Program, list[Fact]] | None:
    """The one program, of several that nothing else tells apart, with the figure that a question describes surely."""
    things = [thing for thing in _things(question) if thing.kinds or thing.units]
    if len(things) != 1:
        return None
    best: list[tuple[float, Program, Fact]] = []
    for program in programs:
        facts = [fact for fact in _facts(program, index) if fact.kind in _LOOSE]
        scored = _scored(things[0], program, facts, index, own=False)
        best += [(scored[0][0], program, scored[0][1])] if scored else []
    best.sort(key=lambda one: -one[0])
    if not best or best[0][0] < PLAIN or len(things[0].words) < _WORDS:
        return None
    others = [one for one in best[1:] if one[0] > best[0][0] - AHEAD and one[2].quote != best[0][2].quote]
    return None if others else (best[0][1], [best[0][2]])


def _facts(program: Program, index: Index) -> list[Fact]:
    """The figures of a program, and those of what its document prints under its name beside it."""
    also = (
        one.id
        for one in index.programs.values()
        if one.document == program.document and one.program == program.program and one.role == "total"
    )
    every = (fact for each in dict.fromkeys((program.id, *also)) for fact in index.facts_of(each))
    return [fact for fact in every if "example" not in fact.flags]


def _only_one(thing: Sought, facts: Sequence[Fact], told: Sequence[Fact]) -> Fact | None:
    """「何人以上」, 「何時間」: the one figure of a program in that unit with that bound, when none is told."""
    if not thing.counter or not (thing.bound or thing.counter in _RARE):
        return None
    same = [fact for fact in facts if _unit(as_figure(fact)) == thing.counter]
    if thing.bound:
        same = [fact for fact in same if (fact.bound or "") == thing.bound]
    known = {fact.fact_id for fact in told}
    if len({(fact.number, fact.yen) for fact in same}) != 1 or any(fact.fact_id in known for fact in same):
        return None
    return same[0]


def _scored(
    thing: Sought, program: Program, facts: Sequence[Fact], index: Index, *, own: bool = True
) -> list[tuple[float, Fact]]:
    """The figures that fit what is asked, the best first; ``own``: words of the program's name say less."""
    names = frozenset(tokens(" ".join((program.program, *program.aliases)))) if own else frozenset()
    labels = _labels(program, index)
    fitting = (fact for fact in facts if _fits(thing, fact))
    return sorted(
        ((_score(thing, fact, names, labels.get(fact.line_start, ""), index), fact) for fact in fitting), key=_by_score
    )


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
            counter, bound = _asked_unit(match[0]), _bound(plain[match.end() :])
            if words or entry.printed or bound:
                yield Sought(words, entry.printed, entry.kinds, entry.units, counter, bound)


def _asked_unit(asked: str) -> str:
    """「何時間」: 時間, as units of one sort are called alike."""
    unit = re.sub(r"^(?:何|なん)(?=.)|[^一-龠ァ-ヶか%].*$", "", asked)
    unit = re.sub(r"^[かヶカケ箇ヵ](?=月|年|週)", "", unit)
    return str(telling()["sought"]["same_units"].get(unit, unit)) if unit != asked else ""


def _bound(behind: str) -> str:
    match = _BOUND.match(behind)
    return match[0] if match else ""


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
