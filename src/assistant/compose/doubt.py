"""What is told where it is not sure which program is meant: the one far ahead of the rest, or two side by side."""

from __future__ import annotations

from ..index import Index
from ..records import DraftSentence, FactKind, Hit, Query
from ..retrieve import UNSURE, Retrieval, odds
from ..retrieve.bearing import is_spoken_of
from ..understand import wanted
from ..understand.asked import asked_apart

CLEAR = 0.45  # odds by the best below which the next one is no rival, where the best states what is asked
ALONE = 0.25  # … and where nothing is asked that programs state
OPEN = 0.4  # how sure the best must be for that
BESIDE = 0.45  # odds by the best from which the next one is told beside it
_TOLD_OF = ("figure", "open")  # intents: a list or a comparison is of several programs anyway


def likely_meant(query: Query, retrieval: Retrieval, index: Index) -> tuple[Hit, ...]:
    """The one or two programs to answer from, of a retrieval that is not sure enough of its first; () to ask back."""
    if retrieval.missing != "unsure" or not retrieval.ranked:
        return ()
    if query.intent == "check":
        return _that_states(query, retrieval, index)
    if query.intent not in _TOLD_OF:
        return ()
    first, rest = retrieval.ranked[0], retrieval.ranked[1:]
    next_best = odds(rest[0], first) if rest else 0.0
    asked = _groups(query)
    if not asked:
        alone = next_best < ALONE and retrieval.sure >= OPEN and is_spoken_of(query, first.program, index)
        return (first,) if alone else ()
    if retrieval.sure < UNSURE or first.program.role != "program" or not is_spoken_of(query, first.program, index):
        return ()
    if next_best < CLEAR:
        return (first,) if _states(first, asked, index) else ()
    pair = (first, rest[0])
    third = odds(rest[1], first) if len(rest) > 1 else 0.0
    stating = tuple(hit for hit in pair if hit.program.role == "program" and _states(hit, asked, index))
    return stating if len(stating) > 1 or third < BESIDE else ()


def _that_states(query: Query, retrieval: Retrieval, index: Index) -> tuple[Hit, ...]:
    """「総融資枠は750億円ですよね」: of the programs that may be meant the only one that states what is claimed."""
    near = [hit for hit in retrieval.ranked if odds(hit, retrieval.ranked[0]) >= BESIDE]
    stating = [hit for hit in near if set(query.kinds) & index.kinds_of(hit.program.id)]
    one = stating[0] if len(stating) == 1 and retrieval.sure >= UNSURE else None
    return (one,) if one and is_spoken_of(query, one.program, index) else ()


def which_of_two() -> DraftSentence:
    """What stands before the figures of two programs of which either may be meant."""
    return DraftSentence("お尋ねの事業は、次のどちらかだと思われます。")


def _groups(query: Query) -> tuple[frozenset[FactKind], ...]:
    """The kinds that each thing asked for may mean."""
    groups = tuple(frozenset(kinds) for kinds, _ in asked_apart(query.question)) if query.kinds else ()
    return groups or ((frozenset(wanted(query)),) if wanted(query) else ())


def _states(hit: Hit, asked: tuple[frozenset[FactKind], ...], index: Index) -> bool:
    """Whether a program states something of each thing that is asked for."""
    return all(group & index.kinds_of(hit.program.id) for group in asked)
