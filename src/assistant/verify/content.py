"""Content words of a free sentence, and which words say nothing of a program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..lexicon import table
from ..tokens import fold, search_form, short_words, tokens
from .reading import HIDDEN

YES_OR_NO = re.compile(r"^[\s　]*(?:はい|ええ|いいえ|いえ)、?")
_LETTER = re.compile(r"[一-龠々ァ-ヶー]")


def content_of(said: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The content words of a text, each in the forms in which a source may hold it, and whether it names something.

    A compound stands whole in the source or in its words; a word of one letter (大 of 大企業) stands with the next.
    """
    run: list[str] = []
    end = -1
    plain = search_form(said)
    for word in [*short_words(plain), None]:
        joined = word is not None and word.naming and not word.dropped and word.start == end
        if run and not joined:
            yield from ((form, True) for form in _units(run))
            run = []
        if word is None or word.dropped:
            continue
        surface = plain[word.start : word.end]
        if not re.search(r"[^\W〓]", surface):  # a sign, or a figure's place
            continue
        if not word.naming:
            yield (surface, word.form), False
            continue
        run.append(surface)
        end = word.end


_NOT = frozenset({"無い", "ない", "ず", "まい"})  # as Sudachi's dictionary writes them: なかった, なし, ません, 行わず


def denials_of(said: str) -> list[str]:
    """Every word by which a text denies, with the two letters before it, without blanks."""
    plain = fold(said)
    found = [(word.start, word.end) for word in short_words(plain) if word.form in _NOT]
    listed = re.compile("|".join(table("grounds")["strong"]["denials"]))
    found += [match.span() for match in listed.finditer(plain)]
    return [plain[max(start - 2, 0) : end] for start, end in found]


def _units(run: list[str]) -> Iterator[tuple[str, ...]]:
    whole = "".join(run)
    units: list[str] = []
    for surface in run:
        if units and (len(surface) == 1 or len(units[-1]) == 1) and _LETTER.search(surface):
            units[-1] += surface
        else:
            units.append(surface)
    for unit in units:
        yield (whole, unit) if whole != unit else (unit,)


def is_plain(form: tuple[str, ...], plain: frozenset[str]) -> bool:
    """Whether a word says nothing of a program."""
    if any(not re.search(r"[\w]", one) or one.strip(HIDDEN) == "" for one in form):
        return True
    return any(one in plain or set(tokens(one)) <= plain for one in form)


@cache
def plain_forms(*sorts: str) -> frozenset[str]:
    """The plain words of some sorts (nouns, beside, others), as written and as they are searched for."""
    plain = table("grounds")["plain"]
    return frozenset(form for sort in sorts for word in plain[sort] for form in (word, *tokens(word)))
