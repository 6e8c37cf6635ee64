"""Parts of a program that a question clearly describes and that state nothing of what it asks, where others do.

One part's rate is not that of the part beside it: such a part is said to state none, or what holds for the whole
program is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from ..records import FactKind
from ..tokens import fold
from ..understand.asked import asked_kinds
from ..understand.thesaurus import everyday
from .heard import Heard, content

_SURE = 1.0  # a word of the part's name, or two of what is said behind it
_BESIDE = 0.5  # of a word that is only said behind a name
_BEFORE = re.compile(r"([^、。?!のをでにがはと]+)の$")
_SHORTENED = 3  # letters of a word that is the beginning of a longer one
_CASES = re.compile(r"(?:枠|型|コース|類型|タイプ|区分)(?:[（(][^（）()]*[）)])?$")
_GRANT = re.compile(r"(?:金|補助|助成|期間)$")  # what 枠 and 類型 are cases of, or no activity at all
_UNLIKE = frozenset({FactKind.PHONE, FactKind.PERIOD})  # who is called, and when, is seldom one part's alone


def are_silent(
    heard: Heard,
    chosen: Sequence[str],
    stating: Collection[str],
    said: Mapping[str, str],
    kinds: Collection[FactKind],
    but: Collection[str],
) -> bool:
    """Whether the ``chosen`` parts are spoken of by words that none of the ``stating`` ones has, and none of those is.

    ``said`` is the text behind the name of each part; words of ``but`` speak of none.
    """
    if not chosen or set(kinds) & _UNLIKE or any(is_case_of(part, other) for part in chosen for other in stating):
        return False
    if all(map(_CASES.search, stating)) and any(_GRANT.search(one) and not _CASES.search(one) for one in chosen):
        return False  # the 類型 of 「承継補助金」 are told of it
    words = own_words(heard, chosen, stating, said, but)
    if _another_is_asked(heard, words, chosen, stating):
        return False
    own = sum(words.values())
    others = [sum(own_words(heard, [part], chosen, said, but).values()) for part in stating]
    return own >= _SURE and all(other < _SURE for other in others)


def own_words(
    heard: Heard, parts: Sequence[str], others: Collection[str], said: Mapping[str, str], but: Collection[str]
) -> dict[str, float]:
    """The words of a question that these parts have and none of the others, with how much each tells."""
    asked = {*heard.words} - unsaid(heard) - heard.naming - heard.denied - heard.aside - set(but)
    heads = frozenset().union(*map(content, parts))
    bodies = frozenset().union(*(content(said[part]) for part in parts))
    strange = frozenset().union(*(content(part) | content(said[part]) for part in others))
    own = {word: 1.0 if word in heads else _BESIDE for word in asked - strange}
    own = {word: much for word, much in own.items() if word in heads or (word in bodies and len(word) > 1)}
    return {word: much for word, much in own.items() if not any(word in one and word != one for one in own)}


def _another_is_asked(heard: Heard, words: Collection[str], chosen: Sequence[str], stating: Collection[str]) -> bool:
    """Whether what stands right before what is asked, or what the rest may stand for, is of a part that states it.

    「越境ECで売りたい。デジタルツールの補助率は?」, 「診断を受けて空調を替えたい。補助率は?」
    """
    heads = frozenset().union(*map(content, stating)) - frozenset().union(*map(content, chosen))
    plain = (heard.openly or heard).plain
    asked = asked_kinds(plain).words
    right_before = _BEFORE.search(plain[: max(plain.find(asked[0]), 0)]) if asked else None
    if right_before and heads & content(right_before[1]):
        return True
    rest = heard.affirmed
    for word in {*words, *heard.naming}.union(*map(content, chosen)):
        rest = rest.replace(word, "、")
    terms = (content(term) for group in everyday(rest) for term in group)
    return bool((heads - heard.naming) & frozenset().union(*terms))


def unsaid(heard: Heard) -> frozenset[str]:
    """The words that everyday ones may stand for, without those that the question says itself, or shortens."""
    short = tuple(word for word in heard.words if len(word) >= _SHORTENED and word not in heard.near)
    return frozenset(word for word in heard.near if word not in heard.plain and not word.startswith(short))


def is_case_of(part: str, other: str) -> bool:
    """Whether one of two parts is a case of the other: 「省力化枠（一般型）」 of 「省力化枠」."""
    one, two = fold(part), fold(other)
    return one in two or two in one
