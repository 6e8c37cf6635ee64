"""What the words left of a question tell of a set more closely: by names that hold them, or by what is said there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from ..index import Index
from ..records import Program
from ..tokens import fold, tokens
from ..understand.thesaurus import everyday
from .topics import topic_words


def closer(
    left: Sequence[str], members: list[Program], programs: list[Program], index: Index, *, topic: str | None = None
) -> list[Program]:
    """The programs that what is left tells, by names that hold it; [] where the names of others alone hold it.

    Words that are in no name, or in those of all members, tell nothing.  Of an office the words before 「関係の」 in
    ``topic`` do, and official terms and what is said of its programs count as well.
    """
    said = {word for word in tokens(topic_words(topic or "")) if word in left}
    telling = [word for word in left if _tells(word, members, programs) or word in said]
    telling = [word for word in telling if not any(word != other and word in other for other in telling)]
    looser: list[Callable[[str, Program], bool]] = [_by_term, lambda word, one: _by_term(word, one, index)]
    for holds in (_by_name, *(looser if topic is not None else [])):
        kept = [one for one in members if all(holds(word, one) for word in telling)]
        if kept:
            return kept
    return []


def _tells(word: str, members: Sequence[Program], programs: Sequence[Program]) -> bool:
    return any(_by_name(word, one) for one in programs) and not all(_by_name(word, one) for one in members)


def _by_name(word: str, program: Program) -> bool:
    return word in names_of(program)


def _by_term(word: str, program: Program, index: Index | None = None) -> bool:
    """Whether a name, or with an index what is said of a program, holds a word or an official term for it."""
    said = names_of(program) + (index.said_of(program.id) if index is not None else "")
    return word in said or any(fold(term) in said for terms in everyday(word) for term in terms)


@cache
def names_of(program: Program) -> str:
    """All that a program, its parts and its headings are called, folded."""
    return fold("".join((program.program, *program.aliases, *program.subprograms, *program.section)))
