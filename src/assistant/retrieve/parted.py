"""Which kinds of figures a program states of what is asked: one part's rate is not that of the part beside it.

「店を継がせたい、補助率は?」 finds a program whose one part brings successors and owners together, without a rate, and
whose other part pays half of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..index import Index
from ..records import FactKind, Query
from ..tokens import fold
from ..understand.thesaurus import needs
from .bearing import actor_words, general_nouns

MARKS = 6  # characters that may stand before a heading: 「(1) 」
LONGEST = 600  # characters behind a heading that are said of it


@dataclass(frozen=True, slots=True)
class _Parted:
    """A program by its parts, all texts folded."""

    names: str
    parts: tuple[tuple[str, str, frozenset[FactKind]], ...]  # of each its name and figures, its text, its kinds
    whole: frozenset[FactKind]  # kinds stated of no part


def topic_of(query: Query) -> frozenset[str]:
    """The nouns of a question and the official terms for what it needs, folded, without those of any program.

    Who asks is no topic: 「店主が店を継がせたい」 is not of 商店街.
    """
    words = (word for word in query.words if len(word) > 1 and word not in actor_words())
    needed = {term for terms in needs(query.question) for term in terms}
    terms = (term for term in query.terms if not needed or term in needed)
    return frozenset(fold(word) for word in (*words, *terms) if word not in general_nouns())


def kinds_meant(program_id: str, topic: frozenset[str], index: Index) -> frozenset[FactKind]:
    """The kinds that a program states as a whole, or of the parts that speak of a topic.

    All of its kinds where its own name speaks of the topic, or no part does by its name or its figures.
    """
    every = index.kinds_of(program_id)
    if not topic or not index.programs[program_id].subprograms:
        return every
    own = index.keep((kinds_meant, program_id), lambda: _parted(program_id, index))
    if any(term in own.names for term in topic):
        return every
    if not any(term in named for named, _, _ in own.parts for term in topic):
        return every
    return own.whole.union(*(kinds for named, text, kinds in own.parts if any(one in named + text for one in topic)))


def _parted(program_id: str, index: Index) -> _Parted:
    program = index.programs[program_id]
    text = "\n".join(passage.text for passage in index.passages_of(program_id))
    named = {part: [part] for part in program.subprograms}
    kinds: dict[str, set[FactKind]] = {part: set() for part in program.subprograms}
    whole = set()
    for fact in index.facts_of(program_id):
        if fact.subprogram is None or fact.kind is FactKind.PHONE:  # who is called for one part is called for all
            whole.add(fact.kind)
            continue
        said = named.setdefault(fact.subprogram, [fact.subprogram])
        said += (fact.item or "", fact.condition or "", fact.quote)
        kinds.setdefault(fact.subprogram, set()).add(fact.kind)
    texts = {part: fold(" ".join(_behind(part, tuple(named), text))) for part in named}
    parts = tuple((fold(" ".join(said)), texts[part], frozenset(kinds[part])) for part, said in named.items())
    return _Parted(fold(" ".join((program.program, *program.aliases))), parts, frozenset(whole))


def _behind(part: str, parts: Sequence[str], text: str) -> Iterator[str]:
    """What a text says of a part: each stretch behind its name as a heading, up to the next part's heading."""
    heads = "|".join(map(re.escape, sorted(parts, key=len, reverse=True)))
    starts = list(re.finditer(rf"^.{{0,{MARKS}}}({heads})", text, re.MULTILINE))
    for place, match in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(text)
        if match[1] == part:
            yield text[match.end() : min(end, match.end() + LONGEST)]
