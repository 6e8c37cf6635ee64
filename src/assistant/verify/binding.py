"""A sentence's words are bound to its facts: program, part, case, kind, year, stage and region must be theirs.

A true figure under another program's name is as wrong as an invented one, so each figure of a sentence is held
against the words that speak of it and not against the sentence as a whole.
"""

from __future__ import annotations

import re
from functools import cache

from ..lexicon import table
from ..records import DraftSentence, Fact, FactKind
from ..tokens import fold
from .calling import is_called_nothing_else, labels_in, suits
from .cases import cases_hold
from .figures_told import Told, figures_told, rest_of
from .hearing import Scene
from .naming import Names
from .reading import NAME, SHORT, TELLER, Piece, Reading, has
from .times import holds_when_and_where
from .touching import is_not_denied, is_told_plainly, is_used_well, keeps_its_bound, stands_free

_BASE = re.compile(r"[一-龠々]*(?:事業費|経費|費用)の[ 　]*(?:最大|約)?$")


def figures_hold(scene: Scene) -> bool:
    """Whether each figure of a sentence is told by words that are its own."""
    told = figures_told(scene.reading)
    if not told:
        return True
    first = inherited = labels_in(_without_base(told[0]))  # a figure without a label takes one said before
    before: Told | None = None
    for one in told:
        labels = labels_in(_without_base(one))
        known = [fact for fact in one.facts if _is_called(fact, labels, inherited, first) and _holds(one, fact, scene)]
        if not known or not stands_free(one, before):
            return False
        inherited, before = labels or inherited, one
    return not _is_set_aside(scene.reading) and _rest_holds(rest_of(scene.reading, told), scene.reading.sentence)


def _is_called(fact: Fact, labels: list[str], inherited: list[str], first: list[str]) -> bool:
    """Whether a fact suits the labels before it; without one, those of a figure before (the last or the first)."""
    if labels:
        return all(suits(label, fact) for label in labels)
    return any(all(suits(label, fact) for label in before) for before in (inherited, first))


def _holds(one: Told, fact: Fact, scene: Scene) -> bool:
    return (
        all(suits(label, fact) for label in labels_in(one.tail))
        and is_called_nothing_else(_without_base(one), one.tail, fact)
        and _is_named(one, fact, scene)
        and cases_hold(one, fact, scene)
        and holds_when_and_where(one, fact, scene)
        and keeps_its_bound(one, fact)
        and is_not_denied(one, scene.reading.own)
        and is_used_well(one, fact)
        and is_told_plainly(one, fact)
    )


def _without_base(one: Told) -> str:
    """The words before a figure without what a share is a share of: 「事業費の2/3」."""
    return _BASE.sub("", one.head) if one.facts[0].kind is FactKind.SUBSIDY_RATE else one.head


def _rest_holds(rest: str, sentence: DraftSentence) -> bool:
    """Labels behind the clause of the last figure suit some fact."""
    return all(any(suits(label, fact) for fact in sentence.facts) for label in labels_in(rest))


def _is_named(one: Told, fact: Fact, scene: Scene) -> bool:
    """The name said last before a figure (else the first behind it) is its program's, and no other name is said."""
    reading = scene.reading
    about = {other.program_id for other in reading.sentence.facts}
    said = [piece for piece in reading.of(NAME) if not _is_office(piece, fact, scene.names)]
    if not all(piece.programs & about for piece in said):
        return False
    before = [piece for piece in said if piece.end <= one.start]
    if said:
        return fact.program_id in (before[-1] if before else said[0]).programs
    return not scene.heard.about or fact.program_id in scene.heard.about


def _is_office(piece: Piece, fact: Fact, names: Names) -> bool:
    """A department that runs the program is said beside it, and names no other program."""
    if fact.program_id in piece.programs or len(piece.words) < SHORT:
        return False
    return fold(piece.words) in names.offices(fact.program_id) or has(piece.words, fact)


def _is_set_aside(reading: Reading) -> bool:
    """Whether a name or a case is said to be another: 「…以外」, 「…ではなく」, 「…とは異なり」."""
    return any(_aside().match(reading.own[piece.end :]) for piece in reading.pieces if piece.sort in (NAME, TELLER))


@cache
def _aside() -> re.Pattern[str]:
    return re.compile("|".join(table("guard")["aside"]["patterns"]))
