"""What a model is shown and may point at: numbered passages, facts F1 … and computed figures C1 ….

The figures that the composed answer tells come first, then those of the same programs, then those of the other
programs found.  A passage is shown whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..index import Index
from ..records import Computed, Draft, Fact, FactKind, Passage, Query
from ..retrieve import Retrieval, odds
from ..understand import wanted

MOST_FACTS = 40
MOST_PASSAGES = 12
LONGEST = 16_000  # characters of all passages together …
BESIDE = 8_000  # … and from where on none is added that the composed answer does not need
PROGRAMS = 3  # found programs whose facts are shown beside those that the composed answer tells of …
LIKELY = 0.4  # … where their odds by the first are so high
_UNFIT = ("example", "suspect")  # a worked example is nobody's entitlement; what does not reconcile is not retold


@dataclass(frozen=True, slots=True)
class References:
    """``passages[0]`` is [1], ``facts[0]`` F1, ``computed[0]`` C1; ``places`` has each fact's passage, from 0."""

    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    computed: tuple[Computed, ...]
    places: tuple[int, ...]

    def place(self, fact: Fact) -> int | None:
        """The passage that a fact is shown with, or None when it is not shown."""
        return self.places[self.facts.index(fact)] if fact in self.facts else None


def references(query: Query, retrieval: Retrieval, draft: Draft, index: Index) -> References | None:
    """What may be pointed at for one draft; None when the passages that it rests on are too long to be shown."""
    told = told_facts(draft)
    facts = list(dict.fromkeys((*told, *_others(query, _programs(retrieval, draft, index), index))))
    passages: list[Passage] = [index.passages[place] for one in draft.sentences for place, _ in one.quotes]
    kept: list[Fact] = []
    homes: list[Passage] = []
    for fact in facts[: max(MOST_FACTS, len(told))]:
        home = _home(fact, index)
        if home is None or not _fits(home, passages, fact in told):
            continue
        passages.append(home)
        kept.append(fact)
        homes.append(home)
    shown = tuple(dict.fromkeys(passages))
    if sum(len(one.text) for one in shown) > LONGEST:
        return None
    computed = tuple(dict.fromkeys(one for sentence in draft.sentences for one in sentence.computed if one.text))
    return References(shown, tuple(kept), computed, tuple(shown.index(home) for home in homes))


def told_facts(draft: Draft) -> tuple[Fact, ...]:
    """The facts that a draft tells or computes with, in order."""
    found: dict[Fact, None] = {}
    for sentence in draft.sentences:
        found.update(dict.fromkeys((*sentence.facts, *(fact for one in sentence.computed for fact in one.of))))
    return tuple(found)


def _programs(retrieval: Retrieval, draft: Draft, index: Index) -> list[str]:
    """Ids of the programs that the draft speaks of, then of the first ones found."""
    told = (fact.program_id for fact in told_facts(draft))
    quoted = (index.passages[place].program_id for one in draft.sentences for place, _ in one.quotes)
    best = [hit for hit in retrieval.hits[:PROGRAMS] if odds(hit, retrieval.hits[0]) >= LIKELY]
    return list(dict.fromkeys((*told, *quoted, *(hit.program.id for hit in best))))


def _others(query: Query, programs: Iterable[str], index: Index) -> Iterator[Fact]:
    """The facts of programs, those of a kind that is asked for first."""
    asked: set[FactKind] = set(wanted(query))
    every = [fact for program in programs for fact in index.facts_of(program) if not set(_UNFIT) & set(fact.flags)]
    yield from sorted(every, key=lambda fact: fact.kind not in asked)


def _home(fact: Fact, index: Index) -> Passage | None:
    """The passage of its program that a fact stands in; the program's first one where it stands beside them all."""
    own = [one for one in index.passages_of(fact.program_id) if one.document == fact.document]
    return next((one for one in own if one.line_start <= fact.line_start <= one.line_end), own[0] if own else None)


def _fits(passage: Passage, passages: list[Passage], needed: bool) -> bool:
    """Whether one more passage may be shown."""
    shown = set(passages)
    if passage in shown or needed:
        return True
    return len(shown) < MOST_PASSAGES and sum(len(one.text) for one in shown) + len(passage.text) <= BESIDE
