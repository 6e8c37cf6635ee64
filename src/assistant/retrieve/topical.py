"""Programs that fit a topic said in several words: names that hold one of them, and what the search finds as likely."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from ..index import Index
from ..lexicon import table
from ..programs.names import match_form
from ..records import Hit, Program, Query
from ..tokens import fold
from ..understand.thesaurus import everyday
from .headings import is_apart
from .rank import odds, rank

ALIKE = 0.4  # odds by the best: it fits as well, whatever it is called
NAMED = 0.008  # odds by the best of a program whose name holds a word of the topic
SURE = 0.25  # how likely the first must be the one meant, where names hold nothing
COMMON = 0.25  # share of the programs whose names may hold a word that still tells a topic
MEANT = 0.7  # share of a program's name that the question holds: that one is meant, and not a set
OFTEN = 3  # times that a document says words of the topic of one program
MOST = 12


def topical(query: Query, words: Sequence[str], index: Index, documents: set[str]) -> tuple[Program, ...]:
    """The programs that a topic's words describe, best first; () when fewer than two do."""
    hits, sure = rank(query, index, documents)
    real = [hit for hit in hits if hit.program.role == "program" and not is_apart(hit.program)]
    if not real or dict(real[0].parts).get("title", 0.0) >= MEANT:
        return ()
    groups = _groups(query, words, [one for one in index.programs.values() if one.document in documents], index)
    if not groups:
        return ()
    if len(words) > 1 and (every := _of_each(query.question, words, real, index)):
        return every
    held = {hit.program.id: sum(_holds(group, hit.program, index) for group in groups) for hit in real}
    told = {hit.program.id for hit in real if _is_told(groups, hit.program, index)}
    found = [hit for hit in real if _fits(hit, real[0], held[hit.program.id], hit.program.id in told)]
    if not any(held[hit.program.id] for hit in found) and sure < SURE:
        return ()
    found += [hit for hit in _beside(groups, index, documents) if hit.program not in [one.program for one in found]]
    if found or sure >= SURE:
        found += [
            hit for hit in _spoken_of(groups, index, documents) if hit.program not in [one.program for one in found]
        ]
    return tuple(hit.program for hit in found[:MOST]) if len(found) > 1 else ()


def _of_each(question: str, words: Sequence[str], hits: Sequence[Hit], index: Index) -> tuple[Program, ...]:
    """The programs of which both words of a topic are said: 「女性の起業」 is neither any 「女性」 nor any 「起業」."""
    whole = [word for word in words if len(word) > 1 and not any(word != one and word in one for one in words)]
    places = sorted((question.find(word), word) for word in whole if word in question)
    between = [question[at + len(word) : after] for (at, word), (after, _) in pairwise(places)]
    if len(whole) != 2 or between != ["の"]:
        return ()
    groups = [(word, *(fold(term) for terms in everyday(word) for term in terms)) for word in whole]
    said = {hit.program.id: index.said_of(hit.program.id) for hit in hits}
    held = [hit for hit in hits if all(any(one in said[hit.program.id] for one in group) for group in groups)]
    return tuple(hit.program for hit in held[:MOST]) if 1 < len(held) <= MOST else ()


def _is_told(groups: list[tuple[str, ...]], program: Program, index: Index) -> bool:
    """Whether what is said of a program holds a word of the topic."""
    said = index.said_of(program.id)
    return any(word in said for group in groups for word in group)


def _fits(hit: Hit, best: Hit, held: int, told: bool) -> bool:
    likely = odds(hit, best)
    return (likely >= ALIKE and told) or held > 1 or (held == 1 and likely >= NAMED)


def _groups(query: Query, words: Sequence[str], programs: list[Program], index: Index) -> list[tuple[str, ...]]:
    """A word of the topic with its official terms, a group each; words that too many names hold tell nothing."""
    countries = [word for word in words if word in table("scopes")["abbreviated"]]
    if countries:  # what is done there does not tell a program
        return [(word,) for word in countries]
    whole = [word for word in words if len(word) > 1 and not any(word != one and word in one for one in words)]
    groups = [(word, *(fold(term) for terms in everyday(word) for term in terms)) for word in whole]
    groups += [tuple(fold(term) for term in terms) for terms in everyday(query.question)]
    real = [one for one in programs if one.role == "program"]
    most = max(3, math.ceil(COMMON * len(real)))
    return [group for group in dict.fromkeys(groups) if sum(_holds(group, one, index) for one in real) <= most]


def _holds(group: tuple[str, ...], program: Program, index: Index) -> bool:
    """Whether a name holds a word of a group, or the letter of a country beside this one's: 青台, 日台."""
    name = _name(program)
    if any(word in name for word in group):
        return True
    here = index.documents[program.document].region[:1]
    letters = [letter for word in group[:1] if (letter := table("scopes")["abbreviated"].get(word))]
    return any(re.search(rf"[日{here}]{letter}|{letter}日", name) for letter in letters)


@cache
def _name(program: Program) -> str:
    return fold("".join((program.program, *program.aliases)))


def _beside(groups: list[tuple[str, ...]], index: Index, documents: set[str]) -> list[Hit]:
    """Programs of a country's letter, which no search finds by the country's name."""
    countries = [group for group in groups if group[0] in table("scopes")["abbreviated"]]
    programs = [one for one in index.programs.values() if one.document in documents and one.role == "program"]
    return [
        Hit(one, index.passages_of(one.id), 0.0)
        for one in programs
        if any(_holds(group[:1], one, index) for group in countries)
    ]


def _spoken_of(groups: list[tuple[str, ...]], index: Index, documents: set[str]) -> list[Hit]:
    """Programs of one document that have a part of the topic, or of which it is said again and again.

    A group of words that many of them say tells nothing.
    """
    if len(documents) > 1:
        return []
    programs = [one for one in index.programs.values() if one.document in documents and one.role == "program"]
    times: dict[str, int] = {}
    for group in groups:
        words = tuple(word for word in group if len(word) > 1)
        told = [one for one in programs if _told_often(words, one, index)]
        if len(told) <= max(3, math.ceil(COMMON * len(programs))):
            times |= {one.id: times.get(one.id, 0) + 1 for one in told}
    enough = 2 if len(groups) > 2 else 1  # of a topic said in many words one alone may be of another
    return [Hit(one, index.passages_of(one.id), 0.0) for one in programs if times.get(one.id, 0) >= enough]


def _told_often(words: tuple[str, ...], program: Program, index: Index) -> bool:
    parts = fold("".join(program.subprograms))
    said = index.said_of(program.id)
    return any(word in parts for word in words) or sum(said.count(word) for word in words) >= OFTEN


def tells_topic(question: str) -> bool:
    """Whether a question has everyday words of a topic beside those that any such question has (融資, 資金)."""
    common = sorted(table("scopes")["filler"]["words"], key=len, reverse=True)
    return bool(everyday(re.sub("|".join(map(re.escape, common)), " ", question)))


def said_in_full(query: Query, program: Program) -> bool:
    """Whether a question says the name of a program as it is printed, and not only pieces of it."""
    asked = match_form(query.question)
    return any(match_form(name) in asked for name in (program.program, *program.aliases))
